"""The texts of the tabs Check, Summary and Batch, in English and Arabic."""

from __future__ import annotations

from collections.abc import Mapping

_CHECK: Mapping[str, tuple[str, str]] = {
    "check_tab": ("Check", "تدقيق"),
    "check_about": (
        "The article is translated, and its translation is translated back. What comes back shows what survived.",
        "يُترجَم المقال ثم تُترجَم ترجمته إلى لغته الأولى، وما يعود يُظهر ما بقي منه.",
    ),
    "check_go": ("Check there and back", "دقّق ذهابًا وإيابًا"),
    "check_second": ("Compare with a second model", "قارن بنموذج ثانٍ"),
    "check_alone": ("No comparison", "بلا مقارنة"),
    "check_only": (
        "There is only one model on this server; another one to compare it with can be fetched with",
        "ليس على هذا الخادم إلا نموذج واحد، ويُجلب آخر لمقارنته به بالأمر",
    ),
    "check_meaning": (
        "Compare the meaning of the sentences, too (takes longer)",
        "قارن معاني الجمل أيضًا (يستغرق وقتًا أطول)",
    ),
    "check_same": (
        "Both models are {model}: choose another one to compare it with.",
        "النموذجان نموذج واحد هو {model}: اختر غيره للمقارنة.",
    ),
    "check_no_way_back": (
        "No model on this server translates from {target} back to {source}.",
        "ليس على هذا الخادم نموذج يعيد الترجمة من {target} إلى {source}.",
    ),
    "check_there": ("There", "الذهاب"),
    "check_back": ("Back", "الإياب"),
    "check_measure": ("Measuring what came back…", "يُقاس ما عاد…"),
    "check_of": ("{done:,} of {total:,} sentences", "الجمل: {done:,} من {total:,}"),
    "check_score": ("How much came back", "كم عاد من المقال"),
    "check_interval": ("interval: {low} to {high}", "مجال الثقة: من {low} إلى {high}"),
    "check_band_high": (
        "Nearly the article's own words came back.",
        "عادت ألفاظ المقال كلها تقريبًا.",
    ),
    "check_band_good": (
        "Most of the wording came back; some things were said in other words or lost.",
        "عاد معظم الألفاظ، وقيل بعض الكلام بألفاظ أخرى أو ضاع.",
    ),
    "check_band_some": (
        "Only part of the wording came back: much was said in other words, or was lost.",
        "لم يعد من الألفاظ إلا بعضها: قيل كثير من الكلام بألفاظ أخرى، أو ضاع.",
    ),
    "check_band_low": (
        "Little of the wording came back: read the sentences below before you trust any of them.",
        "لم يعد من الألفاظ إلا القليل: اقرأ الجمل أدناه قبل أن تثق بأي منها.",
    ),
    "check_thumb": ("(a rule of thumb)", "(تقدير تقريبي)"),
    "check_few": (
        "These sentences are few: the interval is wide, and models cannot be ranked by them.",
        "هذه الجمل قليلة: فمجال الثقة واسع، ولا يصح بها ترتيب النماذج.",
    ),
    "check_family": (
        "Both ways are of one family of models, or of unknown ones, and may share their mistakes: the score flatters.",
        "نموذجا الذهاب والإياب من عائلة واحدة أو من أصل غير معروف، وقد يشتركان في الأخطاء: فالدرجة أعلى مما تستحق.",
    ),
    "check_strangers": (
        "The way back is of another family of models than the way there, so that they seldom make the same mistake.",
        "نموذج الإياب من عائلة غير عائلة نموذج الذهاب، فيندر أن يخطئا الخطأ نفسه.",
    ),
    "check_in_translation": ("in the translation:", "في الترجمة:"),
    "check_explained": ("What do these figures mean?", "ما معنى هذه الأرقام؟"),
    "check_explain_score": (
        "It counts how many runs of letters, and how many words, of the article came back the same: from 0, nothing, "
        "to 100, every letter. Around 60, most of the wording came back and other words stand for the rest; around "
        "40, much was said in other words or was lost; above 80, the article came back almost word for word.",
        "يقيس كم من مقاطع الحروف ومن الكلمات عاد كما كان في المقال: من 0 أي لا شيء إلى 100 أي كل حرف. فعند 60 "
        "تقريبًا يكون معظم الألفاظ قد عاد وحلّت ألفاظ أخرى محل الباقي، وعند 40 تقريبًا يكون كثير من الكلام قد قيل "
        "بألفاظ أخرى أو ضاع، وفوق 80 يكون المقال قد عاد كلمةً كلمةً تقريبًا.",
    ),
    "check_explain_grade": ("It is not accuracy", "ليست الدرجة مقياسًا للدقة"),
    "check_explain_interval_name": ("The interval", "مجال الثقة"),
    "check_explain_interval": (
        "Other sentences of the same kind would have given another score; 95 times in 100 it would lie about within "
        "the interval. The fewer the sentences, the wider it is.",
        "لو قيست جمل أخرى من النوع نفسه لكانت الدرجة غير هذه، ولوقعت ضمن هذا المجال تقريبًا في 95 مرة من كل 100. "
        "وكلما قلّت الجمل اتسع المجال.",
    ),
    "check_explain_noise_name": ("Noise", "الضجيج"),
    "check_explain_noise": (
        "With fewer than about 100 sentences, a difference of a few points says nothing: one article cannot tell "
        "which of two models is better, several hundred sentences can.",
        "مع أقل من 100 جملة تقريبًا لا يدل فرق بضع درجات على شيء: فمقال واحد لا يُظهر أي النموذجين أفضل، وقد تُظهره "
        "مئات الجمل.",
    ),
    "check_explain_cosine_name": ("Cosine", "جيب التمام"),
    "check_explain_cosine": (
        "It compares meaning, whatever the words. 1 is the same; good translations have about .88, and sentences that "
        "have nothing to do with one another still have about .74.",
        "يقارن المعنى أيًّا كانت الألفاظ. فالقيمة 1 تعني التطابق، وللترجمات الجيدة نحو 0.88، وللجمل التي لا صلة بينها "
        "نحو 0.74.",
    ),
    "check_verdict": ("Which model is ahead?", "أي النموذجين متقدم؟"),
    "check_comparison": ("The comparison", "المقارنة"),
    "check_trip": ("There and back with", "ذهابًا وإيابًا مع"),
    "check_report": ("The report, sentence by sentence", "التقرير جملةً جملة"),
    "check_way_back": ("Translated back by", "أعاد ترجمته"),
    "tabs_download": ("Download:", "نزّل:"),
    "tabs_sentences": ("sentences", "الجمل"),
    "tabs_scores": ("scores", "الدرجات"),
}

