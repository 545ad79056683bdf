"""A possible organisation: a stretch of tokens with what one rule knows of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.schema import OrganisationKind

#: The rule of a candidate that is only there to keep shorter ones out: "the 20th National Congress of the CPC".
EVENT = "event"
#: The rule of a part of a body whose `parent` are words of its own name: "Guangzhou branch of *the bank*".
BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `start:end`, the rule that proposes them and the slots that it fills.

    `canonical` is the name that a table gives it; `parent` the tokens of the words that name the whole it belongs to.
    """

    start: int
    end: int
    kind: OrganisationKind
    rule: str
    confidence: float
    described: bool = False
    level: str | None = None
    seat: str | None = None
    canonical: str | None = None
    parent: tuple[int, int] | None = None
    introduces: str | None = None


def choose(candidates: list[Candidate]) -> list[Candidate]:
    """The longest of those that overlap, the earlier proposed where lengths tie; in text order.

    >>> [c.rule for c in choose([Candidate(0, 2, "other", "a", 1), Candidate(1, 4, "other", "b", 1)])]
    ['b']
    """
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: c.start - c.end):
        tokens = range(candidate.start, candidate.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            chosen.append(candidate)
    return sorted((c for c in chosen if c.rule != EVENT), key=lambda c: c.start)


def without_company_divisions(chosen: list[Candidate]) -> list[Candidate]:
    """Leave out what is a department of a company: "head of the sales division at Lanqiao Technology Co".

    A department of a university is academic as that is.
    """
    kinds = {i: c.kind for c in chosen if c.parent is None for i in range(c.start, c.end)}
    settled = []
    for candidate in chosen:
        owner = kinds.get(candidate.parent[0]) if candidate.parent else None
        if owner != "company":
            settled.append(replace(candidate, kind="academic") if owner == "academic" else candidate)
    return settled
