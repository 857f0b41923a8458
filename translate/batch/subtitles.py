"""Takes subtitles (SRT, WebVTT) apart so that sentences may run over cues, and puts translations back into the cues.

Cue numbers, timing lines with their settings, headers, NOTE and STYLE blocks are kept as they are. pysubs2 and
webvtt-py drop some of these (cue settings, notes, regions), so the few lines that read cues are our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from translate.document import Block, Document, Inline, Kind, Span, TranslatedBlock
from translate.errors import InputError

SUFFIXES = (".srt", ".vtt")

# Hours may be missing in WebVTT; SRT has a comma where WebVTT has a point.
_STAMP = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"^[ \t]*{_STAMP}[ \t]+-->[ \t]+{_STAMP}[^\r\n]*(?:\r\n|\r|\n|$)", re.MULTILINE)
_CUE_TEXT = re.compile(r"(?:[ \t]*[^\s][^\r\n]*(?:\r\n|\r|\n|$))*")
_LINE_END = re.compile(r"\r\n|\r|\n")
# "{\an8}" is SubStation's, and players of SRT know it; "<00:01.000>" is WebVTT's for karaoke, and fits no translation.
_POSITION = re.compile(r"\{\\[^{}\r\n]{1,80}\}")
_KARAOKE = re.compile(r"<\d[\d:.]*>")
_TAG = re.compile(r"<(/?)([A-Za-z]+)(?:[.\s][^<>\r\n]*)?>")
_DASH = re.compile(r"[-–—‐][ \t]*(?=\S)")
_ENDS_SENTENCE = re.compile(r"[.!?…؟۔][\"'”’»)\]]*$")
# A pause of this many seconds ends a sentence; one that nothing ends is taken to end after so many cues.
_PAUSE = 3.0
_MOST_CUES = 6
# Characters in a line of a subtitle, as broadcasters' guides have it (Netflix's timed-text guide: 42).
_LINE = 42


@dataclass(frozen=True)
class Utterance:
    """What one speaker says within one cue: its text without tags, and the tags over spans of it."""

    cue: int
    text: str
    inlines: tuple[Inline, ...]
    dash: str = ""


@dataclass(frozen=True)
class Cue:
    """A cue's place in the file: its text is [start, end); `position` stands before it; times are in seconds."""

    start: int
    end: int
    begins: float
    ends: float
    position: str = ""


@dataclass(frozen=True)
class Subtitles:
    """A file of subtitles: `groups` are the utterances that make up each block of `document`."""

    text: str
    cues: tuple[Cue, ...]
    groups: tuple[tuple[Utterance, ...], ...]
    document: Document


def read(text: str, name: str) -> Subtitles:
    """Subtitles taken apart. Raises InputError where there is no cue with words in it."""
    cues: list[Cue] = []
    utterances: list[Utterance] = []
    for number, (cue, own) in enumerate(_cues(text)):
        cues.append(cue)
        utterances += [replace(one, cue=number) for one in own]
    groups = tuple(_grouped(cues, utterances))
    blocks = tuple(_block(group) for group in groups)
    if not blocks:
        raise InputError(f"{name} has no subtitles with words in them.")
    return Subtitles(text, tuple(cues), groups, Document(blocks, Kind.FRAGMENT))


def write(subtitles: Subtitles, blocks: Sequence[TranslatedBlock]) -> str:
    """The file with every cue in its place and time, its text translated. A sentence is shared out among its cues."""
    lines: dict[int, list[str]] = {}
    for group, block in zip(subtitles.groups, blocks, strict=True):
        for one, said in zip(group, _shared_out(group, block), strict=True):
            if said:
                lines.setdefault(one.cue, []).append(one.dash + said)
    pieces, at = [], 0
    ending = (_LINE_END.search(subtitles.text) or ["\n"])[0]
    spoken = {one.cue for group in subtitles.groups for one in group}
    for number, cue in enumerate(subtitles.cues):
        if number in spoken:
            pieces += [subtitles.text[at : cue.start], cue.position, _wrapped(lines.get(number, []), ending)]
            at = cue.end
    return "".join([*pieces, subtitles.text[at:]])


def _cues(text: str) -> Iterator[tuple[Cue, list[Utterance]]]:
    for timing in _TIMING.finditer(text):
        found = _CUE_TEXT.match(text, timing.end())
        end = found.end() if found else timing.end()
        raw = text[timing.end() : end]
        raw = raw.rstrip("\r\n")
        position = "".join(_POSITION.findall(raw))
        bare = _KARAOKE.sub("", _POSITION.sub("", raw))
        cue = Cue(
            timing.end(),
            timing.end() + len(raw),
            _seconds(timing.groups()[:4]),
            _seconds(timing.groups()[4:]),
            position,
        )
        yield cue, list(_utterances(bare))


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}")


def _utterances(raw: str) -> Iterator[Utterance]:
    """The speakers of a cue: a line that begins with a dash is another's."""
    spoken: list[str] = []
    for line in filter(None, map(str.strip, _LINE_END.split(raw))):
        if _DASH.match(line) or not spoken:
            spoken.append(line)
        else:
            spoken[-1] += " " + line
    for one in spoken:
        dash = _DASH.match(one)
        text, inlines = _tagged(one[dash.end() :] if dash else one)
        if any(map(str.isalnum, text)):
            yield Utterance(0, text, inlines, dash[0] if dash else "")


