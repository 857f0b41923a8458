"""Every text of the page in English and Arabic: both are on the page, and its language decides which one shows."""

from __future__ import annotations

from collections.abc import Mapping

import gradio as gr
from babel import Locale
from gradio.i18n import I18nData
from markupsafe import Markup

from translate.demo.words_tabs import TEXTS as _TABS
from translate.errors import (
    Busy,
    DragomanError,
    EngineError,
    InputError,
    LanguageError,
    ModelError,
    ModelMissing,
    NetworkError,
    Stopped,
    TimedOut,
    TooLarge,
)

_FRAME: Mapping[str, tuple[str, str]] = {
    "tagline": (
        "News, English ↔ Arabic, with every sentence checked",
        "أخبار بين العربية والإنجليزية، وكل جملة مدقَّقة",
    ),
    "loading": ("The page is being set up…", "يجري إعداد الصفحة…"),
    "skip": ("Skip to the page", "انتقل إلى المحتوى"),
    "licence": ("Licence", "الرخصة"),
    "api_docs": ("HTTP API", "واجهة برمجية (HTTP API)"),
    "kept": (
        "What you send is worked on in memory and forgotten when you close this page.",
        "ما ترسله يعالَج في الذاكرة ويُنسى عند إغلاق هذه الصفحة.",
    ),
    "severity_error": ("Error", "خطأ"),
    "severity_warning": ("Warning", "تحذير"),
    "severity_note": ("Note", "ملاحظة"),
    "working": ("Working…", "يجري العمل…"),
    "waiting": ("You are number {position:,} in the queue.", "دورك في الانتظار: {position:,}."),
    "stopped": ("Stopped.", "أُوقف العمل."),
    "failed": (
        "Something went wrong on the server; its log says what.",
        "حدث خطأ في الخادم، وتفاصيله في سجلّه.",
    ),
}

_ARTICLE: Mapping[str, tuple[str, str]] = {
    "article": ("Article", "المقال"),
    "article_hint": (
        "Paste a news article here: text or HTML",
        "ألصق هنا خبرًا أو مقالًا: نصًّا أو بصيغة HTML",
    ),
    "drop": ("Open a file", "افتح ملفًا"),
    "drop_many": ("Open files", "افتح ملفات"),
    "drop_hint": (
        "or drop one here: text, HTML, Markdown or Word (.docx)",
        "أو أفلته هنا: نص أو HTML أو Markdown أو Word ‏(docx.)",
    ),
    "file_too_large": (
        "The file is larger than this server takes; send it in parts.",
        "الملف أكبر مما يقبله هذا الخادم؛ أرسله على أجزاء.",
    ),
    "file_not_sent": ("The file could not be sent; try again.", "تعذر إرسال الملف؛ أعد المحاولة."),
    "direction": ("Direction", "اتجاه الترجمة"),
    "direction_auto": ("Found out from the text", "يُعرف من النص"),
    "en-ar": ("English → Arabic", "من الإنجليزية إلى العربية"),
    "ar-en": ("Arabic → English", "من العربية إلى الإنجليزية"),
    "model": ("Model", "النموذج"),
    "model_best": ("The best on this server", "أفضل ما على هذا الخادم"),
    "model_get": ("Not on this server. It is fetched with", "ليس على هذا الخادم، ويجلبه الأمر"),
    "model_preview": ("preview, not for publishing", "معاينة أولية لا تصلح للنشر"),
    "model_built_in": ("comes with the package", "مضمَّن في الحزمة"),
    "licence_commercial": ("commercial use allowed", "يُسمح باستعماله تجاريًّا"),
    "licence_not_commercial": ("no commercial use", "لا يُسمح باستعماله تجاريًّا"),
    "examples": ("Try one of these", "جرّب أحد هذه"),
    "stop": ("Stop", "أوقف"),
    "example_short": ("A short item", "خبر قصير بالإنجليزية"),
    "example_live-report": ("A long report", "تقرير مطوّل بالإنجليزية"),
    "example_figures": ("Figures and a table", "أرقام وجدول بالإنجليزية"),
    "example_arabic": ("An Arabic item", "خبر بالعربية"),
}

_READ: Mapping[str, tuple[str, str]] = {
    "read_tab": ("Read", "قراءة"),
    "read_go": ("Translate", "ترجم"),
    "read_no_issues": ("no issues found", "لم يُعثر على ملاحظات"),
    "read_models": ("Translated by", "ترجمه"),
    "read_copy": ("Copy the text", "انسخ النص"),
    "read_download": ("Download:", "نزّل:"),
    "read_hint": (
        "Point at a sentence, tap it or use the arrow keys: its source and what the checks found stand here.",
        "أشر إلى جملة أو المسها أو تنقّل بمفاتيح الأسهم: يظهر هنا أصلها وما وجده التدقيق فيها.",
    ),
    "read_source": ("Source sentence", "الجملة في الأصل"),
    "read_no_issue": ("The checks found nothing here.", "لم يجد التدقيق شيئًا في هذه الجملة."),
}

TEXTS: Mapping[str, tuple[str, str]] = {**_FRAME, **_ARTICLE, **_READ, **_TABS}
"""(English, Arabic) by key; a text may have fields of `str.format`."""

