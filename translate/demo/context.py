"""What every tab of the page is given: the desk, the examples, and how work is watched, told of and stopped."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from markupsafe import Markup

from translate.demo import words
from translate.errors import Busy, DragomanError, Stopped
from translate.serving import Desk, Stop, Waiting

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Example:
    """An article that a reader can try with one click; `title` is in both languages, (English, Arabic)."""

    name: str
    title: tuple[str, str]
    text: str


@dataclass(frozen=True)
class Notice:
    """What there is to tell a reader beside or in place of a result: `html` is one sentence in both languages.

    Work goes on after "working" and "waiting"; "stopped", "busy" and "error" end it.
    """

    kind: Literal["working", "waiting", "stopped", "busy", "error"]
    html: Markup

    @property
    def ended(self) -> bool:
        """Whether nothing more comes."""
        return self.kind not in ("working", "waiting")

    def __html__(self) -> Markup:
        """The notice as an element, for `Markup` and templates. While it shows, its tab shows Stop."""
        working = Markup("") if self.ended else Markup(" data-working")
        role = "alert" if self.kind in ("busy", "error") else "status"
        return Markup('<p class="notice {}" role="{}"{}>{}</p>').format(self.kind, role, working, self.html)


class Sessions:
    """The work of each open page, by tab, so that it can be stopped. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stops: defaultdict[str, dict[str, Stop]] = defaultdict(dict)

    def begin(self, session: str, tab: str) -> Stop:
        """The Stop of new work; what the tab still had at work is stopped."""
        stop = Stop()
        with self._lock:
            earlier = self._stops[session].get(tab)
            self._stops[session][tab] = stop
        if earlier is not None:
            earlier.set()
        return stop

    def stop(self, session: str, tab: str) -> None:
        """Stop what the tab has at work."""
        with self._lock:
            stop = self._stops.get(session, {}).get(tab)
        if stop is not None:
            stop.set()

    def end(self, session: str, tab: str, stop: Stop) -> bool:
        """Forget work that has ended; False where newer work has taken its place already."""
        with self._lock:
            stops = self._stops.get(session, {})
            if stops.get(tab) is not stop:
                return False
            del stops[tab]
            if not stops:
                del self._stops[session]
        return True

    def leave(self, session: str) -> None:
        """Stop all that a page has at work: it was closed."""
        with self._lock:
            stops = self._stops.pop(session, {})
        for stop in stops.values():
            stop.set()

    def __len__(self) -> int:
        with self._lock:
            return len(self._stops)


@dataclass(frozen=True)
class PageContext:
    """What a tab's `build(page)` is given. The page's language is the browser's affair: see `words`."""

    desk: Desk
    examples: tuple[Example, ...] = ()
    sessions: Sessions = field(default_factory=Sessions)

    async def watch(self, session: str, tab: str, work: Callable[[], Iterable[T]]) -> AsyncGenerator[T | Notice, None]:
        """What `work` yields on a thread of the desk, with notices before, between and, where it fails, after.

        The first notice comes at once. Errors do not leave here: they become the last notice, those that are not ours
        with a word in the log only. Newer work of the same tab ends this without one. Closed early (the page was
        closed, say), it stops the work.
        """
        stop = self.sessions.begin(session, tab)
        try:
            yield Notice("working", words.say("working"))
            async with aclosing(self.desk.stream(work, stop=stop)) as stream:
                async for one in stream:
                    if isinstance(one, Waiting):
                        yield Notice("waiting", words.say("waiting", position=one.position))
                    else:
                        yield one
        except Stopped:
            if self.sessions.end(session, tab, stop):
                yield Notice("stopped", words.say("stopped"))
        except Busy as exc:
            yield Notice("busy", words.trouble(exc))
        except DragomanError as exc:
            yield Notice("error", words.trouble(exc))
        except Exception as exc:  # noqa: BLE001 (the reader is told, the log has the rest)
            _LOG.exception("the work of the tab %s failed", tab)
            yield Notice("error", words.trouble(exc))
        finally:
            stop.set()
            self.sessions.end(session, tab, stop)

    def leave(self, session: str) -> None:
        """A page was closed: its work stops, and what was made for it is forgotten."""
        self.sessions.leave(session)
        self.desk.shelf.drop(session)
