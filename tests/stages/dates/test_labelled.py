"""Every labelled sentence: extents, types, values, mods and bounds, and nothing beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from edtf import parse_edtf

from tests.stages.dates.labelled import Example, examples

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

FILES = ("everyday", "periods", "harder", "wire_1990s", "agency", "combined", "traps")


def _params() -> list[object]:
    found: list[object] = []
    for name in FILES:
        for e in examples(name):
            marks = [pytest.mark.xfail(reason=e.failure, strict=True)] if e.failure else []
            found.append(pytest.param(e, id=e.where, marks=marks))
    return found


def _bounds(span: Span) -> str:
    value = span._.date
    return f"{value.earliest}..{value.latest}" if value.earliest else "-"


@pytest.mark.parametrize("example", _params())
def test_labelled_sentence(example: Example, read_dates: Callable[[Example], Doc]) -> None:
    doc = read_dates(example)
    spans = {(s.start_char, s.end_char): s for s in doc.spans["dates"]}
    expected = {example.text[w.start : w.end]: (w.type, w.value, w.mod) for w in example.labels}
    found = {s.text: (s._.date.type, s._.date.value, s._.date.mod) for s in doc.spans["dates"]}
    assert found == expected
    assert set(spans) == {(w.start, w.end) for w in example.labels}
    for label in example.labels:
        if label.bounds is not None:
            assert _bounds(spans[label.start, label.end]) == label.bounds
    for span in doc.spans["dates"]:
        value = span._.date
        assert span.label_ == "date"
        assert span.id_ == value.rule != ""
        assert (value.earliest is None) == (value.latest is None)
        assert value.earliest is None or value.earliest <= value.latest
        assert value.edtf is None or parse_edtf(value.edtf) is not None


def test_there_are_enough_labels() -> None:
    labels = [w for name in FILES for e in examples(name) for w in e.labels]
    assert len(labels) >= 400
    assert sum(1 for _ in examples("traps")) >= 100


def test_no_sentence_stands_twice() -> None:
    texts = Counter(e.text for name in FILES for e in examples(name))
    assert [t for t, n in texts.items() if n > 1] == []
