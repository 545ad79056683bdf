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
    if span.text in names("not_names") or any(token.like_num for token in span):
        return False
    company_word = end - start > 1 and doc[end - 1].lower_ in names("company_words")
    return company_word or _extends_known(span) or _borne_out(doc, span)


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
