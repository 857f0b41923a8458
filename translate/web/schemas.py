"""What the API takes: every request's fields with their meaning, range and an example."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, WithJsonSchema, field_validator, model_validator
from pydantic.json_schema import SkipJsonSchema

from translate.alternatives import MOST
from translate.summarize.summary import Budget, Form
from translate.terminology import Term

_WORDS_MOST = 10_000
_TERMS_MOST = 1_000
_SAYS_SOMETHING = {"type": "string", "minLength": 1}
_SURROGATE = re.compile("[\ud800-\udfff]")

Language = Annotated[
    str,
    Field(
        min_length=2,
        max_length=40,
        description="A language: BCP-47 or ISO 639-3 code, or its name in English or Arabic.",
        examples=["ar"],
    ),
]
Source = Annotated[
    str,
    Field(
        min_length=2,
        max_length=40,
        description='The language of the text, as in `target`; "auto" finds it out.',
        examples=["en"],
    ),
]
ModelName = Annotated[
    str | None,
    Field(
        max_length=200,
        description="The name of a model, as `/v1/models` lists it with `here` true; null for the server's own choice.",
    ),
]
TextFormat = Annotated[
    Literal["auto", "text", "html", "markdown"],
    Field(description='What the text is; "auto" tells text from HTML by its content, and nothing else.'),
]
Text = Annotated[
    str,
    Field(
        description="The text: an article as plain text, as an HTML fragment or page, or as Markdown.",
        examples=['<p>The minister <a href="/m">spoke</a> on Monday.</p>'],
    ),
]


class Sent(BaseModel):
    """What somebody sent: all its texts are ones that can be written down again."""

    model_config = ConfigDict(frozen=True)

    @field_validator("*", mode="after")
    @classmethod
    def _is_unicode(cls, value: Any) -> Any:
        for text in value if isinstance(value, tuple) else (value,):
            # JSON can spell half a character (a lone surrogate), which no encoding has.
            if isinstance(text, str) and not text.isascii() and _SURROGATE.search(text):
                raise ValueError("there is half a character in it (a lone surrogate)")
        return value


class Strict(Sent):
    """A request, or a part of one, in which no field goes unread."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GlossaryTerm(Strict):
    """A term that the translation must use; where it does not, an issue says so."""

    source: Annotated[str, Field(min_length=1, max_length=500, examples=["Security Council"])]
    target: Annotated[str, Field(max_length=500, examples=["مجلس الأمن"], description="Empty only with `keep`.")] = ""
    forms: Annotated[tuple[str, ...], Field(max_length=50, description="Other wordings that are right, too.")] = ()
    forbidden: Annotated[tuple[str, ...], Field(max_length=50, description="Wordings that are wrong.")] = ()
    keep: Annotated[StrictBool, Field(description="The term stays as it is in the source.")] = False

    @model_validator(mode="after")
    def _makes_sense(self) -> GlossaryTerm:
        self.term()
        return self

    def term(self) -> Term:
        """The term as the checks know it."""
        return Term(self.source, self.target, self.forms, self.forbidden, self.keep)


Glossary = Annotated[
    tuple[GlossaryTerm, ...],
    Field(
        max_length=_TERMS_MOST, description="Terms to check the translation against; of two for one source, the first."
    ),
]


class TranslateRequest(Strict):
    """What to translate, and how."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": ["text"]}, {"required": ["texts"]}],
            "examples": [
                {"text": "At least 12 people were killed in Syria on Monday, the UN said.", "target": "ar"},
                {"texts": ["Akram lives in Aleppo.", "<b>Hello</b>"], "source": "en", "target": "ar", "format": "html"},
            ],
        }
    )

    text: Annotated[Text | SkipJsonSchema[None], Field(description="One text. Give this or `texts`.")] = None
    texts: Annotated[
        Annotated[tuple[str, ...], Field(min_length=1)] | SkipJsonSchema[None],
        Field(description="Several texts, translated together; or `text`."),
    ] = None
    source: Source = "auto"
    target: Language
    format: TextFormat = "auto"
    model: ModelName = None
    strict: Annotated[
        StrictBool, Field(description="Leave a sentence in its own language where its translation has an error.")
    ] = False
    qa: Annotated[
        StrictBool, Field(description="Check every sentence; without it only what the engine saw is told.")
    ] = True
    glossary: Glossary = ()
    stream: Annotated[
        StrictBool,
        Field(
            description="Answer with one JSON object a line (or server-sent events, where Accept asks for "
            "text/event-stream) as the sentences are made. For `text` only."
        ),
    ] = False

    @model_validator(mode="after")
    def _one_or_several(self) -> TranslateRequest:
        if (self.text is None) == (self.texts is None):
            raise ValueError("give either text or texts")
        if self.stream and self.text is None:
            raise ValueError("stream goes with text, not with texts")
        if self.glossary and not self.qa:
            raise ValueError("a glossary is checked, so it needs qa")
        return self

    @property
    def all_texts(self) -> tuple[str, ...]:
        """The texts, be they one or several."""
        return self.texts if self.texts is not None else (self.text or "",)


class RoundTripRequest(Strict):
    """What to translate there and back."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "Akram lives in Aleppo. He is 12 years old.", "target": "ar"}]}
    )

    text: Annotated[Text, Field(min_length=1)]
    source: Source = "auto"
    target: Annotated[Language, Field(description="The language to go to, and to come back from.")]
    format: TextFormat = "auto"
    model: ModelName = None
    back_model: Annotated[
        ModelName, Field(description="The model for the way back; null: of another family, if any.")
    ] = None
    similarity: Annotated[StrictBool, Field(description="Compare the meaning of sentences, too; takes longer.")] = False
    report: Annotated[StrictBool, Field(description="Answer with the report as an HTML page in `report`, too.")] = False


