"""Compares a claim with its label, slot by slot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span

    from pipeline.annotations import ClaimValue
    from tests.stages.claims.labels import Example, Label

SLOTS = ("value", "unit", "kind", "measure", "comparator", "change", "regions", "date", "speaker", "related")


def judge(doc: Doc, example: Example) -> Iterator[tuple[Label, dict[str, tuple[object, object]]]]:
    """For each label the slots that are wrong, with what was found and what was wanted."""
    spans = list(doc.spans["claims"])
    position = 0
    for label in example.labels:
        start = example.text.index(label.surface, position)
        position = start + len(label.surface)
        span = next((s for s in spans if s._.claim.extent.start < position and start < s._.claim.extent.end), None)
        if span is None:
            yield label, {"found": (None, label.surface)}
            continue
        spans.remove(span)
        yield label, dict(_wrong(doc, span._.claim, label))


def extras(doc: Doc, example: Example) -> list[Span]:
    """Claims that no label accounts for."""
    places, position = [], 0
    for label in example.labels:
        start = example.text.index(label.surface, position)
        position = start + len(label.surface)
        places.append((start, position))
    return [s for s in doc.spans["claims"] if not any(a < s.end_char and s.start_char < b for a, b in places)]


def _wrong(doc: Doc, claim: ClaimValue, label: Label) -> Iterator[tuple[str, tuple[object, object]]]:
    checks = {
        "value": ((claim.value, claim.value_high), (label.value, label.high)),
        "unit": (claim.unit, label.unit),
        "comparator": (claim.comparator, label.comparator),
        "change": (claim.change, label.change),
    }
    for slot, (found, wanted) in checks.items():
        if found != wanted:
            yield slot, (found, wanted)
    if label.kind is not None and claim.kind != label.kind:
        yield "kind", (claim.kind, label.kind)
    if label.measures != ("*",) and not any(same_phrase(claim.measure, option) for option in label.measures):
        yield "measure", (claim.measure, label.measures)
    if label.basis is not None and label.basis not in (claim.basis or ""):
        yield "basis", (claim.basis, label.basis)
    yield from _wrong_references(doc, claim, label)


def _wrong_references(doc: Doc, claim: ClaimValue, label: Label) -> Iterator[tuple[str, tuple[object, object]]]:
    names = frozenset(doc._.entities.regions[ref].name for ref in claim.regions)
    if names not in label.regions:
        yield "regions", (names, label.regions)
    if not any(_same_date(doc, claim.date, words) for words in label.dates):
        yield "date", (_date_text(doc, claim.date), label.dates)
    if label.until is not None and not _same_date(doc, claim.date_until, label.until):
        yield "until", (_date_text(doc, claim.date_until), label.until)
    speaker = _name(doc, claim)
    if speaker != label.speaker:
        yield "speaker", (speaker, label.speaker)
    related = next((s.text for s in doc.spans["claims"] if s._.claim.extent.start == claim.related), None)
    if (claim.relation, related and label.related in related if label.related else related) != (
        label.relation,
        True if label.related else None,
    ):
        yield "related", ((claim.relation, related), (label.relation, label.related))


def _name(doc: Doc, claim: ClaimValue) -> str | None:
    if claim.speaker is None:
        return None
    entities = doc._.entities
    return (entities.people.get(claim.speaker) or entities.organisations[claim.speaker]).name


def _date_text(doc: Doc, start: int | None) -> str | None:
    return next((span.text for span in doc.spans["dates"] if span.start_char == start), None)


def _same_date(doc: Doc, start: int | None, words: str | None) -> bool:
    found = _date_text(doc, start)
    if words is None or found is None:
        return words == found
    return words in found or found in words


def same_phrase(found: str | None, wanted: str) -> bool:
    """Whether two noun phrases mean the same: equal, or mostly the same words with the head word in common."""
    one, other = _stems(found or ""), _stems(wanted)
    if one == other:
        return True
    if not one or not other:
        return False
    share = 2 * len(set(one) & set(other)) / (len(set(one)) + len(set(other)))
    return share >= 0.66 and (one[-1] == other[-1] or other[-1] in one)


def _stems(phrase: str) -> list[str]:
    found = re.sub(r"[^\w%]+", " ", phrase.casefold()).split()
    return [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found]
