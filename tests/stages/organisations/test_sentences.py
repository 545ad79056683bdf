"""Hand-labelled sentences: which organisations are found in them, of what kind, and how they hang together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.nlp import make_doc

if TYPE_CHECKING:
    from spacy.language import Language

SENTENCES = Path(__file__).with_name("sentences.txt")
FAILURE = re.compile(r"known failure \((?P<reason>[^)]+)\): ")
MARK = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True, slots=True)
class Expected:
    """One labelled mention: its offsets, kind and slots."""

    start: int
    end: int
    text: str
    kind: str
    described: str | None = None
    full: str | None = None
    parent: str | None = None


def read(line: str) -> tuple[str, list[Expected]]:
    """The plain sentence and what is labelled in it."""
    text, expected, last = "", [], 0
    for match in MARK.finditer(line):
        text += line[last : match.start()]
        surface, kind, *slots = match.group(1).split("|")
        named = dict(slot.split(":", 1) for slot in slots)
        start, text = len(text), text + surface
        expected.append(
            Expected(start, len(text), surface, kind, named.get("described"), named.get("is"), named.get("of"))
        )
        last = match.end()
    return text + line[last:], expected


def cases() -> list[Any]:
    lines = [line for line in SENTENCES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    params = []
    for number, line in enumerate(lines):
        failure = FAILURE.match(line)
        marks = [pytest.mark.xfail(strict=True, reason=failure["reason"])] if failure else []
        params.append(pytest.param(FAILURE.sub("", line), id=f"{number}-{line[:40]}", marks=marks))
    return params


def test_enough_sentences() -> None:
    assert len(cases()) >= 150


@pytest.mark.parametrize("line", cases())
def test_sentence(nlp: Language, line: str) -> None:
    text, expected = read(line)
    doc = next(nlp.pipe([make_doc(nlp, text)]))
    spans = list(doc.spans["organisations"])
    assert [(s.start_char, s.end_char, s.text, s.label_) for s in spans] == [
        (e.start, e.end, e.text, e.kind) for e in expected
    ]
    for span, label in zip(spans, expected, strict=True):
        value = span._.organisation
        assert value.described == (label.described is not None), span.text
        if label.described is not None:
            assert (value.level or "") == label.described, span.text
        assert (text[slice(*value.alias_of)] if value.alias_of else None) == label.full, span.text
        assert (text[slice(*value.parent)] if value.parent else None) == label.parent, span.text
