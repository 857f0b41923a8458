"""The kinds of words that the rule-made pairs are put together from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """A person's name in both scripts; `feminine` decides the Arabic verb."""

    en: str
    ar: str
    feminine: bool = False


@dataclass(frozen=True)
class Body:
    """Who acts or speaks in the news: an institution, an office, a source."""

    en: str
    ar: str
    feminine: bool = False


@dataclass(frozen=True)
class Place:
    """A country or a city; Arabic cities are feminine, countries mostly."""

    en: str
    ar: str
    feminine: bool


@dataclass(frozen=True)
class Action:
    """A verb with its object: English past and base, Arabic past and present, each of a masculine and feminine subject.

    The English past must be the participle too, and the Arabic verb no hollow one, whose jussive is shorter inside.
    """

    en: str
    en_base: str
    past_m: str
    past_f: str
    present_m: str
    present_f: str
    en_object: str
    object: str

    def past(self, feminine: bool) -> str:
        return self.past_f if feminine else self.past_m

    def present(self, feminine: bool) -> str:
        return self.present_f if feminine else self.present_m

    def jussive(self, feminine: bool) -> str:
        """The form after "lam" (did not): a verb that ends in a long vowel loses it."""
        present = self.present(feminine)
        return present[:-1] if present.endswith(("و", "ي")) else present