def _tagged(marked: str) -> tuple[str, tuple[Inline, ...]]:
    """The text without its tags, and the tags; one that is not closed ("<v Ada>") reaches to the end."""
    text, at = "", 0
    found: list[Inline | None] = []
    waiting: list[tuple[int, int, str, str]] = []  # place in found, start, tag, name

    def end(closing: str) -> None:
        place, start, tag, _ = waiting.pop()
        found[place] = Inline(Span(start, len(text)), tag, closing, len(waiting)) if len(text) > start else None

    for match in _TAG.finditer(marked):
        text = _spaced(text, marked[at : match.start()])
        at = match.end()
        if not match[1]:
            found.append(None)
            waiting.append((len(found) - 1, len(text), match[0], match[2]))
        elif any(name == match[2] for *_, name in waiting):
            while waiting[-1][3] != match[2]:
                end("")
            end(match[0])
    text = _spaced(text, marked[at:]).rstrip()
    while waiting:
        end("")
    kept = [replace(one, span=Span(one.span.start, min(one.span.end, len(text)))) for one in found if one is not None]
    return text, _nested([one for one in kept if len(one.span)])


def _spaced(text: str, more: str) -> str:
    """The text with more of it, runs of white space made one."""
    more = re.sub(r"\s+", " ", more)
    return text + (more.lstrip() if not text or text.endswith(" ") else more)


def _nested(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """The inlines with the depth that each has among those that are left."""
    done: list[Inline] = []
    for inline in inlines:
        depth = sum(outer.span.contains(inline.span) for outer in done)
        done.append(replace(inline, depth=depth))
    return tuple(done)


def _grouped(cues: Sequence[Cue], utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, ...]]:
    """Utterances that belong together: until a sentence ends, a speaker changes or there is a pause."""
    group: list[Utterance] = []
    for one in utterances:
        if group and _begins_anew(cues, group, one):
            yield tuple(group)
            group = []
        group.append(one)
    if group:
        yield tuple(group)


def _begins_anew(cues: Sequence[Cue], group: Sequence[Utterance], one: Utterance) -> bool:
    last = group[-1]
    named = any(inline.open.startswith("<v") for inline in one.inlines)
    pause = cues[one.cue].begins - cues[last.cue].ends
    return (
        bool(_ENDS_SENTENCE.search(last.text))
        or bool(one.dash)
        or named
        or last.cue == one.cue
        or pause > _PAUSE
        or len(group) >= _MOST_CUES
    )


def _block(group: Sequence[Utterance]) -> Block:
    text, inlines = "", []
    for one in group:
        text += " " if text else ""
        inlines += [replace(inline, span=inline.span.shift(len(text))) for inline in one.inlines]
        text += one.text
    return Block(text, tuple(inlines))


def _shared_out(group: Sequence[Utterance], block: TranslatedBlock) -> list[str]:
    """What of the translated block each utterance gets, with its tags."""
    places, at = [], 0
    for one in group:
        places.append(Span(at, at + len(one.text)))
        at = places[-1].end + 1
    parts: list[list[Span]] = [[] for _ in group]
    text = block.target.text
    for sentence in block.sentences:
        own = [i for i, place in enumerate(places) if place.overlaps(sentence.source.span)]
        weights = [_common(places[i], sentence.source.span) for i in own]
        for i, span in zip(own, _cut(text, sentence.span, weights), strict=True):
            parts[i].append(span)
    return [
        " ".join(_marked(text, span, block.target.inlines) for span in spans if len(span)).strip() for spans in parts
    ]


def _common(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _cut(text: str, span: Span, weights: Sequence[int]) -> list[Span]:
    """The span in as many parts as there are weights, about as long as they say, cut between words."""
    gaps = [span.start + match.start() for match in re.finditer(r"\s+", span.of(text))]
    cuts, total = [span.start], sum(weights)
    for number in range(1, len(weights)):
        wanted = span.start + len(span) * sum(weights[:number]) / total
        # Every part that comes yet gets a word where there are words enough.
        left = len(weights) - number
        free = [gap for gap in gaps if gap > cuts[-1]]
        free = free[: len(free) - left + 1] or free[:1]
        cuts.append(min(free, key=lambda gap: abs(gap - wanted)) if free else span.end)
    cuts.append(span.end)
    return [_trimmed(text, Span(start, max(start, end))) for start, end in pairwise(cuts)]


def _trimmed(text: str, span: Span) -> Span:
    found = span.of(text)
    start = span.start + len(found) - len(found.lstrip())
    return Span(start, max(start, span.end - (len(found) - len(found.rstrip()))))


def _marked(text: str, span: Span, inlines: Sequence[Inline]) -> str:
    """A part of the text with the tags that lie over it, each closed within it."""
    events: list[tuple[int, int, int, str]] = []
    for number, inline in enumerate(inlines):
        if inline.span.overlaps(span):
            start, end = max(inline.span.start, span.start), min(inline.span.end, span.end)
            events.append((start, 1, number, inline.open))
            events.append((end, 0, -number, inline.close))
    done, at = "", span.start
    for place, _, _, tag in sorted(events):
        done += text[at:place] + tag
        at = place
    return done + text[at : span.end]


def _wrapped(lines: Sequence[str], ending: str) -> str:
    """Each speaker's words, in two lines of about the same length where they are too long for one."""
    done = []
    for line in lines:
        visible = _TAG.sub("", line)
        gaps = [match.start() for match in re.finditer(r" (?![^<]*>)", line)]
        if len(visible) > _LINE and gaps and len(lines) == 1:
            middle = min(gaps, key=lambda gap: abs(gap - len(line) / 2))
            done += [line[:middle], line[middle + 1 :]]
        else:
            done.append(line)
    return ending.join(done)
