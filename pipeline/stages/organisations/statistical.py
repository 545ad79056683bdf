"""What the statistical model calls an organisation and no rule knows: kept only where the text bears it out."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline.schema import OrganisationKind
from pipeline.stages.organisations.candidates import Candidate
from pipeline.stages.organisations.known import by_first_word
from pipeline.stages.organisations.lexicon import names

#: Words before a name after which it is somebody's employer or source.
_EMPLOYS = frozenset({"at", "of", "from", "by", "with"})
_SOURCES = frozenset({"data", "figures", "statistics", "survey", "report", "according"})
_SPEAKS = frozenset(
    {"said", "says", "announced", "told", "reported", "added", "signed", "launched", "plans", "invested"}
)
#: So many words stand before "farm" in "Bailing offshore wind farm", and in an apposition before what a place is.
_FACILITY_REACH, _APPOSITION = 4, 4
_LIES = frozenset({"in", "of", "on", "near", "under", "outside", "at", "within"})


def find_statistical(doc: Doc, shape: str) -> Iterator[Candidate]:
    """Propose the model's ORG entities that look like the name of a company."""
    for entity in doc.ents:
        if entity.label_ != "ORG":
            continue
        start, end = _trim(shape, entity.start, entity.end)
        if start < end and _is_name(doc, shape, start, end):
            kind: OrganisationKind = "company"
            yield Candidate(start, end, kind, "statistical", 0.7 if end - start > 1 else 0.6)


def _trim(shape: str, start: int, end: int) -> tuple[int, int]:
    """Drop an article, brackets and a possessive at the ends."""
    while start < end and shape[start] in "t(q,xb-&":
        start += 1
    while start < end and shape[end - 1] in "q),xb(-&":
        end -= 1
    return start, end


def _is_name(doc: Doc, shape: str, start: int, end: int) -> bool:
    named = shape[start:end]
    span = doc[start:end]
    if set(named) - set("NWAG-&") or "N" not in named or shape[end : end + 1] in ("E", "T", "p"):
        return False
    if start and doc[start - 1].lower_ in names("works"):
        return False
    if _names_facility(doc, end) or _is_apposed_place(doc, shape, end):
        return False
    if span.text in names("not_names") or any(token.like_num for token in span):
        return False
    company_word = end - start > 1 and doc[end - 1].lower_ in names("company_words")
    return company_word or _extends_known(span) or _borne_out(doc, span)


def _names_facility(doc: Doc, end: int) -> bool:
    """Whether words in lower case behind a name make a site of it: "Bailing *wind farm*", "Heidai *open-pit mine*"."""
    last = end
    while last < min(end + _FACILITY_REACH, len(doc)) and (doc[last].is_lower or doc[last].text == "-"):
        last += 1
        words = [token.lower_ for token in doc[end:last]]
        if words[-1] in names("facilities") or " ".join(words[-2:]) in names("facilities"):
            return True
        if doc[last - 1].pos_ not in ("NOUN", "ADJ", "PROPN", "PUNCT"):
            break
    return False


def _is_apposed_place(doc: Doc, shape: str, end: int) -> bool:
    """Whether an apposition calls a name a place's: "Meiba, *a small town in* the province", not "… a town bank"."""
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in ("a", "an", "the"):
        return False
    for i in range(end + 2, min(end + 2 + _APPOSITION, len(doc) - 1)):
        if shape[i] == "p":
            return doc[i + 1].lower_ in _LIES
        if doc[i].pos_ not in ("ADJ", "NOUN", "PUNCT", "ADV") or doc[i].text == ",":
            return False
    return False


def _extends_known(span: Span) -> bool:
    """Whether a name goes on from a known company: "Alibaba Cloud", "Deloitte China"."""
    forms = by_first_word().get(span[0].text, ())
    return any(form.words == (span[0].text,) and form.kind == "company" for form in forms)


def _borne_out(doc: Doc, span: Span) -> bool:
    """Whether the words beside the name treat it as somebody who acts or employs."""
    before = doc[span.start - 1].lower_ if span.start else ""
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    if before == "at" or (len(span) > 1 and after in _SPEAKS) or (after == "," and before in _EMPLOYS):
        return True
    if span.start > 1 and before in ("from", "by", "to") and doc[span.start - 2].lower_ in _SOURCES:
        return True
    titled = span.start > 1 and doc[span.start - 2].lower_ in names("titles") and before in ("of", "at")
    led = span.end < len(doc) and doc[span.end].lower_ in names("titles")
    return titled or led