# How things are counted: English in its two forms, Arabic in the four that CLDR's categories need.
_COUNTED: Mapping[str, tuple[tuple[str, str], Mapping[str, str]]] = {
    "sentence": (
        ("{:,} sentence", "{:,} sentences"),
        {"zero": "لا جمل", "one": "جملة واحدة", "two": "جملتان", "few": "{:,} جمل", "many": "{:,} جملةً"},
    ),
    "error": (
        ("{:,} error", "{:,} errors"),
        {"zero": "لا أخطاء", "one": "خطأ واحد", "two": "خطآن", "few": "{:,} أخطاء", "many": "{:,} خطأً"},
    ),
    "warning": (
        ("{:,} warning", "{:,} warnings"),
        {"zero": "لا تحذيرات", "one": "تحذير واحد", "two": "تحذيران", "few": "{:,} تحذيرات", "many": "{:,} تحذيرًا"},
    ),
    "note": (
        ("{:,} note", "{:,} notes"),
        {"zero": "لا ملاحظات", "one": "ملاحظة واحدة", "two": "ملاحظتان", "few": "{:,} ملاحظات", "many": "{:,} ملاحظةً"},
    ),
    "file": (
        ("{:,} file", "{:,} files"),
        {"zero": "لا ملفات", "one": "ملف واحد", "two": "ملفان", "few": "{:,} ملفات", "many": "{:,} ملفًا"},
    ),
    "second": (
        ("{:,} second", "{:,} seconds"),
        {"zero": "أقل من ثانية", "one": "ثانية واحدة", "two": "ثانيتان", "few": "{:,} ثوانٍ", "many": "{:,} ثانيةً"},
    ),
}
# After a hundred the counted noun is in the genitive: "١٠٠ جملة", which CLDR's category "other" stands for.
_OTHER = {
    "sentence": "{:,} جملة",
    "error": "{:,} خطأ",
    "warning": "{:,} تحذير",
    "note": "{:,} ملاحظة",
    "file": "{:,} ملف",
    "second": "{:,} ثانية",
}

# What an error says in Arabic, the closest class first; the English sentence is the error's own, with its particulars.
_TROUBLE: Mapping[type[DragomanError], str] = {
    Busy: "الخادم مشغول الآن وقائمة الانتظار ممتلئة؛ أعد المحاولة بعد قليل.",
    TimedOut: "استغرق العمل أطول من الوقت المسموح به فأُوقف؛ أرسل نصًّا أقصر.",
    Stopped: "أُوقف العمل.",
    TooLarge: "النص أو الملف أكبر مما يقبله هذا الخادم؛ أرسله على أجزاء.",
    LanguageError: "لغة النص ليست مما يُنتظر هنا؛ تحقق من النص ومن اتجاه الترجمة.",
    InputError: "تعذرت قراءة النص، أو ليس فيه ما يُترجم.",
    ModelMissing: "النموذج المطلوب ليس على هذا الخادم؛ اختر نموذجًا آخر.",
    EngineError: "تعطّل النموذج أثناء العمل؛ أعد المحاولة.",
    ModelError: "تعذر استعمال النموذج المطلوب؛ اختر نموذجًا آخر.",
    NetworkError: "تعذر الوصول إلى مصدر النماذج على الشبكة.",
    DragomanError: "تعذر إتمام العمل.",
}


def t(key: str) -> I18nData:
    """A text without fields, for a Gradio component's label, value, placeholder or choice."""
    if key not in TEXTS:
        raise KeyError(key)
    return I18nData(key)


def i18n() -> gr.I18n:
    """All texts, as Gradio's page wants them."""
    english, arabic = ({key: text[side] for key, text in TEXTS.items()} for side in (0, 1))
    return gr.I18n(en=english, ar=arabic)


def both(english: str, arabic: str) -> Markup:
    """HTML with a text in both languages, of which the page shows one; Markup is kept, other text escaped."""
    return Markup(
        '<span class="en" lang="en" dir="ltr">{}</span><span class="ar" lang="ar" dir="rtl">{}</span>'
    ).format(english, arabic)


def say(key: str, **fields: object) -> Markup:
    """A text in both languages as HTML, its fields filled and escaped."""
    english, arabic = (Markup.escape(text).format(**fields) for text in TEXTS[key])
    return both(english, arabic)


def counted(number: int, what: str) -> Markup:
    """So many of something ("sentence", "error", "warning", "note", "file", "second"), in both languages as HTML."""
    (one, many), arabic = _COUNTED[what]
    category = str(Locale("ar").plural_form(number))
    return both((one if number == 1 else many).format(number), arabic.get(category, _OTHER[what]).format(number))


def sentences(error: BaseException) -> tuple[str, str]:
    """One sentence on what went wrong in English and in Arabic; of an error that is not ours, no particulars."""
    for kind in type(error).__mro__:
        if isinstance(error, DragomanError) and kind in _TROUBLE:
            english = str(error).strip() or TEXTS["failed"][0]
            end = "" if english.endswith((".", "!", "?")) else "."
            # A sentence may begin with a file's name, which stays as it is.
            start = english if "." in english.split()[0].rstrip(".") else english[0].upper() + english[1:]
            return start + end, _TROUBLE[kind]
    return TEXTS["failed"]


def trouble(error: BaseException) -> Markup:
    """What `sentences` says, as HTML."""
    return both(*sentences(error))
