"""Negation is found lost or added, and left alone where the other language says it in its own way."""

import pytest

from translate.quality import Pair, negation

LIMITS = {"reach": 0.4, "near": 50}

GOOD = [
    ("The minister did not sign the agreement.", "لم يوقع الوزير الاتفاق."),
    ("They can't reach the village without a guide.", "لا يمكنهم الوصول إلى القرية دون دليل."),
    ("Nobody was hurt, and nothing was damaged.", "لم يصب أحد ولم يتضرر شيء."),
    ("The road is no longer safe.", "لم يعد الطريق آمنا."),
    ("Neither the mayor nor his deputy came.", "لم يحضر رئيس البلدية ولا نائبه."),
    ("She will never return.", "لن تعود أبدا."),
    ("The court called the detention illegal.", "وصفت المحكمة الاحتجاز بأنه غير قانوني."),
    ("It is not clear who fired.", "من غير الواضح من أطلق النار."),
    ("He did not attend.", "تغيب عن الحضور، وليس هذا جديدا."),
    ("The number of dead is still rising.", "لا يزال عدد القتلى في ارتفاع."),
    ("Prices rose, especially in the north.", "ارتفعت الأسعار، ولا سيما في الشمال."),
    ("He lives at No. 5.", "يسكن في رقم 5."),
    ("Only two clinics are open.", "لا تعمل إلا عيادتان."),
    ("The convoy waited, but it was let through.", "انتظرت القافلة، إلا أنها مرت."),
    ("The army denied the report.", "نفى الجيش التقرير."),
    ("The team did not lose hope.", "لم يفقد الفريق الأمل."),
    ("They do not have enough water.", "يفتقر السكان إلى ما يكفي من الماء."),
    ("A drone fell on the town.", "سقطت طائرة بدون طيار على البلدة."),
    ("He changed the plan.", "غيّر الخطة."),
    ("It is cold, isn't it?", "الجو بارد، أليس كذلك؟"),
    ("At least ten people died.", "قتل ما لا يقل عن عشرة أشخاص."),
    ("He did not visit the city, nor the port.", "لميزرالوزيرالمدينةولاالميناء."),
    ("She has a pain in her chest.", "تشعر بألم في صدرها، ألم شديد."),
]

BROKEN = [
    # English, a good Arabic translation, what of it is left out
    ("The minister did not sign the agreement.", "لم يوقع الوزير الاتفاق.", "لم "),
    ("The road is no longer safe.", "لم يعد الطريق آمنا.", "لم "),
    ("They left without a guide.", "غادروا دون دليل.", "دون "),
    ("She will never return.", "لن تعود.", "لن "),
    ("The report is not true.", "التقرير ليس صحيحا.", "ليس "),
    ("The wounded were not taken to hospital, and no one came.", "لم ينقل الجرحى إلى المستشفى، ولم يأت أحد.", "لم "),
    ("It isn't easy, he said.", "قال إن ذلك ليس سهلا.", "ليس "),
    ("Nobody knows his name.", "لا يعرف أحد اسمه.", "لا "),
]


def kinds(english: str, arabic: str, back: bool = False) -> list[str]:
    pair = Pair(arabic, english, "ar", "en") if back else Pair(english, arabic, "en", "ar")
    return [finding.kind for finding in negation.CHECK.find(pair, LIMITS)]


@pytest.mark.parametrize(("english", "arabic"), GOOD)
def test_a_good_translation_is_left_alone_in_both_directions(english, arabic):
    assert kinds(english, arabic) == []
    assert kinds(english, arabic, back=True) == []


@pytest.mark.parametrize(("english", "arabic", "denial"), BROKEN)
def test_a_denial_that_is_left_out_is_found(english, arabic, denial):
    assert kinds(english, arabic) == []
    broken = arabic.replace(denial, "", 1)
    assert broken != arabic
    assert kinds(english, broken) == ["lost"]
    assert kinds(english, broken, back=True) == ["added"]


@pytest.mark.parametrize(
    ("arabic", "english", "denial"),
    [
        ("لم يوقع الوزير الاتفاق.", "The minister has not signed the agreement.", " not"),
        ("لا يوجد ماء في القرية.", "There is no water in the village.", " no"),
        ("لن يعود السكان.", "The residents will never return.", " never"),
    ],
)
def test_a_denial_lost_on_the_way_into_english_is_found(arabic, english, denial):
    assert kinds(english, arabic, back=True) == []
    assert kinds(english.replace(denial, "", 1), arabic, back=True) == ["lost"]


def test_the_finding_shows_the_denial_that_has_no_counterpart():
    pair = Pair("He did not come, and she did not leave the house.", "جاء هو، لكنها لم تغادر البيت.", "en", "ar")
    (finding,) = negation.CHECK.find(pair, LIMITS)
    assert finding.source is not None
    assert finding.source.start < 10
    assert finding.values == {"word": "not"}


def test_other_languages_are_left_alone():
    assert list(negation.CHECK.find(Pair("He did not come.", "Er kam.", "en", "de"), LIMITS)) == []
