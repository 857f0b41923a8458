"""What HTML elements are to a translation: boundary, inline, left alone, or what may carry a language."""

from __future__ import annotations

from translate.document import Role

# https://html.spec.whatwg.org/multipage/syntax.html#void-elements, and the obsolete ones that parsers know as void.
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)

# Their content is not markup: it ends at their own end tag only. The first two may hold character references.
RAW_TEXT = frozenset("title textarea script style iframe noembed noframes noscript xmp".split())

# Elements in which `<![CDATA[` and `/>` mean what they mean in XML.
FOREIGN = frozenset(("svg", "math"))

# Passed through whole. Those in the first set may stand inside a sentence without ending it.
OPAQUE_INLINE = frozenset(
    "button input math meter noembed noscript picture progress script select style svg template textarea".split()
)
OPAQUE_BLOCK = frozenset(
    "applet audio canvas datalist embed frameset iframe listing map noframes object pre video xmp".split()
)
OPAQUE = OPAQUE_INLINE | OPAQUE_BLOCK

# Of the opaque, those that show no words of the page: they do not make their parent partly untranslated.
WORDLESS = frozenset(
    "applet audio canvas embed iframe input map math meter noembed noframes noscript object picture progress script "
    "style svg template video".split()
)

# Points that a reader sees: the letters on either side of one are not one word.
VISIBLE_POINTS = frozenset("button img input math meter picture progress select svg textarea".split())

# Start and end tags of these end a run of text.
BLOCK = OPAQUE_BLOCK | frozenset(
    "address article aside base blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frame h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol "
    "optgroup option p plaintext search section summary table tbody td tfoot th thead title tr ul".split()
)

# What a translated text's language and direction may be set on (never html, body or head: the rest is not translated).
CARRIES_LANGUAGE = frozenset(
    "address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol p section summary table td th title ul".split()
)

# Inline elements whose content is code or a name to be typed, not prose.
CODE = frozenset("code kbd samp tt var".split())

ROLES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary", "title"), Role.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), Role.ITEM),
    **dict.fromkeys(("td", "th"), Role.CELL),
}

# Block-level elements that leave their parent's role to what they hold (`<li><p>` is an item, `<td><div>` a cell).
ROLE_NEUTRAL = frozenset(("p", "div", "center", "address"))

# Start tag -> open elements that it closes when they stand on top
# (https://html.spec.whatwg.org/multipage/syntax.html#optional-tags).
_CLOSES_P = (
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul xmp"
)
IMPLIED_END: dict[str, frozenset[str]] = {
    **dict.fromkeys(_CLOSES_P.split(), frozenset(("p",))),
    "li": frozenset(("p", "li")),
    **dict.fromkeys(("dt", "dd"), frozenset(("p", "dt", "dd"))),
    **dict.fromkeys(("td", "th"), frozenset(("p", "td", "th"))),
    "tr": frozenset(("p", "td", "th", "tr", "caption", "colgroup")),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset("p td th tr thead tbody tfoot caption colgroup".split())),
    "option": frozenset(("option",)),
    "optgroup": frozenset(("option", "optgroup")),
    "body": frozenset(("head",)),
}

# An end tag does not reach across these to close what was opened outside them.
SCOPE = frozenset(("table", "td", "th", "caption", "template"))
TABLE_PARTS = frozenset("caption colgroup tbody td tfoot th thead tr".split())

# Every element of today's HTML and yesterday's: other names do not make a plain text HTML.
KNOWN = (
    VOID
    | RAW_TEXT
    | OPAQUE
    | BLOCK
    | CODE
    | frozenset(
        "a abbr acronym b bdi bdo big blink cite data del dfn em font i ins label mark marquee nobr output q rb rp rt "
        "rtc ruby s slot small span strike strong sub sup time u".split()
    )
)
