"""The memory as one pipeline sees it: bound to a language pair and to what its models would say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from translate.align.words import Aligner
from translate.document import Issue, Severity, Translation
from translate.errors import DragomanError
from translate.memory.entry import Asked, Entry, Match, Origin, Pair
from translate.memory.store import Found, Memory

APPROVED = "memory.approved"
SIMILAR = "memory.similar"

_APPROVED = Issue(
    APPROVED,
    Severity.NOTE,
    "A person approved this translation; it comes from the memory.",
    "اعتمد إنسانٌ هذه الترجمة، وهي من الذاكرة.",
)
_SIMILAR = "The memory has a translation of a similar sentence ({score:.0f}% alike): “{source}” → “{target}”."
_SIMILAR_AR = "في الذاكرة ترجمة لجملة مشابهة (بنسبة {score:.0f}%): «{source}» ← «{target}»."


class Remembered:
    """What a memory knows of `pair`, approved or of this `origin`. Safe to use from any thread.

    `aligner` makes what aligns approved translations, which bring no alignment of their own; it is made at the first
    one. Sentences that have no approved translation get notes of the entries of people's that are like them, at least
    `cutoff` of 100, at most `most`; none where `cutoff` is None. Where the memory fails, `say` hears so once, in a
    sentence, and translation goes on without it.
    """

    def __init__(
        self,
        memory: Memory,
        pair: Pair,
        origin: Origin,
        *,
        aligner: Callable[[], Aligner | None] = lambda: None,
        cutoff: float | None = 75,
        most: int = 1,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.memory = memory
        self.pair = pair
        self.origin = origin
        self._aligner = aligner
        self._cutoff = cutoff
        self._most = most
        self._say = say
        self._lock = threading.Lock()
        self._said = False
        self._readable = self._writable = True
        self._asked = self._found = 0

    @property
    def asked(self) -> int:
        """How many sentences were looked for."""
        return self._asked

    @property
    def found(self) -> int:
        """How many of them were found, and did not have to be translated."""
        return self._found

    def find(self, asked: Sequence[Asked]) -> dict[Asked, Translation]:
        """What is known of these texts, each counted as often as it is given; approved ones have a note of that."""
        if not (self._readable and asked):
            return {}
        try:
            found = self.memory.find(asked, self.pair, self.origin)
        except DragomanError as exc:
            self._readable = self._writable = False
            self._trouble(exc)
            return {}
        with self._lock:
            self._asked += len(asked)
            self._found += sum(one in found for one in asked)
        self._change(lambda: self.memory.count(found.values()))
        return self._marked(found)

    def keep(self, made: Mapping[Asked, Translation]) -> None:
        """Remember what the models made, but for what is empty or has an error of theirs: that may come out better."""
        entries = [
            Entry(asked.text, translation, self.pair, self.origin, asked.variant)
            for asked, translation in made.items()
            if translation.text.strip() and not any(issue.severity is Severity.ERROR for issue in translation.issues)
        ]
        self._change(lambda: self.memory.put(entries))

    def hints(self, asked: Asked) -> tuple[Issue, ...]:
        """Notes with the entries that are like a text; nothing where there are none."""
        if self._cutoff is None or not self._readable:
            return ()
        try:
            matches = self.memory.similar(asked.as_written, self.pair, self._cutoff, self._most)
        except DragomanError as exc:
            self._readable = self._writable = False
            self._trouble(exc)
            return ()
        return tuple(map(_hint, matches))

    def _marked(self, found: Mapping[Asked, Found]) -> dict[Asked, Translation]:
        """The translations; approved ones aligned, and with their note."""
        marked = {
            asked: replace(one.translation, issues=(_APPROVED,)) if one.approved else one.translation
            for asked, one in found.items()
        }
        bare = [asked for asked, one in found.items() if one.approved and one.translation.alignment is None]
        aligner = self._aligner() if bare else None
        if aligner is not None:
            alignments = aligner.align([(asked.text, marked[asked].text) for asked in bare])
            for asked, alignment in zip(bare, alignments, strict=True):
                marked[asked] = replace(marked[asked], alignment=alignment)
        return marked

    def _change(self, work: Callable[[], object]) -> None:
        if not self._writable:
            return
        try:
            work()
        except DragomanError as exc:
            self._writable = False
            self._trouble(exc)

    def _trouble(self, exc: DragomanError) -> None:
        with self._lock:
            said, self._said = self._said, True
        if not said:
            self._say(f"translating on without memory: {exc}")


def _hint(match: Match) -> Issue:
    said = {"score": match.score, "source": match.entry.source, "target": match.entry.target}
    return Issue(SIMILAR, Severity.NOTE, _SIMILAR.format(**said), _SIMILAR_AR.format(**said))
