"""A summarised article with everything that a page may have to show, for tests of what shows it."""

from dataclasses import replace

from translate.document import Issue, ModelUse, Severity, Span
from translate.summarize.bilingual import Summarized, gathered
from translate.summarize.summary import Change, Edit, Fault, Form, Reason, Refusal, Summary, SummarySentence
from translate.summarize.types import Article
from translate.summarize.understand import understand

BLOCKS = (
    "Fire at the <mill>",
    "A fire destroyed the mill on Monday. The ministry said 12 people were hurt. It could not say who lit it.",
    'Salma Haddad, a resident, told the Courier: "We ran." Sami Nader, a resident, said the gate was locked.',
)
ENGLISH = (
    "A fire destroyed the mill on Monday.",
    "The ministry said 12 people were hurt, and could not say who lit it.",
)
ARABIC = ("دمر حريق المطحنة يوم الاثنين.", "قالت الوزارة إن 13 شخصا أصيبوا، ولم تستطع تحديد من أشعله.")
_CHANGED = Issue("numbers.changed", Severity.ERROR, "12 became 13", "صار 12 عددا آخر", Span(17, 19), Span(16, 18))
_WHOLE = Issue("length.short", Severity.WARNING, "It is short", "قصيرة")


def article() -> Article:
    """Six sentences in three blocks."""
    return understand(BLOCKS, "en")


def summarized(form: Form = Form.PARAGRAPH, *, preview: bool = False) -> Summarized:
    """In English and in Arabic, with an error in the translation, an edit, two refusals and a party left out."""
    known = article()
    ministry = known.claims[2].speaker
    resident = next(one for one in known.speakers if one.name.startswith("Salma"))
    refused = Refusal("<b>Twelve</b> died.", (Reason(Fault.NEW_NUMBER, "Twelve"),), ENGLISH[1])
    unplaced = Refusal("A savage fire.", (Reason(Fault.LOADED, "savage"), Reason(Fault.UNGROUNDED, "A savage fire.")))
    own = Summary(
        "en",
        form,
        (
            SummarySentence(ENGLISH[0], (2,)),
            SummarySentence(ENGLISH[1], (3, 4), ministry, (), (Edit(Change.RESOLVED, "It", "The ministry"),), refused),
        )[: 1 if form is Form.HEADLINE else 2],
        "a-model",
        (resident.party,),
        refusals=(refused, unplaced),
    )
    issues = ((), (_CHANGED, _WHOLE))
    carried = [
        replace(one, text=text, original=one.text, issues=found)
        for one, text, found in zip(own.sentences, ARABIC, issues, strict=False)
    ]
    arabic = replace(own, language="ar", sentences=tuple(carried))
    models = (ModelUse("a-model", "x/y", "1", "terms", "transformers", preview=preview),)
    return gathered(known, own, (own, arabic), models)
