"""Language: a translation that was left in the source's language, is in a third one, or mixes two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from translate.align.faults import must_change, same_words, spoken
from translate.document import Span
from translate.languages import in_script, likelihood, script, wrong_language
from translate.quality.check import Check, Finding, Limits, Message
from translate.quality.pair import Pair

# Of nearly every clause so large a share of the words are of these, and less in the neighbours' languages: they spare
# py3langid, which takes 0.7 s to load. Persian has words spelled like "من" and "ما".
_ENOUGH_COMMON = 0.125
_COMMON = {
    "en": frozenset(
        "the of and to is that for with by at from it be are this have has had were been not which their they his "
        "she we you i would who what when there said can my your her him them after than if but about into its our "
        "out up one was only other could these some because over should may might does did make made many most "
        "more much new first two three people year years day last between against during through before since "
        "until where why how both each such very just even back among within however".split()
    ),
    "ar": frozenset(
        "في على إلى أن إن أنه أنها التي الذي الذين هذا هذه ذلك تلك كان كانت لم لن ليس عن مع قد لقد وقد ولم هو هي بين "
        "عند بعد قبل كل حيث أي أو ثم إذا هناك وقال قال يكون تكون".split()
    ),
}
_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)\w{2,}")
_LATIN_RUN = re.compile(r"[A-Za-zÀ-ɏ]+(?:[\W\d_]*[A-Za-zÀ-ɏ]+)*")
_LATIN_WORD = re.compile(r"(?<![\w&'’-])[a-zß-ɏ]+(?:['’-][a-zß-ɏ]+)*(?!\w)")
_ARABIC_RUN = re.compile(r"[\u0620-\u064a\u066e-\u06d3]{2,}(?:[\W\d_]*[\u0620-\u064a\u066e-\u06d3]+)*")
_RUNS = {"Latn": _LATIN_RUN, "Arab": _ARABIC_RUN}
_OPENED = "\"“„«‘'"
_SHORTEST = 3
"""Shorter lower-case words are mostly units and parts of names: km, de, al."""
_MIXTURE = 0.2
"""The least share of letters that are no such words: with fewer the whole is in another language."""
_PASSAGE = 3
"""So many lower-case words that the source has, too, are no term but a passage."""
_ADDRESS = re.compile(r"\S*(?:://|www\.|@|#)\S*|\S+\.[a-z]{2,}(?:/\S*)?")


def find(pair: Pair, limits: Limits) -> Iterator[Finding]:
    """The first that is true: left as it was, in another language, in part in the source's."""
    if not any(char.isalpha() for char in pair.target) or pair.source_language == pair.target_language:
        return
    if same_words(pair.source, pair.target):
        if must_change(pair.source):
            yield _whole(pair)
        return
    foreign = _foreign(pair)
    if (foreign or not _scripts_differ(pair)) and _nearly_copied(pair, limits["copied_words"], int(limits["words"])):
        yield _whole(pair)
        return
    if _scripts_differ(pair):
        left = [Finding(kind, None, span, {"words": span.of(pair.target)}) for kind, span in _left_over(pair)]
        if left:
            yield from left
            return
    if foreign or _of_a_third_language(pair, limits["likelihood"], int(limits["words"])):
        yield Finding("wrong", None, Span(0, len(pair.target)))


def _foreign(pair: Pair) -> bool:
    """Whether most of the target is in the source's script or language."""
    if _scripts_differ(pair) and script(pair.target_language) == "Latn":
        # A machine's output is wrong with a single Arabic word in it; an author may quote one: see `_left_over`.
        return not in_script(pair.target, pair.target_language)
    return wrong_language(pair.target, pair.target_language, pair.source_language)


def _whole(pair: Pair) -> Finding:
    return Finding("untranslated", Span(0, len(pair.source)), Span(0, len(pair.target)))


def _scripts_differ(pair: Pair) -> bool:
    return script(pair.source_language) != script(pair.target_language)


def _nearly_copied(pair: Pair, share: float, least: int) -> bool:
    """Whether so large a share of the target's words, each as often as there, are the source's."""
    _, source = spoken(pair.source, pair.source_words)
    _, target = spoken(pair.target, pair.target_words)
    if len(target) < least:
        return False
    return sum((Counter(target) & Counter(source)).values()) / len(target) >= share


def _of_a_third_language(pair: Pair, least: float, clause: int) -> bool:
    """Whether a clause or more has too few of its language's commonest words, and py3langid thinks it another's."""
    _, words = spoken(pair.target, pair.target_words)
    words = [word for word in words if word.isalpha()]
    if len(words) < clause or _sounds_like(words, pair.target_language):
        return False
    likely = likelihood(_ADDRESS.sub(" ", pair.target), pair.target_language)
    return likely is not None and likely < least


def _sounds_like(words: Sequence[str], language: str) -> bool:
    """Whether enough of the words are of those that a language cannot do without."""
    common = _COMMON.get(language, frozenset())
    count = sum(word in common for word in words)
    if language == "ar":
        count += sum(_ARTICLE.fullmatch(word) is not None for word in words)
    return count >= _ENOUGH_COMMON * len(words)


def _left_over(pair: Pair) -> Iterator[tuple[str, Span]]:
    """Words and passages of the source's language within the target: (kind of finding, where).

    A name may stay in its own letters, and so may what is quoted; lower-case words that the source has may not. A
    target with hardly a letter of its own is no such mixture.
    """
    into_latin = script(pair.target_language) == "Latn"
    run_of = _RUNS.get(script(pair.source_language))
    text = _ADDRESS.sub(lambda address: " " * len(address[0]), pair.target)
    runs = list(run_of.finditer(text)) if run_of else []
    letters = sum(map(str.isalpha, text)) if runs else 0
    if not letters or sum(map(str.isalpha, _without(text, runs))) / letters < _MIXTURE:
        return
    known = set() if into_latin else set(_LATIN_WORD.findall(pair.source))
    for run in runs:
        if into_latin:
            low = run[0].split()
        else:
            low = [word for word in _LATIN_WORD.findall(run[0]) if len(word) >= _SHORTEST and word in known]
        if low and (run.start() == 0 or text[run.start() - 1] not in _OPENED):
            yield ("partial" if len(low) >= _PASSAGE else "mixed"), Span(*run.span())


def _without(text: str, runs: Sequence[re.Match[str]]) -> str:
    """`text` without some of it."""
    ends = [0, *(run.end() for run in runs)]
    starts = [*(run.start() for run in runs), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


CHECK = Check(
    "language",
    find,
    {
        "untranslated": Message(
            "The sentence was left as it was, not translated.",
            "بقيت الجملة على حالها دون ترجمة.",
        ),
        "wrong": Message("The translation is in another language.", "الترجمة مكتوبة بلغة أخرى."),
        "partial": Message("“{words}” was left untranslated.", "بقي «{words}» دون ترجمة."),
        "mixed": Message(
            "“{words}” was left in the source’s language.",
            "بقيت «{words}» بلغة الأصل.",
        ),
    },
    ("copied_words", "words", "likelihood"),
)
