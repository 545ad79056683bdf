"""The records follow when the names, places, months and numbers of the seed article are swapped."""

from __future__ import annotations

import json
import random
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.score.compare import KINDS, Comparison, compare
from tests.metamorphic.swap import seed_swap, swapped

if TYPE_CHECKING:
    from spacy.language import Language

CORPUS = Path(__file__).parents[2] / "corpus"
SEED = "pilot-programs-2024-01-11"
VARIANTS = 40
TEXT = (CORPUS / "articles" / f"{SEED}.txt").read_text("utf-8")
GOLD = json.loads((CORPUS / "gold" / f"{SEED}.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def original(nlp: Language) -> Comparison:
    return compare(GOLD, extracted(nlp, TEXT))


@pytest.fixture(scope="module")
def variants(nlp: Language) -> list[Comparison]:
    return [compare(gold, extracted(nlp, text)) for text, gold in map(variant, range(VARIANTS))]


def extracted(nlp: Language, text: str) -> dict[str, Any]:
    from pipeline.extractor import Extractor

    extractor = Extractor()
    extractor.__dict__["nlp"] = nlp
    document: dict[str, Any] = json.loads(extractor.extract(text, doc_id=SEED).model_dump_json())
    return document


def variant(seed: int) -> tuple[str, dict[str, Any]]:
    return swapped(TEXT, GOLD, seed_swap(random.Random(seed), GOLD))


@pytest.mark.parametrize("seed", range(VARIANTS))
def test_the_swapped_gold_still_fits_its_text(seed: int) -> None:
    text, gold = variant(seed)
    for kind in ("mentions", "dates", "claims"):
        for row in gold[kind]:
            assert text[row["start"] : row["end"]] == row["text"]
    assert not {person["name"] for person in GOLD["people"]} & set(text.split("\n"))
    assert all(person["name"] not in text for person in GOLD["people"] if person["given_name"])


@pytest.mark.parametrize("kind", KINDS)
def test_the_seed_article_is_right(original: Comparison, kind: str) -> None:
    assert original.kinds[kind].whole.f1 >= 0.95, [f for f in original.findings if f.kind == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_records_follow(original: Comparison, variants: list[Comparison], kind: str) -> None:
    f1 = mean(v.kinds[kind].whole.f1 for v in variants)
    wrong = [f for v in variants for f in v.findings if f.kind == kind]
    assert f1 >= original.kinds[kind].whole.f1 - 0.02, wrong[:10]
