"""The labelled sentences of `data/`, one test a sentence; known failures are marked beside the label."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from pipeline.nlp import make_doc
from tests.stages.claims.judge import SLOTS, extras, judge
from tests.stages.claims.labels import PUBLISHED, Example, examples, traps

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Shares that the whole set must not fall below: what was reached when the labels were last checked.
FLOORS = {"found": 0.99, "value": 0.99, "unit": 0.99, "measure": 0.94, "regions": 0.96, "speaker": 0.98, "record": 0.85}

_DOCS: dict[str, Doc] = {}


@cache
def _examples() -> tuple[Example, ...]:
    return tuple(examples())


def _doc(nlp: Language, example: Example) -> Doc:
    if example.text not in _DOCS:
        _DOCS[example.text] = next(nlp.pipe([make_doc(nlp, example.text, published=example.published)]))
    return _DOCS[example.text]


def test_there_are_enough_labels_and_no_text_twice() -> None:
    texts = [example.text for example in _examples()]
    assert sum(len(example.labels) for example in _examples()) >= 400
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("example", _examples(), ids=lambda example: f"{example.source}: {example.text[:50]}")
def test_sentence(nlp: Language, example: Example) -> None:
    """Every slot of every quantity is right but for the known failures, and those still fail (or go from the data)."""
    doc = _doc(nlp, example)
    for label, wrong in judge(doc, example):
        news = {slot: pair for slot, pair in wrong.items() if slot not in label.known}
        assert not news, f"{label.surface}: {news}"
        # what another stage decides may get right at any time: only failures of this one are held to fail
        mended = {slot for slot, reason in label.known.items() if "stage" not in reason} - set(wrong)
        assert not mended, f"{label.surface}: {mended} is right now, take the mark away"
    assert not extras(doc, example)


def test_floors(nlp: Language) -> None:
    """The shares of right slots over all labels, known failures counted as failures."""
    wrong = [slots for example in _examples() for _, slots in judge(_doc(nlp, example), example)]
    total = len(wrong)
    shares = {slot: 1 - sum(slot in slots or "found" in slots for slots in wrong) / total for slot in ("found", *SLOTS)}
    shares["record"] = sum(not slots for slots in wrong) / total
    assert {slot: round(shares[slot], 3) for slot, floor in FLOORS.items() if shares[slot] < floor} == {}


@pytest.mark.parametrize(("sentence", "outcomes"), traps(), ids=lambda value: value if isinstance(value, str) else "")
def test_trap(nlp: Language, sentence: str, outcomes: list[tuple[str, tuple[str, ...]]]) -> None:
    """Numbers that claim nothing stay out, and the coverage says what they are."""
    doc = next(nlp.pipe([make_doc(nlp, sentence, published=PUBLISHED)]))
    seen = [(sentence[n.extent.start : n.extent.end], n.outcome) for n in doc._.numbers]
    for surface, allowed in outcomes:
        assert any(surface in text and outcome in allowed for text, outcome in seen), (surface, allowed, seen)