class SummarizeRequest(Strict):
    """What to summarise, in which languages and how short."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "The council met on Monday. It voted for the plan, the mayor said.",
                    "to": ["en"],
                    "form": "bullets",
                    "sentences": 1,
                }
            ]
        }
    )

    text: Annotated[Text, Field(min_length=1)]
    source: Source = "auto"
    to: Annotated[
        tuple[Language, ...], Field(max_length=4, description="The languages to summarise in; none: the article's own.")
    ] = ()
    format: TextFormat = "auto"
    model: ModelName = None
    form: Annotated[Form, Field(description="What the summary looks like.")] = Form.PARAGRAPH
    sentences: Annotated[int | None, Field(ge=1, le=1_000, description="At most so many.")] = None
    words: Annotated[int | None, Field(ge=1, le=_WORDS_MOST, description="At most so many.")] = None
    characters: Annotated[int | None, Field(ge=1, le=10 * _WORDS_MOST, description="At most so many.")] = None
    report: Annotated[StrictBool, Field(description="Answer with article and summaries as an HTML page, too.")] = False

    @property
    def budget(self) -> Budget | None:
        """The limits that are given; None for the form's own."""
        if self.sentences is None and self.words is None and self.characters is None:
            return None
        return Budget(self.sentences, self.words, self.characters)


class CheckPair(Strict):
    """A sentence and its translation, human or machine."""

    source: Annotated[str, Field(examples=["At least 12 people were killed."])]
    target: Annotated[str, Field(examples=["قُتل 21 شخصًا على الأقل."])]


class CheckRequest(Strict):
    """Translations to check, sentence by sentence."""

    pairs: Annotated[tuple[CheckPair, ...], Field(min_length=1, description="Sentences with their translations.")]
    source: Source = "auto"
    target: Language
    glossary: Glossary = ()
    similarity: Annotated[StrictBool, Field(description="Compare the meaning of both sides, too; takes longer.")] = (
        False
    )


class LibreTranslation(Sent):
    """What a client of LibreTranslate sends to /translate; fields that are not here are not read."""

    q: Annotated[
        str | tuple[str, ...],
        Field(description="The text, or several of them.", examples=["Akram lives in Aleppo."]),
        WithJsonSchema({"anyOf": [_SAYS_SOMETHING, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
    ]
    source: Annotated[str, Field(description='A language\'s code, or "auto".', examples=["en"])]
    target: Annotated[str, Field(description="A language's code.", examples=["ar"])]
    format: Annotated[Literal["text", "html"], Field(description="What the text is.")] = "text"
    alternatives: Annotated[
        int, Field(ge=0, le=MOST, description="So many other translations of each text, if there are so many.")
    ] = 0
    api_key: Annotated[str, Field(description="The server's password, if it has one.")] = ""

    @field_validator("q", mode="before")
    @classmethod
    def _says_something(cls, value: Any) -> Any:
        several = isinstance(value, (list, tuple)) and value and all(isinstance(one, str) for one in value)
        if not several and not (isinstance(value, str) and value):
            raise ValueError("give a text, or a list of texts")
        return value

    @field_validator("format", mode="before")
    @classmethod
    def _unsaid(cls, value: Any) -> Any:
        return value or "text"

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts, be they one or several."""
        return (self.q,) if isinstance(self.q, str) else self.q


class LibreDetection(Sent):
    """What a client of LibreTranslate sends to /detect."""

    q: Annotated[str, Field(min_length=1, description="The text.", examples=["Akram lives in Aleppo."])]
    api_key: Annotated[str, Field(description="The server's password, if it has one.")] = ""


class LibreFile(Sent):
    """What a client of LibreTranslate sends to /translate_file, beside the file."""

    source: Annotated[str, Field(description='A language\'s code, or "auto".', examples=["en"])]
    target: Annotated[str, Field(description="A language's code.", examples=["ar"])]
    api_key: Annotated[str, Field(description="The server's password, if it has one.")] = ""
