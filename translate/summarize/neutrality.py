"""Measures how neutral a summary is against its article; every measure says exactly what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from translate.quality.numbers import values
from translate.quality.values import Kind, likeness
from translate.summarize.gate import at_stake
from translate.summarize.grounding import Index, terms
from translate.summarize.naming import Passage, name_runs
from translate.summarize.summary import Party, Summary, SummarySentence, word_count
from translate.summarize.types import Article, Claim, Speaker
from translate.summarize.understand import understand
from translate.summarize.whose import same, speaks


@dataclass(frozen=True)
class Measure:
    """One measure of a summary: its key in DEFINITIONS, its value, what was divided, and what tells against it.

    `details` are the words that lower the value (a speaker lost, a loaded word, a new name), in order. `source` is the
    same measure of the article itself, None where there is no such thing.
    """

    key: str
    value: float
    numerator: float
    denominator: float
    details: tuple[str, ...] = ()
    source: float | None = None


@dataclass(frozen=True)
class Definition:
    """How a measure is called and explained, in one sentence, in English and Arabic."""

    label: str
    label_ar: str
    explanation: str
    explanation_ar: str


@dataclass(frozen=True)
class Neutrality:
    """The measures of one summary, in the order of DEFINITIONS."""

    measures: tuple[Measure, ...]

    def __getitem__(self, key: str) -> Measure:
        """The measure of that key. Raises KeyError for an unknown one."""
        for measure in self.measures:
            if measure.key == key:
                return measure
        raise KeyError(key)


class Material:
    """An article and its summary, each understood once for all measures."""

    def __init__(self, article: Article, summary: Summary) -> None:
        """Of sentences that were translated the originals are measured, in the article's language."""
        self.article = article
        self.sentences: tuple[SummarySentence, ...] = summary.sentences
        self.texts = tuple(sentence.original or sentence.text for sentence in summary.sentences)
        found = understand(self.texts, article.language).claims
        self.claims = tuple(tuple(claim for claim in found if claim.block == i) for i in range(len(self.texts)))

    @cached_property
    def index(self) -> Index:
        """The article's sentences with their terms."""
        return Index(self.article)

    @cached_property
    def passage(self) -> Passage:
        """The whole article, for looking up names."""
        return Passage(" ".join(claim.text for claim in self.article.claims), self.article.language)

    def grounds(self, sentence: int) -> tuple[Claim, ...]:
        """The article's claims that a sentence of the summary rests on."""
        return tuple(self.article.claim(number) for number in self.sentences[sentence].grounds)


def measure(article: Article, summary: Summary) -> Neutrality:
    """All measures of a summary; the functions below say what each is.

    The summary's sentences, or the originals of translated ones, are in the article's language. A summary without
    sentences has lost nothing and says nothing: its retentions are 1, its coverage is 0.
    """
    material = Material(article, summary)
    return Neutrality(tuple(function(material) for function in _MEASURES.values()))


def attribution_retention(material: Material) -> Measure:
    """How many of the speakers whom the summary rests on it lets speak.

    Numerator: those pairs of a summary sentence and a speaker of its grounds for which the sentence names the speaker
    as such (`whose.speaks`). Denominator: all such pairs, each speaker once a sentence. Range 0 to 1; 1 says that no
    claim lost its speaker, and is also the value where no ground has one (0 of 0).
    """
    kept, lost = 0, []
    for i, claims in enumerate(material.claims):
        for speaker in dict.fromkeys(claim.speaker for claim in material.grounds(i)):
            if speaker is None:
                continue
            if any(speaks(speaker, claim, material.article.language) for claim in claims):
                kept += 1
            else:
                lost.append(speaker.name)
    return _share("attribution_retention", kept, kept + len(lost), lost)


def hedge_retention(material: Material) -> Measure:
    """How much of what the article leaves open the summary leaves open.

    Numerator: those pairs of a summary sentence and a hedged ground, of whose hedged clause it has half or more
    (`gate.at_stake`), in which the sentence has a hedge, too. Denominator: all such pairs. Range 0 to 1; 1 says that
    nothing uncertain is told as certain, and is also the value where nothing is hedged (0 of 0).
    """
    kept, lost = 0, []
    for i, claims in enumerate(material.claims):
        for ground in material.grounds(i):
            open_ = at_stake(ground, material.texts[i], material.index)
            if open_ and any(claim.hedged for claim in claims):
                kept += 1
            elif open_:
                lost.append(open_[0].span.of(ground.text))
    return _share("hedge_retention", kept, kept + len(lost), lost)


