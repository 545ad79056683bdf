"""Companies that only the words beside them give away: "tech giant Moxu", "Moxu, a Shenzhen-based startup"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from pipeline.resources import words
from pipeline.stages.organisations.candidates import Candidate
from pipeline.stages.organisations.lexicon import levels, names
from pipeline.stages.people.normalise import chinese_name, mixed_name
from pipeline.stages.people.patterns import DOERS

_NAME = re.compile(r"[NGWA](?:-*&?[NWAG]){0,4}")
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ"})
#: Letters behind a name that make it part of something else: "CEO of Chinese EV *startup* …", "head of Bosch *Tower*".
_LEADS_ON = frozenset("qETHRSYpvwn")
#: How far an apposition may run before it says "company".
_REACH = 9


def find_companies(doc: Doc, shape: str) -> Iterator[Candidate]:
    """Propose names that stand right behind, or in apposition before, a word for a company."""
    for index, token in enumerate(doc):
        if token.lower_ in names("employer_titles") and (employer := _employer(doc, shape, index)):
            yield Candidate(*employer, "company", "employer-in-title", 0.75)
        dealer = token.text in names("dealers") or _is_pair(doc, index)
        dealer = dealer or _is_doer_of_company(doc, shape, index)
        described = (dealer or token.text in names("descriptors")) and token.pos_ in _NOUNS
        if token.text not in names("makers") and not described:
            continue
        name = _NAME.match(shape, index + 1)
        if name and "N" in name.group() and not shape.startswith(("E", "T", "H", "Y"), name.end()):
            if token.text in names("makers") or not (
                _is_person(doc, *name.span()) or (dealer and _may_be_person(doc, *name.span()))
            ):
                yield Candidate(*name.span(), "company", "behind-company-word", 0.86)
        elif (before := _apposed(doc, shape, index)) and not (dealer and _may_be_person(doc, *before)):
            yield Candidate(*before, "company", "apposed-to-company-word", 0.82)
        elif owned := _owned(doc, shape, index):
            yield Candidate(*owned, "company", "owned-company", 0.8)


def _employer(doc: Doc, shape: str, index: int) -> tuple[int, int] | None:
    """The name in "CEO of NAME", "analyst at NAME" or "NAME president Li Hua", not in "director for Greater China"."""
    if _leads_place(doc, index):
        return None
    if index + 1 < len(doc) and doc[index + 1].lower_ in ("of", "at", "with", "for"):
        match = _NAME.match(shape, index + 2)
        span = match.span() if match and "N" in match.group() else None
        if span is None or shape[span[1] : span[1] + 1] in _LEADS_ON or doc[span[1] - 1].text in names("not_names"):
            return None
        if _is_office_and_person(doc, shape, *span):
            return None
        market = "G" in shape[slice(*span)] and (doc[index + 1].lower_ == "for" or doc[span[0]].text == "Greater")
        return None if market or _is_person(doc, *span) else span
    start = index
    while start > 0 and shape[start - 1] in "NGW-&" and not doc[start].is_sent_start:
        start -= 1
    if owner := _owner(doc, shape, index):
        return owner
    named = shape[start:index]
    led = index + 1 < len(doc) and doc[index + 1].ent_type_ == "PERSON" and doc[index].is_lower
    return (start, index) if led and "N" in named and not _is_person(doc, start, index) else None


def _leads_place(doc: Doc, index: int) -> bool:
    """Whether a title is held in a place: "**Party** chief of Luping", "**village** head of Luping"."""
    before = doc[index - 1].lower_ if index else ""
    return doc[index].lower_ in ("chief", "head", "secretary") and (before == "party" or before in levels())


def _owner(doc: Doc, shape: str, index: int) -> tuple[int, int] | None:
    """The name in "NAME's chief executive": what the model calls an organisation."""
    end = index - 1 if shape[index - 1 : index] == "q" else index - 2
    if end < 1 or shape[end] != "q" or shape[end - 1] != "N" or doc[end - 1].ent_type_ != "ORG":
        return None
    start = end - 1
    while start > 0 and shape[start - 1] in "NGW-&" and doc[start - 1].ent_type_ == "ORG":
        start -= 1
    return start, end


def _is_person(doc: Doc, start: int, end: int) -> bool:
    """Two words that the model takes for a person, as in "the company's chairman, entrepreneur Li Hua".

    It takes "builder **Haoyuan Estate**" for one too, whose last word says that it is a company.
    """
    if doc[end - 1].lower_ in names("company_words"):
        return False
    return end - start == 2 and all(token.ent_type_ == "PERSON" for token in doc[start:end])


def _is_office_and_person(doc: Doc, shape: str, start: int, end: int) -> bool:
    """What a title is for with its holder behind it: "Director of **Culture Zhou Wei**"."""
    holder = start
    while holder < end and shape[holder] == "W":
        holder += 1
    return start < holder and chinese_name(tuple(doc[holder:end].text.split())) is not None


def _owned(doc: Doc, shape: str, index: int) -> tuple[int, int] | None:
    """The name in "her start-up, NAME, has …", "Li's firm, NAME, …"."""
    first = index - 2 if index > 1 and doc[index - 1].text == "-" else index
    opened = first > 0 and (shape[first - 1] == "q" or doc[first - 1].tag_ == "PRP$")
    name = _NAME.match(shape, index + 2) if opened and doc[min(index + 1, len(doc) - 1)].text == "," else None
    if name is None or "N" not in name.group() or shape[name.end() : name.end() + 1] != ",":
        return None
    return None if _may_be_person(doc, *name.span()) and name.end() - name.start() > 1 else name.span()


def _is_doer_of_company(doc: Doc, shape: str, index: int) -> bool:
    """Whether any noun for a doer stands before a name that ends like a company's: "**roaster** Luoyu Coffee"."""
    token = doc[index]
    name = _NAME.match(shape, index + 1) if _is_doer(token) else None
    if name is None or name.end() - name.start() < 2:
        return False
    return doc[name.end() - 1].lower_ in names("company_words") and doc[name.start()].text not in words(
        "people/given_names"
    )


