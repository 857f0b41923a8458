"""Brings headlines in capitals into sentence case before translation, as models leave them untranslated, and back."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from translate.document import Span

# A text with at least this share of capitals among its cased letters is a headline in capitals ("McDONALD'S").
_MOSTLY = 0.9
# In a headline of which more words than this begin with a capital, capitals say nothing of names.
_TITLE_CASE = 0.6

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_ROMAN = re.compile(r"(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})")
_NAME_PREFIX = re.compile(r"(?:[ODL]['’]|Mc|Mac)(?=[^\W\d_]{3})")
# "Al-Shara", but "pro-government"
_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "at", "az", "bin", "ben", "abu", "ibn", "umm"})
_LAST_WORD = re.compile(r"\b([^\W\d_]+)-$")
_UNITS = frozenset({"am", "pm", "km", "m", "cm", "mm", "kg", "g", "bn", "mn", "tn", "th", "st", "nd", "rd", "s", "c"})
# What may stand before a sentence's first letter, and what ends the sentence before; "U.S." does not.
_BEFORE_FIRST = " \"'“‘«([-–—•"
_SENTENCE_END = re.compile(r"(?<!\b[^\W\d_])[.!?:…][\"'”’»)]*\s+$")
_VOWELS = frozenset("AEIOUY")

# Acronyms with vowels, which the spelling does not show; those without (HTS, SDF) are told by it.
_ACRONYMS = (
    "AFP AI AIDS AP AU BBC CEO CIA CNN COVID DNA EU FAO FBI FIFA HIV IAEA ICC ICJ ICRC ICU IDF IED ILO IMF IOM"
    " IRA IRGC ISI ISIL ISIS LNG MEP MEPS MP MPS NASA NATO NGO NGOS NHS OCHA OECD OHCHR OIC OPEC OPCW OSCE PKK"
    " PLO PM POW POWS RSF SANA SDF SOHR TV UAE UAV UAVS UEFA UK UN UNDP UNESCO UNFPA UNHCR UNICEF UNIFIL UNRWA"
    " UNSC US USA USAID VIP WFP WMD YPG"
)

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = "January February April June July August September October November December Ramadan Eid"
_PLACES = (
    "Afghanistan Africa Albania Aleppo Algeria Algiers Amman Ankara Arabia Argentina Armenia Asia Australia"
    " Austria Azerbaijan Baghdad Bahrain Bangladesh Basra Beijing Beirut Belgium Benghazi Berlin Bethlehem Bosnia"
    " Brazil Britain Brussels Bulgaria Cairo California Canada Casablanca Chile China Colombia Congo Croatia Cuba"
    " Cyprus Damascus Daraa Darfur Denmark Djibouti Doha Dubai Egypt England Ethiopia Europe Finland France Gaza"
    " Geneva Georgia Germany Ghana Golan Greece Hague Haifa Haiti Hama Hebron Homs Hungary Idlib India Indonesia"
    " Iran Iraq Ireland Israel Istanbul Italy Jakarta Jamaica Japan Jeddah Jenin Jerusalem Jordan Kabul Kashmir"
    " Kazakhstan Kenya Khartoum Kobane Korea Kosovo Kuwait Kyiv Latakia Latvia Lebanon Libya Lithuania London"
    " Madrid Malaysia Mali Manama Marrakesh Mauritania Mecca Medina Mexico Moldova Mongolia Morocco Moscow Mosul"
    " Muscat Myanmar Nablus Nepal Netherlands Niger Nigeria Norway Oman Pakistan Palestine Palmyra Paris"
    " Philippines Poland Portugal Qatar Rafah Ramallah Raqqa Riyadh Romania Rome Russia Rwanda Sanaa Scotland"
    " Senegal Serbia Sidon Sinai Singapore Slovakia Slovenia Somalia Spain Sudan Sweden Switzerland Syria Taiwan"
    " Tajikistan Tanzania Tehran Thailand Tripoli Tunis Tunisia Turkey Turkiye Uganda Ukraine Uzbekistan"
    " Venezuela Vienna Vietnam Wales Washington Yemen Zambia Zimbabwe"
)
_PEOPLES = (
    "Afghan African Alawite Alawites Albanian Algerian American Americans Arab Arabic Arabs Armenian Asian"
    " Australian Austrian Bahraini Bangladeshi Bedouin Belgian Brazilian Briton Britons British Bulgarian"
    " Canadian Catholic Chinese Christian Christians Colombian Coptic Croatian Cuban Cypriot Danish Druze Dutch"
    " Egyptian Egyptians Emirati English Ethiopian European Europeans Filipino French German Germans Greek Hamas"
    " Hezbollah Houthi Houthis Hungarian Indian Indonesian Iranian Iranians Iraqi Iraqis Irish Islam Islamic"
    " Islamist Islamists Israeli Israelis Italian Japanese Jew Jewish Jews Jordanian Jordanians Kenyan Korean"
    " Kurd Kurdish Kurds Kuwaiti Lebanese Libyan Libyans Malaysian Maronite Mexican Moroccan Moroccans Muslim"
    " Muslims Nigerian Norwegian Omani Ottoman Pakistani Palestinian Palestinians Persian Portuguese Qatari"
    " Romanian Russian Russians Saudi Saudis Scottish Serbian Shia Shiite Somali Spanish Sudanese Sunni Sunnis"
    " Swedish Swiss Syriac Syrian Syrians Taliban Thai Tunisian Tunisians Turk Turkish Turks Ukrainian Ukrainians"
    " Vietnamese Welsh Yazidi Yazidis Yemeni Yemenis"
)
# Names of words that alone are none.
_PHRASES = (
    "Al Assad|Al Qaeda|Al Jazeera|Arab League|Bab Al Mandab|Central African Republic|Czech Republic|Dead Sea"
    "|Deir Ezzor|Dominican Republic|East Jerusalem|European Union|Foreign Ministry|Free Syrian Army|Gaza Strip"
    "|Golan Heights|Gulf of Aden|Hayat Tahrir Al Sham|Holy See|Horn of Africa|Human Rights Watch"
    "|International Criminal Court|Islamic State|Ivory Coast|Mediterranean Sea|Middle East|New York|New Zealand"
    "|North Africa|North Korea|Persian Gulf|Ras Al Khaimah|Red Crescent|Red Cross|Red Sea|Saudi Arabia"
    "|Security Council|Sierra Leone|South Africa|South Korea|South Sudan|Sri Lanka|Strait of Hormuz|Suez Canal"
    "|United Arab Emirates|United Kingdom|United Nations|United States|West Bank|White House|World Bank|World Cup"
    "|World Health Organisation|World Health Organization|World War"
).split("|")
_FORMS: Mapping[str, str] = MappingProxyType(
    {form.lower(): form for form in " ".join((_DAYS, _MONTHS, _PLACES, _PEOPLES, _ACRONYMS)).split()}
    | {form.lower(): form for form in ("I", "Covid", "Aids", "MPs", "MEPs", "NGOs", "POWs", "UAVs")}
)
_PHRASE = re.compile(r"\b(?:" + "|".join(map(re.escape, _PHRASES)) + r")\b", re.IGNORECASE)
_PHRASE_FORMS: Mapping[str, str] = MappingProxyType({phrase.lower(): phrase for phrase in _PHRASES})
# A month or a verb: a number or a preposition beside it says which.
_DATED = re.compile(
    r"(?:(?<=\d )|(?<=\bin )|(?<=\bsince )|(?<=\buntil )|(?<=\blast )|(?<=\bnext )|(?<=\bearly )|(?<=\blate ))"
    r"(?:may|march)\b|\b(?:may|march)(?= \d)"
)


def recase(text: str, known: Mapping[str, str] | None = None, keep: Sequence[Span] = ()) -> str | None:
    """A headline in capitals in sentence case, of the same length, so that offsets into it stay valid; else None.

    None is for a text of less than two words, one without a word of four letters, and one of which less than 90% of
    the cased letters are capitals. `known` maps words in lower case to the form that they have elsewhere in the
    document, as `learn` finds it; it goes before the acronyms, days, months, countries and peoples that are listed
    here. What `keep` covers (addresses, protected markup) stays as it is, and so does a letter whose small form has
    another length.
    """
    words = list(_WORD.finditer(text))
    if len(words) < 2 or not _is_in_capitals(text):
        return None
    forms = {**_FORMS, **(known or {})}
    if not any(len(word[0]) >= 4 and _listed(word[0], forms) != word[0] for word in words):
        return None
    chars = list(text)
    for word in words:
        chars[word.start() : word.end()] = _recased(text, word, forms)
    lowered = "".join(chars)
    lowered = _PHRASE.sub(lambda phrase: _PHRASE_FORMS.get(phrase[0].lower(), phrase[0]), lowered)
    lowered = _kept(text, _DATED.sub(lambda month: month[0].capitalize(), lowered), keep)
    return lowered if lowered != text else None


def raise_case(text: str, keep: Sequence[Span] = ()) -> str:
    """`text` in capitals, of the same length, except what `keep` covers (addresses); no change in a caseless script.

    A letter whose capital has another length ("ß") stays as it is.
    """
    raised = "".join(upper if len(upper := char.upper()) == 1 else char for char in text)
    return _kept(text, raised, keep)


def learn(texts: Iterable[str]) -> dict[str, str]:
    """The form of words that are written with a capital within sentences, by their lower-case form.

    Names ("assad": "Assad") and acronyms ("hts": "HTS") count where they are not the first word of a sentence, a
    quotation or a clause after a colon, in texts that are not in capitals or title case themselves; a word is learnt
    where that form is the most frequent there.
    """
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        words = list(_WORD.finditer(text))
        capitalised = sum(word[0][0].isupper() for word in words)
        if len(words) > 1 and (_is_in_capitals(text) or capitalised > _TITLE_CASE * len(words)):
            continue
        for word in words:
            quoted = text[max(0, word.start() - 2) : word.start()].endswith(('"', "“", "«", "‘", " '"))
            if not quoted and not _begins_a_sentence(text, word.start()):
                bare = _without_genitive(word[0])
                seen[bare.lower()][bare] += 1
    learnt: dict[str, str] = {}
    for lower, counts in seen.items():
        form, _ = counts.most_common(1)[0]
        if form != lower and len(form) == len(lower):
            learnt[lower] = form
    return learnt


def _kept(text: str, recased: str, keep: Sequence[Span]) -> str:
    """`recased` with what `keep` covers as it is in `text`, which is as long."""
    chars = list(recased)
    for span in keep:
        chars[span.start : span.end] = text[span.start : span.end]
    return "".join(chars)


def _is_in_capitals(text: str) -> bool:
    capitals = sum(char.isupper() for char in text)
    small = sum(char.islower() for char in text)
    return capitals > 0 and capitals >= _MOSTLY * (capitals + small)


def _begins_a_sentence(text: str, at: int) -> bool:
    # A few characters tell; what has more marks in a row than that begins something in any case.
    before = text[max(0, at - 12) : at]
    unmarked = before.rstrip("\"'“‘«([")
    return not before.strip(_BEFORE_FIRST) or bool(_SENTENCE_END.search(unmarked))


def _without_genitive(word: str) -> str:
    return word[:-2] if word[-2:].lower() in ("'s", "’s") else word


def _recased(text: str, word: re.Match[str], forms: Mapping[str, str]) -> str:
    """One word of a headline in capitals, as long as it was."""
    own = word[0]
    before = text[max(0, word.start() - 1) : word.start()]
    after = text[word.end() : word.end() + 1]
    if before.isdigit():
        return _small(own) if own.lower() in _UNITS else own
    if after.isdigit() or (len(own) == 1 and "-" in (before, after)):
        return own
    bare = _without_genitive(own)
    rest = _small(own[len(bare) :])
    joined = _LAST_WORD.search(text[max(0, word.start() - 8) : word.start()])
    named = joined is not None and joined[1].lower() in _ARTICLES
    return _bare_recased(bare, forms, named or _begins_a_sentence(text, word.start())) + rest


def _listed(word: str, forms: Mapping[str, str]) -> str | None:
    form = forms.get(word.lower())
    return form if form is not None and len(form) == len(word) else None


def _bare_recased(word: str, forms: Mapping[str, str], first: bool) -> str:
    form = _listed(word, forms)
    if form is not None:
        return _capitalised(form) if first else form
    # No word of the language: HTS, BNP
    consonants = 1 < len(word) <= 5 and word.isascii() and not any(char in _VOWELS for char in word)
    if consonants or _DOTTED.fullmatch(word) or _ROMAN.fullmatch(word):
        return word
    prefix = _NAME_PREFIX.match(word)
    if prefix:
        return prefix[0] + _capitalised(_small(word[prefix.end() :]))
    small = _small(word)
    return _capitalised(small) if first else small


def _small(text: str) -> str:
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in text)


def _capitalised(text: str) -> str:
    upper = text[:1].upper()
    return upper + text[1:] if len(upper) == 1 else text
