"""The last look at a document before it is written: every surface is where it says, every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.schema import RECORD_KINDS, Claim, DateRecord, Document, Evidence, Mention, Statement


class UngroundedError(Exception):
    """A record of a document doesn't stand in its text, or refers to nothing; the message names it."""


def check(document: Document, text: str) -> None:
    """Raise `UngroundedError` unless `text[start:end]` is the recorded surface and every reference resolves."""
    ids = {record.id for kind in RECORD_KINDS for record in getattr(document, kind)}
    for record, surface, start, end in _surfaces(document):
        if not 0 <= start <= end <= len(text) or text[start:end] != surface:
            raise UngroundedError(f"{record}: the text at {start}:{end} is not {surface[:40]!r}")
    for record, reference in _references(document):
        if reference is not None and reference not in ids:
            raise UngroundedError(f"{record} refers to {reference}, which is no record")
    every = [record.id for kind in (*RECORD_KINDS, "mentions") for record in getattr(document, kind)]
    if len(set(every)) != len(every):
        raise UngroundedError("two records have one id")


def _surfaces(document: Document) -> Iterator[tuple[str, str, int, int]]:
    grounded: tuple[Mention | DateRecord | Claim | Statement, ...]
    grounded = (*document.mentions, *document.dates, *document.claims, *document.statements)
    for record in grounded:
        yield record.id, record.text, record.start, record.end
    for number in document.coverage:
        yield "coverage", number.text, number.start, number.end
    for claim in document.claims:
        for evidence in claim.evidence.values():
            yield _surface(claim.id, evidence)
    for said in document.statements:
        if said.cue is not None and said.cue_start is not None and said.cue_end is not None:
            yield said.id, said.cue, said.cue_start, said.cue_end


def _surface(record: str, evidence: Evidence) -> tuple[str, str, int, int]:
    return record, evidence.text, evidence.start, evidence.end


def _references(document: Document) -> Iterator[tuple[str, str | None]]:
    for mention in document.mentions:
        yield mention.id, mention.ref
    for person in document.people:
        yield person.id, person.organisation
    for organisation in document.organisations:
        yield from ((organisation.id, ref) for ref in (organisation.parent, organisation.region))
    for claim in document.claims:
        references = (*claim.regions, claim.date, claim.date_until, claim.speaker, claim.related)
        yield from ((claim.id, ref) for ref in references)
    for said in document.statements:
        yield said.id, said.speaker
    for programme in document.programmes:
        yield from ((programme.id, ref) for ref in (*programme.initiators, *programme.regions))
    for flag in document.flags:
        yield flag.code, flag.record
    for number in document.coverage:
        yield "coverage", number.record
