"""Parts of a body that their place tells: "Guangzhou branch of the People's Bank of China"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.stages.organisations.candidates import BRANCH, EVENT, Candidate
from pipeline.stages.organisations.lexicon import names
from pipeline.stages.organisations.patterns import BRANCH_BEHIND, BRANCH_OF


def find_branches(doc: Doc, shape: str, found: list[Candidate]) -> Iterator[Candidate]:
    """Propose a branch of every body in `found` that a place and the word for a branch stand beside.

    ``"the Guangzhou branch of the People's Bank of China"`` → one body, part of the bank. "The bank's Guangzhou branch"
    names the bank alone: a possessive is outside a name.
    """
    bodies = [c for c in found if not c.described and c.parent is None and c.rule != EVENT]
    bodies.reverse()
    starts = {body.start: body for body in sorted(bodies, key=lambda c: c.end)}
    ends = {body.end: body for body in sorted(bodies, key=lambda c: -c.start)}
    if not bodies:
        return
    for before in BRANCH_OF.finditer(shape):
        named = starts.get(before.end())
        if named and doc[before.start("word")].lower_ in names("branch_words"):
            yield _branch(doc, named, before.start(), named.end, before.span("place"))
    for end, whole in ends.items():
        behind = BRANCH_BEHIND.match(shape, end)
        if behind and doc[behind.start("word")].lower_ in names("branch_words"):
            yield _branch(doc, whole, whole.start, behind.end(), behind.span("place"))


def _branch(doc: Doc, whole: Candidate, start: int, end: int, place: tuple[int, int]) -> Candidate:
    return replace(
        whole,
        start=start,
        end=end,
        rule=BRANCH,
        confidence=min(whole.confidence, 0.88),
        seat=doc[place[0] : place[1]].text,
        canonical=None,
        parent=(whole.start, whole.end),
        introduces=None,
    )
