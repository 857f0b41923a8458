"""Says in English and Arabic what a summary's report speaks of: parties, faults, changes, measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from translate.summarize.neutrality import DEFINITIONS, Definition, Measure
from translate.summarize.summary import Change, Fault, Form, Party
from translate.summarize.types import Article, Group


@dataclass(frozen=True)
class Phrase:
    """The same in the two languages of the pages."""

    en: str
    ar: str


GROUPS: Mapping[Group, Phrase] = MappingProxyType(
    {
        Group.RESIDENT: Phrase("residents and witnesses", "سكان وشهود"),
        Group.OFFICIAL: Phrase("officials", "مسؤولون"),
        Group.ARMED_GROUP: Phrase("armed groups", "جماعات مسلحة"),
        Group.MONITOR: Phrase("monitors and rights groups", "جهات رصد وحقوق"),
        Group.INTERNATIONAL: Phrase("international bodies", "هيئات دولية"),
        Group.EXPERT: Phrase("experts", "خبراء"),
        Group.MEDIA: Phrase("other media", "وسائل إعلام أخرى"),
        Group.UNKNOWN: Phrase("others", "آخرون"),
    }
)
FAULTS: Mapping[Fault, Phrase] = MappingProxyType(
    {
        Fault.UNGROUNDED: Phrase("nothing in the article says this", "لا شيء في المقال يقول هذا"),
        Fault.NEW_NAME: Phrase("a name that its grounds lack", "اسم لا يرد في سنده"),
        Fault.NEW_NUMBER: Phrase("a number that its grounds lack", "عدد لا يرد في سنده"),
        Fault.LOST_SPEAKER: Phrase("the speaker is lost or another one", "ضاع القائل أو تبدّل"),
        Fault.LOST_HEDGE: Phrase("what the article leaves open is asserted", "جزم بما تركه المقال غير مؤكد"),
        Fault.LOADED: Phrase("a loaded word outside quotation marks", "لفظ منحاز خارج علامات الاقتباس"),
        Fault.CONTRADICTION: Phrase("it contradicts its grounds", "يناقض سنده"),
        Fault.NOT_QUOTED: Phrase("it quotes what nobody said so", "اقتباس لم يقله أحد بلفظه"),
    }
)
CHANGES: Mapping[Change, Phrase] = MappingProxyType(
    {
        Change.DROPPED: Phrase("left out", "حُذف"),
        Change.ATTRIBUTED: Phrase("speaker named", "ذُكر القائل"),
        Change.RESOLVED: Phrase("name in place of a pronoun", "اسم مكان ضمير"),
        Change.REPLACED: Phrase("neutral word in place of a loaded one", "لفظ محايد مكان لفظ منحاز"),
    }
)
FORMS: Mapping[Form, Phrase] = MappingProxyType(
    {
        Form.HEADLINE: Phrase("headline", "عنوان"),
        Form.BULLETS: Phrase("bullets", "نقاط"),
        Form.PARAGRAPH: Phrase("paragraph", "فقرة"),
    }
)

_COUNTS = ("novel_entities", "novel_numbers")
_RATE = "loaded_terms"


@dataclass(frozen=True)
class Shown:
    """A measure as a page or a line shows it; `source` is the article's own value, "" where there is none."""

    key: str
    definition: Definition
    value: str
    of: str
    source: str
    details: tuple[str, ...]


def shown(measure: Measure) -> Shown:
    """A measure with its value as people read it: a share as a percentage with what was divided, a count as it is."""
    whole = f"{measure.numerator:,.0f} / {measure.denominator:,.0f}"
    return Shown(
        measure.key,
        DEFINITIONS[measure.key],
        _value(measure.key, measure.value),
        "" if measure.key == _RATE else whole,
        "" if measure.source is None else _value(measure.key, measure.source),
        measure.details,
    )


def _value(key: str, value: float) -> str:
    if key in _COUNTS:
        return f"{value:.0f}"
    return f"{value:.1f}" if key == _RATE else f"{value:.0%}"


@dataclass(frozen=True)
class Unheard:
    """A party that a summary leaves out: what it is called, and who speaks for it in the article."""

    group: Phrase
    side: str
    speakers: tuple[str, ...]


def unheard(party: Party, article: Article) -> Unheard:
    """A party of an article as a page or a line shows it."""
    group, side = party
    return Unheard(GROUPS[group], side, tuple(one.name for one in article.speakers if one.party == party))