def _is_doer(token: Token) -> bool:
    return token.is_lower and token.tag_ in ("NN", "NNP") and token.text.endswith(DOERS)


def _is_pair(doc: Doc, index: int) -> bool:
    """Whether words together are said of a company, or of a person: "**asset manager** Lumen Capital"."""
    hyphened = (
        index > 1 and doc[index - 1].text == "-" and f"{doc[index - 2].text}-{doc[index].text}" in names("dealers")
    )
    return hyphened or (index > 0 and f"{doc[index - 1].text} {doc[index].text}" in names("dealers"))


def _may_be_person(doc: Doc, start: int, end: int) -> bool:
    """Words that read as a name whatever the model says: "**He Ping**, a broker", "broker **Emma Dahl**"."""
    parts = tuple(doc[start:end].text.split())
    shaped = chinese_name(parts) or mixed_name(parts)
    return len(parts) == 1 or shaped is not None or parts[0] in words("people/given_names")


def _apposed(doc: Doc, shape: str, index: int) -> tuple[int, int] | None:
    """The name in "NAME, a … company …": no other name, verb or comma between."""
    if index + 1 < len(doc) and doc[index + 1].pos_ in ("NOUN", "PROPN"):
        return None
    for i in range(index - 1, max(index - _REACH, 1), -1):
        if doc[i].lower_ in ("a", "an") and doc[i - 1].text == ",":
            body = doc[index].lower_ in words("people/employer_nouns") and not doc[index].lower_.endswith(DOERS)
            return _name_before(doc, shape, i - 1, body=body)
        if doc[i].pos_ in ("VERB", "AUX", "PUNCT") and doc[i].text != "-" and doc[i].tag_ not in ("VBN", "VBG"):
            return None
        if doc[i].lower_ in ("of", "at", "with", "for", "from"):
            return None
    return None


def _name_before(doc: Doc, shape: str, comma: int, *, body: bool) -> tuple[int, int] | None:
    """The name up to a comma; the model's person is none where a `body` explains it: "Santa Rita, a cooperative"."""
    start = comma
    while start > 0 and shape[start - 1] in "NWAG-&":
        start -= 1
    named = shape[start:comma]
    if (
        "N" not in named
        or (not body and _is_person(doc, start, comma))
        or (doc[start].is_sent_start and comma - start == 0)
    ):
        return None
    return (start, comma) if shape[start] in "NGWA" else None
