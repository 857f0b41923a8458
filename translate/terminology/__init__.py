"""The house's own words: the terms that a translation must, or must not, use."""

from translate.terminology.glossary import Glossary, read, terms
from translate.terminology.term import Entry, Term

__all__ = ["Entry", "Glossary", "Term", "read", "terms"]
