"""What is known of the words that a glossary's form is to take the place of, and why it sometimes must not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from translate.terminology.term import Term


class Refusal(Enum):
    """Why a term is not put in; the value tells an editor so, in English and Arabic."""

    UNALIGNED = ("it is not clear which words translate it", "لا يتبين أي الكلمات تترجمه")
    SCATTERED = ("the words that translate it stand apart", "الكلمات التي تترجمه متفرقة")
    SHARED = ("the words that translate it also translate others", "الكلمات التي تترجمه تترجم غيره أيضًا")
    LONGER_NAME = ("it seems to be part of a longer name", "يبدو أنه جزء من اسم أطول")
    PROTECTED = ("those words must stay as they are", "يجب أن تبقى تلك الكلمات كما هي")
    INFLECTED = ("the form that is needed here is not in the glossary", "الصيغة المطلوبة هنا ليست في المسرد")
    CLITIC = ("it is not clear what its first letter belongs to", "لا يتبين ما يعود إليه حرفه الأول")
    AGREEMENT = ("other words would have to agree with it", "يلزم تغيير كلمات أخرى لتطابقه")
    CONSTRUCT = ("the words around it do not allow it", "لا يسمح به ما حوله من كلمات")
    RECAST = ("it is translated as an adjective or a verb", "تُرجم صفةً أو فعلًا")


@dataclass(frozen=True)
class Slot:
    """The words to be replaced, in a sentence of the target language.

    `old` are those words in order; `before` and `after` the words or marks on either side ("" at an end of the
    sentence); `helpers` the source's function words (lower case) that they translate, too; `inflected` is True where
    the source has another form of the term than the glossary; `beside` where the word before translates a word right
    beside the term.
    """

    term: Term
    old: tuple[str, ...]
    before: str = ""
    after: str = ""
    helpers: frozenset[str] = frozenset()
    inflected: bool = False
    beside: bool = False


@dataclass(frozen=True)
class Fit:
    """What stands in the slot's place; with `takes_before` in that of the word before it, too."""

    text: str
    takes_before: bool = False
