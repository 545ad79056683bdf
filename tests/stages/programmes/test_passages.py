"""Hand-labelled passages: which programmes are found in them and what is known of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from pipeline.nlp import make_doc

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

PASSAGES = Path(__file__).with_name("passages.yaml")


def passages() -> list[dict[str, Any]]:
    return list(yaml.safe_load(PASSAGES.read_text("utf-8")))


def cases() -> list[Any]:
    params = []
    for passage in passages():
        reason = passage.get("known_failure")
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
        params.append(pytest.param(passage, id=passage["id"], marks=marks))
    return params


def read(doc: Doc, span: Span) -> dict[str, Any]:
    """What the stage says of a programme, in the words of the passages."""
    value, entities = span._.programme, doc._.entities
    return {
        "kind": value.kind,
        "start": value.start,
        "end": value.end,
        "regions": [entities.regions[ref].name for ref in value.regions],
        "declared": value.declared_regions,
        "initiators": [entities.organisations[ref].name for ref in value.initiators],
        "flag": next((flag.code for flag in value.flags), None),
    }


def expected(label: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": label["kind"],
        "start": str(label["start"]) if label.get("start") else None,
        "end": str(label["end"]) if label.get("end") else None,
        "regions": label.get("regions", []),
        "declared": label.get("declared"),
        "initiators": label.get("initiators", []),
        "flag": label.get("flag"),
    }


def acceptable(label: dict[str, Any]) -> list[str]:
    name = label["name"]
    return name if isinstance(name, list) else [name]


def test_enough_passages() -> None:
    assert len(passages()) >= 40


@pytest.mark.parametrize("passage", cases())
def test_passage(nlp: Language, passage: dict[str, Any]) -> None:
    published = passage.get("published", date(2024, 3, 6))
    doc = next(nlp.pipe([make_doc(nlp, passage["text"], published=published)]))
    spans = list(doc.spans["programmes"])
    names = [span._.programme.name for span in spans]
    assert len(names) == len(passage["programmes"]), names
    for span, label in zip(spans, passage["programmes"], strict=True):
        assert span._.programme.name in acceptable(label)
        assert read(doc, span) == expected(label)
        if "topic" in label:
            assert span._.programme.topic == label["topic"]
