"""A document as a string of letters, one a token: what the patterns of this stage are matched against."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from pipeline.resources import words
from pipeline.stages.organisations.lexicon import is_place, letter, names

#: "Huawei Opens Research Center": capitals of a headline that the tagger knows for verbs.
_HEADLINE_VERBS = frozenset({"VBZ", "MD"})
PLACES = ("GPE", "LOC")
#: "Bayan Gol Mongol and Hui autonomous prefecture": so many words at most stand between a name and "autonomous".
_MOST_PEOPLES = 9
_BETWEEN_PEOPLES = frozenset({"and", ",", "-", "&", "ethnic"})
#: What the name of a division may have been taken for: "Inner Mongolia" has an opener's direction in other tables.
_NAME_LETTERS = frozenset("NGWA")

#: "Culture, Radio, Television and Tourism": the commas and the "and" inside a list of subjects.
_LIST = re.compile(r"(?<=W)(?:,(?=W(?:,W){0,5}aW)|,?a(?=W))")
#: "the Sewerage *and* Lighting Department": an "and" inside a name that an article or a place opens; behind a place
#: each side may have more words ("Suzhou Lakes *and* Urban Greening Bureau").
_JOINED = re.compile(r"(?:(?<=[tG][NW])a(?=[NW]H)|(?:(?<=G[NW])|(?<=GW[NW])|(?<=GNW))a(?=[NWO]{0,2}WH))")
#: The heads of public bodies whose names join two subjects so.
_JOINED_HEADS = frozenset({"department", "bureau", "commission", "administration", "office", "ministry", "authority"})
#: "the Ministry of Finance and Customs Administration": an "and" behind "of" that starts another body.
_OTHER_BODY = re.compile(r"[of]t?W{1,4}a(?=W{1,4}[HS])")


def read_shape(doc: Doc) -> str:
    """The letters of `doc` (see `lexicon.letter`), with what only the context tells.

    ``"Women's Federation of Zhejiang province" → "N-HoGp"``: a glued possessive, hyphen or list joint is "-" or "&",
    a place is "G", an adjective or a noun in lower case "n".
    """
    letters = [_letter(token) for token in doc]
    _glue_hyphens(doc, letters)
    _glue_possessives(doc, letters)
    _glue_numbers(doc, letters)
    _glue_divisions(doc, letters)
    shape = "".join(letters)
    return _glue_lists(_glue_subjects(doc, shape))


def _letter(token: Token) -> str:
    found = letter(token.text)
    if token.is_space:
        return "b"
    if found == "?":
        return "n" if token.pos_ in ("NOUN", "ADJ") else "x"
    if found == "N":
        if token.tag_ in _HEADLINE_VERBS and token.text.endswith(("s", "ll", "ay")):
            return "x"
        if token.is_sent_start and token.pos_ not in ("PROPN", "NOUN", "ADJ", "X"):
            return "x"
        return "G" if token.ent_type_ in PLACES or (token.ent_type_ != "PERSON" and is_place(token.text)) else "N"
    return found


def _glue_hyphens(doc: Doc, letters: list[str]) -> None:
    """Make "Cross-border" one name word, and break at "Shanghai-based"."""
    for i in range(1, len(letters) - 1):
        if letters[i] != "-" or doc[i - 1].whitespace_ or doc[i].whitespace_:
            continue
        if doc[i + 1].lower_ in names("based"):
            letters[i] = letters[i + 1] = "x"
            letters[i - 1] = "x"
        elif letters[i + 1].islower() and letters[i - 1].isupper():
            letters[i + 1] = "-"
    for i, found in enumerate(letters):
        spaced = doc[i].whitespace_ or (i and doc[i - 1].whitespace_)
        if doc[i].text == "-" and found == "-" and spaced:
            letters[i] = "x"


def _glue_possessives(doc: Doc, letters: list[str]) -> None:
    """Keep the possessive in "People's Bank", "people's government"."""
    for i in range(1, len(letters)):
        if letters[i] == "q" and doc[i - 1].lower_ in names("possessive_names"):
            letters[i] = "-"
            if letters[i - 1].islower():
                letters[i - 1] = "n"


def _glue_divisions(doc: Doc, letters: list[str]) -> None:
    """Make the whole name of a division one place: "Hong Kong *Special Administrative* Region" → "GGAAP".

    "Weining *Yi, Hui and Miao* autonomous county" → "GA-A-Avp".
    """
    for i in range(1, len(letters)):
        low = doc[i].lower_
        if low == "administrative" and doc[i - 1].lower_ == "special":
            first = i - 1
            letters[i - 1] = letters[i] = "A"
        elif low == "autonomous":
            first = _first_people(doc, i)
            for k in range(first, i):
                letters[k] = "A" if doc[k].text[0].isupper() else "-"
        else:
            continue
        if first and letters[first - 1] in _NAME_LETTERS:
            letters[first - 1] = "G"
            if first > 1 and letters[first - 2] == "N" and not doc[first - 2].is_sent_start:
                letters[first - 2] = "G"


def _first_people(doc: Doc, end: int) -> int:
    """The first token of the names of peoples that end before `end`: "*Tujia* and Miao autonomous prefecture"."""
    peoples, first = words("regions/ethnic_groups"), end
    for k in range(end - 1, max(end - _MOST_PEOPLES, 0) - 1, -1):
        if doc[k].text in peoples:
            first = k
        elif doc[k].lower_ not in _BETWEEN_PEOPLES:
            break
    return first


def _glue_numbers(doc: Doc, letters: list[str]) -> None:
    """Keep the number in "Yulin No. 1 Middle School" and in "3M"."""
    for i in range(len(letters) - 1):
        if doc[i].is_digit and not doc[i].whitespace_ and letters[i + 1] == "N":
            letters[i] = "N"
    for i in range(1, len(letters) - 2):
        if doc[i].text == "No" and doc[i + 1].text == "." and doc[i + 2].is_digit:
            letters[i : i + 3] = "---"
        elif doc[i].text in ("No", "No.") and doc[i + 1].is_digit:
            letters[i : i + 2] = "--"


def _glue_subjects(doc: Doc, shape: str) -> str:
    """Make one name of "the Sewerage and Lighting Department"."""
    joints = [m.start() for m in _JOINED.finditer(shape) if doc[shape.index("H", m.end())].lower_ in _JOINED_HEADS]
    for at in joints:
        shape = f"{shape[:at]}&{shape[at + 1 :]}"
    return shape


def _glue_lists(shape: str) -> str:
    closed = _OTHER_BODY.sub(lambda match: match.group()[:-1] + "x", shape)
    return _LIST.sub(lambda match: "&" * len(match.group()), closed)
