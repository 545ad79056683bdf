"""Airports, stations and customs that an article treats as bodies: somebody works there, or they do something."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.gazetteer import gazetteer
from pipeline.schema import OrganisationKind
from pipeline.stages.organisations.candidates import Candidate
from pipeline.stages.organisations.lexicon import names
from pipeline.stages.organisations.patterns import CUSTOMS, SITE
from pipeline.stages.people.patterns import role_heads

_AT = frozenset({"of", "at", "with", "from", "for"})


def find_sites(doc: Doc, shape: str) -> Iterator[Candidate]:
    """Propose the sites that the text names somebody's employer, wherever they stand, and the customs of a place.

    "Lin Bo, general manager of **Haikou Meilan International Airport**"; without anybody who works there an airport is
    a building. "**Erenhot Port customs** cleared 900 trains", not "Erenhot customs officers".
    """
    found = [span for span in _sites(doc, shape) if _employs(doc, span[0])]
    staffed = {doc[start:end].text.lower() for start, end in found}
    for start, end in _sites(doc, shape) if staffed else ():
        if doc[start:end].text.lower() in staffed:
            yield Candidate(start, end, _kind(doc, start, end), "site-with-staff", 0.85)
    for match in CUSTOMS.finditer(shape):
        if doc[match.end() - 1].text == "customs" and _is_of_place(doc, *match.span()) and _acts(doc, match.end()):
            yield Candidate(*match.span(), "government", "customs-of-place", 0.85)


def _sites(doc: Doc, shape: str) -> Iterator[tuple[int, int]]:
    for match in SITE.finditer(shape):
        if doc[match.end() - 1].lower_ in names("staffed_sites"):
            yield match.span()


def _employs(doc: Doc, start: int) -> bool:
    """Whether a title or a person and "of", "at", "with" stand before: "manager **at**", "Lin Bo **with the**"."""
    i = start - 1 - (start > 0 and doc[start - 1].lower_ == "the")
    if i < 1 or doc[i].lower_ not in _AT:
        return False
    before = doc[i - 1]
    titled = before.lower_ in names("titles") | names("employer_titles") or before.lower_ in role_heads()
    return titled or (doc[i].lower_ in ("of", "at", "with") and before.ent_type_ == "PERSON")


def _kind(doc: Doc, start: int, end: int) -> OrganisationKind:
    public = {token.lower_ for token in doc[start:end]} & names("public_sites")
    return "government" if public else "company"


def _is_of_place(doc: Doc, start: int, end: int) -> bool:
    """Whether the words before "customs" are a place in the country, or one with "Port" behind it."""
    name = doc[start : end - 1]
    if name[-1].text == "Port":
        return len(name) > 1
    return any(place.country == "CN" and place.kind != "country" for place in gazetteer().lookup(name.text))


def _acts(doc: Doc, end: int) -> bool:
    """Whether "customs" is no attribute of a noun behind it."""
    return end >= len(doc) or not (doc[end].pos_ in ("NOUN", "PROPN", "ADJ") or doc[end].text == "-")