_SUMMARY: Mapping[str, tuple[str, str]] = {
    "summary_tab": ("Summary", "ملخص"),
    "summary_about": (
        "The summary takes no side: each claim keeps its speaker and its hedges, and each sentence shows what it "
        "rests on.",
        "ملخص لا ينحاز: يبقى كل قول منسوبًا إلى قائله بتحفظاته، وتدل كل جملة على ما تستند إليه من المقال.",
    ),
    "summary_go": ("Summarise", "لخّص"),
    "summary_length": ("Sentences at most", "أقصى عدد للجمل"),
    "summary_form": ("Form", "الهيئة"),
    "summary_paragraph": ("Paragraph", "فقرة"),
    "summary_bullets": ("Bullets", "نقاط"),
    "summary_headline": ("Headline", "عنوان"),
    "summary_method": ("Method", "الطريقة"),
    "summary_extractive": ("The article's own sentences", "جمل المقال نفسها"),
    "summary_away": ("Summarisers that are not on this server", "نماذج تلخيص ليست على هذا الخادم"),
    "summary_report": ("The summary with its grounds and its neutrality", "الملخص وما يستند إليه وحياده"),
    "summary_own_only": (
        "Only in the article's language: there is no model on this server that translates it to {language_en}.",
        "بلغة المقال وحدها: فليس على هذا الخادم نموذج يترجمه إلى {language_ar}.",
    ),
    "summary_get": ("One is fetched with", "ويُجلب النموذج بالأمر"),
    "summary_get_it": ("It is fetched with", "ويجلبه الأمر"),
    "summary_choosing": ("Reading the article and choosing…", "يُقرأ المقال وتُختار الجمل…"),
    "summary_writing": ("The model is writing…", "يكتب النموذج…"),
    "summary_translating": ("Translating the summary…", "يُترجَم الملخص…"),
}

_BATCH: Mapping[str, tuple[str, str]] = {
    "batch_tab": ("Batch", "دفعة ملفات"),
    "batch_about": (
        "At most {files:,} files at once. Each is translated in its turn and comes back in its own form, with a report "
        "of what the checks found.",
        "أقصى عدد للملفات في الدفعة: {files:,}. يُترجَم كل ملف في دوره ويعود بصيغته، ومعه تقرير بما وجده التدقيق.",
    ),
    "batch_go": ("Translate the files", "ترجم الملفات"),
    "batch_forget": ("Forget this batch now", "احذف هذه الدفعة الآن"),
    "batch_goes_on": (
        "The batch goes on in the server: you may reload or close this page, and find it here again in this browser.",
        "يستمر العمل في الخادم: يمكنك إعادة تحميل الصفحة أو إغلاقها، وستجد الدفعة هنا حين تعود من المتصفح نفسه.",
    ),
    "batch_progress": ("Files finished: {done:,} of {total:,}", "الملفات المنجزة: {done:,} من {total:,}"),
    "batch_translated": ("Translated: {done:,} of {total:,}.", "المترجَم: {done:,} من {total:,}."),
    "batch_set_aside": ("Set aside: {aside:,}.", "المستبعَد: {aside:,}."),
    "batch_waiting": ("waits for its turn", "ينتظر دوره"),
    "batch_reading": ("is being read", "يُقرأ"),
    "batch_sentences": ("{done:,} of {total:,} sentences", "الجمل: {done:,} من {total:,}"),
    "batch_done": ("done", "أُنجز"),
    "batch_fine": ("no issues found", "لم يُعثر على ملاحظات"),
    "batch_aside": ("set aside:", "استُبعد:"),
    "batch_left": ("left, because the batch was stopped", "تُرك لأن الدفعة أُوقفت"),
    "batch_ended": ("The batch is done.", "انتهت الدفعة."),
    "batch_stopped": ("The batch was stopped; what was done until then is here.", "أُوقفت الدفعة، وهذا ما أُنجز منها."),
    "batch_nothing": ("Nothing could be translated.", "تعذرت ترجمة أي ملف."),
    "batch_zip": ("Download all (zip)", "نزّل الكل (zip)"),
    "batch_gone": (
        "The batch that was here has been forgotten: its time was over, or the server was started anew.",
        "حُذفت الدفعة التي كانت هنا: انقضت مدتها، أو أُعيد تشغيل الخادم.",
    ),
    "batch_zip_gone": (
        "The zip had to make room for others' files and is not here any more.",
        "أُزيل ملف zip لإفساح المكان لملفات غيرك.",
    ),
    "batch_list": ("The files of the batch", "ملفات الدفعة"),
    "batch_whole": ("The whole batch", "الدفعة كلها"),
}

TEXTS: Mapping[str, tuple[str, str]] = {**_CHECK, **_SUMMARY, **_BATCH}
