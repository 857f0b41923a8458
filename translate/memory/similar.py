"""Finds remembered texts that are like another: an index of words chooses candidates, rapidfuzz compares them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress

from translate.errors import DragomanError
from translate.memory.database import Database
from translate.memory.entry import Pair

# Of a text's words the rarest lead to candidates: on 100,000 sentences with words as unevenly spread as a language's,
# six found every match of 75 or more that comparing all of them finds, and four did not.
_RAREST = 8
# Candidates beyond which no further word is looked up, once there are `_ENOUGH_WORDS`.
_ENOUGH = 2000
_ENOUGH_WORDS = 6
_COMMON = 500
_INDEXED_AT_ONCE = 20_000
_WORD = re.compile(r"[^\W_]+")
_PEOPLES = "(e.origin = 0 OR e.origin IN (SELECT id FROM origins WHERE details = ''))"


class Search:
    """Looks for similar sources in a memory.

    The index is one of words, filled with what people approved or read in when somebody looks for something. Where
    SQLite was built without FTS5, or the file cannot be written, every text of a fitting length is compared.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._common: dict[str, int] = {}

    def find(self, text: str, pair: Pair, cutoff: float, most: int, *, everything: bool) -> list[tuple[int, float]]:
        """The ids and scores, best first, as `Memory.similar` describes them."""
        from rapidfuzz import fuzz, process  # only who looks for similar texts needs it

        if not text.strip() or most < 1:
            return []
        indexed = not everything and self._indexed()
        with self._database.reading() as db:
            words = self._rarest(db, text) if indexed else None
            candidates = _candidates(db, text, pair, cutoff, words, everything=everything)
        found = process.extract(
            text, [source for _, source in candidates], scorer=fuzz.ratio, score_cutoff=cutoff, limit=most
        )
        return [(candidates[place][0], score) for _, score, place in found]

    def _indexed(self) -> bool:
        """Bring the index up to date; False where there is none."""
        with suppress(DragomanError):
            if not self._asks("SELECT 1 FROM sqlite_master WHERE name = 'words_of'"):
                with self._database.changing() as db:
                    _make(db)
            while self._asks(f"SELECT 1 FROM entries e WHERE e.id > ({_LAST}) AND {_PEOPLES} LIMIT 1"):
                with self._database.changing() as db:
                    _index_more(db)
            return True
        return False

    def _rarest(self, db: sqlite3.Connection, text: str) -> list[str]:
        """The words of a text that the fewest remembered texts have, at least one."""
        counted = sorted((self._count(db, word), word) for word in _words(text))
        chosen: list[str] = []
        total = 0
        for count, word in [one for one in counted if one[0]][:_RAREST]:
            if len(chosen) >= _ENOUGH_WORDS and total + count > _ENOUGH:
                break
            chosen.append(word)
            total += count
        return chosen

    def _count(self, db: sqlite3.Connection, word: str) -> int:
        """How many texts have a word. SQLite counts them one by one, so what is common is noted; it stays common."""
        if word in self._common:
            return self._common[word]
        row = db.execute("SELECT doc FROM words_of WHERE term = ?", (word,)).fetchone()
        count = 0 if row is None else int(row[0])
        if count >= _COMMON:
            self._common[word] = count
        return count

    def _asks(self, query: str) -> bool:
        with self._database.reading() as db:
            return db.execute(query).fetchone() is not None


# Ids of entries that are gone may stay in the index: none is used again.
_LAST = "SELECT coalesce(max(id), 0) FROM words_docsize"


def _make(db: sqlite3.Connection) -> None:
    """An index of words, folded, that holds no text. We find the words; its tokenizer only parts them at spaces."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(source, content='', detail=none, tokenize='ascii')")
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS words_of USING fts5vocab(words, row)")


def _index_more(db: sqlite3.Connection) -> None:
    query = f"SELECT e.id, e.source FROM entries e WHERE e.id > ({_LAST}) AND {_PEOPLES} ORDER BY e.id LIMIT ?"
    rows = db.execute(query, (_INDEXED_AT_ONCE,)).fetchall()
    db.executemany(
        "INSERT INTO words (rowid, source) VALUES (?, ?)",
        [(number, " ".join(_words(source))) for number, source in rows],
    )


def _words(text: str) -> Iterable[str]:
    return dict.fromkeys(_WORD.findall(text.casefold()))


def _candidates(
    db: sqlite3.Connection, text: str, pair: Pair, cutoff: float, words: Sequence[str] | None, *, everything: bool
) -> list[tuple[int, str]]:
    """Ids and sources of a length that can reach the cutoff; with `words`, those that have one of them."""
    # Of texts of m and n code points, no more than 2 min(m, n) / (m + n) can be the same.
    share = max(cutoff, 1.0) / 100
    shortest, longest = len(text) * share / (2 - share), len(text) * (2 - share) / share
    query = """SELECT e.id, e.source FROM entries e WHERE e.source_language = ? AND e.target_language = ?
        AND length(e.source) BETWEEN ? AND ?"""
    values: list[object] = [*pair, shortest, longest]
    if not everything:
        query += f" AND {_PEOPLES}"
    if words is not None:
        if not words:
            return []
        query += " AND e.id IN (SELECT rowid FROM words WHERE words MATCH ?)"
        values.append(" OR ".join(f'"{word}"' for word in words))
    return db.execute(query, values).fetchall()
