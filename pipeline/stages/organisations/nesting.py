"""Which organisation is part of which: "General Office of the State Council", where the State Council has a row too."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.annotations import Extent
from pipeline.stages.organisations.candidates import BRANCH, Candidate
from pipeline.stages.organisations.normalise import name_key


def extents(doc: Doc, candidates: list[Candidate], keys: list[str]) -> dict[str, Extent]:
    """Where each organisation is named first, under its key and under the key of each way that it is written."""
    found: dict[str, Extent] = {}
    for candidate, key in zip(candidates, keys, strict=True):
        span = doc[candidate.start : candidate.end]
        for name in (key, name_key(span.text)):
            found.setdefault(name, Extent(span.start_char, span.end_char))
    return found


def parent_of(
    doc: Doc, shape: str, candidate: Candidate, candidates: list[Candidate], named: dict[str, Extent]
) -> Extent | None:
    """The extent of the organisation that `candidate` is part of, where the document names it on its own."""
    if candidate.parent and candidate.rule != BRANCH:
        return _owner(doc, candidate.parent, candidates)
    own = Extent(doc[candidate.start].idx, doc[candidate.end - 1].idx + len(doc[candidate.end - 1]))
    for start, end in _pieces(shape, candidate):
        extent = named.get(name_key(doc[start:end].text))
        if extent and extent != own:
            return extent
    return None


def _owner(doc: Doc, tokens: tuple[int, int], candidates: list[Candidate]) -> Extent:
    """The whole name that the owner's words belong to, else those words ("the ministry")."""
    start, end = tokens
    for candidate in candidates:
        if candidate.start <= start < candidate.end:
            start, end = candidate.start, candidate.end
            break
    span = doc[start:end]
    return Extent(span.start_char, span.end_char)


def _pieces(shape: str, candidate: Candidate) -> Iterator[tuple[int, int]]:
    """What follows an "of (the)", and what stands before a head: the stretches of a name that can be a name."""
    if candidate.parent:
        yield candidate.parent
    for i in range(candidate.start + 1, candidate.end - 1):
        if shape[i] in "of":
            yield i + 1 + (shape[i + 1] == "t"), candidate.end
    for i in range(candidate.end - 1, candidate.start, -1):
        if shape[i] in "HWV" and shape[i - 1] in "HC":
            yield candidate.start, i
