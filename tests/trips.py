"""Round trips by scripted engines and a comparison, for tests of what shows them."""

from collections.abc import Callable
from dataclasses import replace

from scripted import ScriptedEngine

from translate import extract, quality
from translate.document import Issue, Kind, Severity, Span
from translate.roundtrip.compare import Entry, WaysBack, compare
from translate.roundtrip.material import Material
from translate.roundtrip.score import How, Travelled, round_trip
from translate.roundtrip.types import Comparison, Leg, RoundTrip, TripIssue
from translate.translator import Pipeline

ARTICLE = (
    'The mayor <a href="https://example.org/x?a=1&amp;b=2" target="_blank">left early</a>. '
    "<i>The Courier</i> saw 17 boats."
)


SOURCES = ("The boat left at 9.", "The <b>mayor</b> stayed.", "Nobody came.")
ARABIC = ("غادر القارب في الساعة 9.", "بقي <b>رئيس البلدية</b>.", "لم يأت أحد.")
WORSE = ("غادر القارب في الساعة 7.", "بقي <i>الرئيس</i>.", "جاء أحد.")
BACKS = {"good": SOURCES, "bad": ("A boat left at 7.", "He stayed.", "Somebody came.")}


def trip(
    *sources: str,
    kind: Kind = Kind.FRAGMENT,
    spoil: Callable[[str], str] = lambda text: text,
    spoil_back: Callable[[str], str] = lambda text: text,
) -> RoundTrip:
    """English articles there and back; `spoil` and `spoil_back` change what the engines give."""
    there = Pipeline(ScriptedEngine(spoil=spoil), "en", "ar")
    again = Pipeline(ScriptedEngine("en", spoil=spoil_back), "ar", "en")
    travelled = []
    for number, source in enumerate(sources):
        forward = there.translate(extract.document(source, kind))
        travelled.append(Travelled(f"article{number}", forward, again.back(forward)))
    how = How(quality.settings(), similarity=False, resamples=40)
    return round_trip(travelled, how, back_choice="Scripted goes back.", same_family=True, seconds=3.2)


def issue(
    code: str,
    leg: Leg = Leg.FORWARD,
    severity: Severity = Severity.ERROR,
    *,
    source: tuple[int, int] | None = None,
    target: tuple[int, int] | None = None,
) -> TripIssue:
    """An issue whose messages name its code."""
    spans = [Span(*span) if span else None for span in (source, target)]
    return TripIssue(Issue(code, severity, f"{code} is wrong", f"{code} خطأ", *spans), leg)


def with_issues(result: RoundTrip, found: dict[int, list[TripIssue]]) -> RoundTrip:
    """The same round trip, in which the sentences of these numbers have these issues, and no other has any."""
    documents = tuple(
        replace(
            document, trips=tuple(replace(trip, issues=tuple(found.get(trip.number, ()))) for trip in document.trips)
        )
        for document in result.documents
    )
    return replace(result, documents=documents)


def spoilt() -> RoundTrip:
    """Three sentences; the number of the second changes on both ways, and the third has a warning and two notes."""
    result = trip(
        f"{ARTICLE} Nobody else came.",
        spoil=lambda text: text.replace("17", "19"),
        spoil_back=lambda text: text.replace("19", "21"),
    )
    there = issue("numbers.changed", source=(16, 18), target=(16, 18))
    again = issue("numbers.changed", Leg.BACK, source=(16, 18), target=(16, 18))
    warning = issue("negation.lost", severity=Severity.WARNING, source=(0, 6))
    note = issue("length.short", severity=Severity.NOTE)
    other = issue("names.missing", severity=Severity.NOTE)
    return with_issues(result, {2: [there, again], 3: [warning, note, other]})


def comparison(*, reference: bool = True, back: bool = True) -> Comparison:
    """Two scripted systems compared, one of which gets a number, a name and a negation wrong."""
    material = Material(("en", "ar"), SOURCES, ("news.txt",) * 3, ARABIC if reference else None)
    entries = [
        Entry(name, texts, backs={"good": BACKS[name], "bad": BACKS["bad"]} if back else {})
        for name, texts in (("good", ARABIC), ("bad", WORSE))
    ]
    ways = WaysBack(("good", "bad"), "good goes back, as asked.", frozenset({("good", "good")})) if back else WaysBack()
    how = How(quality.settings(), similarity=False, resamples=40)
    return compare(material, entries, ways, how, seconds=1.0)