def loaded_terms(material: Material) -> Measure:
    """How many loaded words the summary has outside quotation marks, a hundred words; `source`: the article.

    Numerator: entries of the loaded lexicons found outside quotation, times 100. Denominator: words. From 0, which says
    that there are none, and is also the value of a summary without words.
    """
    own = [claim for claims in material.claims for claim in claims]
    found, size = _loaded(own), sum(word_count(text) for text in material.texts)
    theirs = sum(word_count(claim.text) for claim in material.article.claims)
    source = 100 * len(_loaded(material.article.claims)) / theirs if theirs else 0.0
    return Measure("loaded_terms", 100 * len(found) / size if size else 0.0, 100.0 * len(found), size, found, source)


def source_balance(material: Material) -> Measure:
    """How alike the shares are that the parties have in the article's attributed claims and in the summary's.

    A party is a group of speakers on one side (residents, Syrian officials …). 1 minus half the sum of the differences
    between each party's two shares (1 minus the total variation distance of the two distributions). Range 0 to 1; 1
    says that each party has the same share in both, 0 that the summary has only parties that the article has not, or
    none. Numerator: the parties of the article that the summary hears; denominator: the article's parties. 1 where the
    article has no attributed claim.
    """
    there = Counter(claim.speaker.party for claim in material.article.claims if claim.speaker is not None)
    here: Counter[Party] = Counter(
        speaker.party for i in range(len(material.texts)) for speaker in _speakers_of(material, i)
    )
    heard = sum(party in here for party in there)
    unheard = tuple(" ".join(filter(None, (side, group.value))) for group, side in there if (group, side) not in here)
    if not there:
        return Measure("source_balance", 1.0, 0, 0)
    if not here:
        return Measure("source_balance", 0.0, 0, len(there), unheard)
    apart = sum(abs(there[one] / there.total() - here[one] / here.total()) for one in {*there, *here}) / 2
    return Measure("source_balance", 1 - apart, heard, len(there), unheard)


def novel_entities(material: Material) -> Measure:
    """How many names the summary has that the article lacks.

    Numerator, and value: parts of names (`naming.name_runs`) that stand in no form in the article. Denominator: all
    parts of names in the summary. From 0, which says that it brings no new name.
    """
    language = material.article.language
    parts = [
        part for text in material.texts for run in name_runs(text, language, material.index.names) for part in run.parts
    ]
    new = [part for part in parts if not material.passage.has(part)]
    return Measure("novel_entities", len(new), len(new), len(parts), tuple(new))


def novel_numbers(material: Material) -> Measure:
    """How many numbers the summary has that the article lacks.

    Numerator, and value: numbers whose value (`quality.numbers.values`) the article has in no form; those that may come
    and go ("one", "first", a dual) are left out. Denominator: all such numbers in the summary. From 0, which says that
    it brings no new number.
    """
    language = material.article.language
    there = [value for claim in material.article.claims for value in values(claim.text, language)]
    here = [(value, text) for text in material.texts for value in values(text, language)]
    asked = [(value, text) for value, text in here if not value.weak and value.kind is not Kind.DUAL]
    new = [value.span.of(text) for value, text in asked if not any(likeness(value, other) for other in there)]
    return Measure("novel_numbers", len(new), len(new), len(asked), tuple(new))


def compression(material: Material) -> Measure:
    """How long the summary is against the article.

    Numerator: words of the summary; denominator: words of the article. From 0; 1 says that it is as long as the
    article; 0 for an article without words.
    """
    own = sum(word_count(text) for text in material.texts)
    theirs = sum(word_count(claim.text) for claim in material.article.claims)
    return Measure("compression", own / theirs if theirs else 0.0, own, theirs)


def coverage(material: Material) -> Measure:
    """How much of what the article speaks of the summary speaks of.

    Numerator: the article's words of weight, each time one stands there, whose stem the summary has. Denominator: all
    of the article's words of weight. Range 0 to 1; 1 says that no such word is left out; 0 for an article without any.
    """
    language = material.article.language
    here = {term for text in material.texts for term, _ in terms(text, language).stems}
    there = [term for claim in material.article.claims for term, _ in material.index.terms(claim.number).stems]
    covered = sum(term in here for term in there)
    return Measure("coverage", covered / len(there) if there else 0.0, covered, len(there))


