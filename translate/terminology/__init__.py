"""The house's own words: the terms that a translation must, or must not, use."""

from translate.terminology.glossary import Glossary, read
from translate.terminology.term import Term

__all__ = ["Glossary", "Term", "read"]