def _share(key: str, kept: int, whole: int, lost: Sequence[str]) -> Measure:
    return Measure(key, kept / whole if whole else 1.0, kept, whole, tuple(lost))


def _loaded(claims: Sequence[Claim]) -> tuple[str, ...]:
    return tuple(one.span.of(claim.text) for claim in claims for one in claim.loaded_outside)


def _speakers_of(material: Material, sentence: int) -> list[Speaker]:
    """Who speaks in a sentence of the summary: the article's speakers, and those whom the article does not have."""
    language = material.article.language
    found: dict[Speaker, None] = {}
    for claim in material.claims[sentence]:
        for own in (claim.speaker, *claim.others):
            if own is not None:
                theirs = [one for one in material.article.speakers if same(own, one, language)]
                grounds = [ground.speaker for ground in material.grounds(sentence)]
                found[next((one for one in theirs if one in grounds), theirs[0] if theirs else own)] = None
    return list(found)


_MEASURES: Mapping[str, Callable[[Material], Measure]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            attribution_retention,
            hedge_retention,
            loaded_terms,
            source_balance,
            novel_entities,
            novel_numbers,
            compression,
            coverage,
        )
    }
)

DEFINITIONS: Mapping[str, Definition] = MappingProxyType(
    {
        "attribution_retention": Definition(
            "Speakers kept",
            "نسبة الأقوال المنسوبة إلى قائليها",
            "Of the speakers whose claims the summary takes up, the share whom it names as speaking; 100% says that no "
            "claim lost its speaker.",
            "حصة القائلين الذين ينسب إليهم الملخص أقوالهم ممن أخذ عنهم؛ و100% تعني أن كل قول بقي منسوبا إلى قائله.",
        ),
        "hedge_retention": Definition(
            "Uncertainty kept",
            "نسبة التحفظات الباقية",
            "Of the uncertain statements that the summary takes up, the share that it leaves uncertain, too; 100% says "
            "that nothing uncertain is told as certain.",
            "حصة ما أبقاه الملخص غير مؤكد مما أورده المقال غير مؤكد؛ و100% تعني أنه لم يجزم بما لم يجزم به المقال.",
        ),
        "loaded_terms": Definition(
            "Loaded words outside quotation, per 100 words",
            "الألفاظ المنحازة خارج علامات الاقتباس لكل 100 كلمة",
            "Words that take a side or move the reader and stand in no quotation marks, in the summary and in the "
            "article; 0 says that there are none.",
            "ألفاظ تنحاز إلى طرف أو تستثير القارئ وليست بين علامات اقتباس، في الملخص وفي المقال؛ و0 تعني خلوه منها.",
        ),
        "source_balance": Definition(
            "Balance of sources",
            "توازن المصادر",
            "How alike the parties' shares of what is said are in the article and in the summary; 100% says that each "
            "party has the same share in both.",
            "مدى تشابه حصص الأطراف من الكلام في المقال والملخص؛ و100% تعني أن لكل طرف الحصة نفسها في كليهما.",
        ),
        "novel_entities": Definition(
            "New names",
            "أسماء جديدة",
            "Names in the summary that the article does not have; 0 says that there are none.",
            "أسماء في الملخص لا ترد في المقال؛ و0 تعني أن لا وجود لها.",
        ),
        "novel_numbers": Definition(
            "New numbers",
            "أعداد جديدة",
            "Numbers in the summary that the article does not have in any form; 0 says that there are none.",
            "أعداد في الملخص لا ترد في المقال بأي صيغة؛ و0 تعني أن لا وجود لها.",
        ),
        "compression": Definition(
            "Length",
            "الطول",
            "The summary's words as a share of the article's.",
            "عدد كلمات الملخص نسبة إلى عدد كلمات المقال.",
        ),
        "coverage": Definition(
            "Coverage",
            "التغطية",
            "The share of the article's words of weight that the summary has, too: how much of its subject it covers.",
            "حصة كلمات المقال الدالة التي ترد في الملخص أيضا، أي مقدار ما يتناوله من موضوع المقال.",
        ),
    }
)
"""What the page says of each measure, by its key."""
