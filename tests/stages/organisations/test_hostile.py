"""Texts made to be slow: endless names of peoples, levels and branches are read in the time of their length."""

from __future__ import annotations

import time

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.stages.organisations import patterns
from pipeline.stages.organisations.shape import read_shape

COMPILED = [
    patterns.LEVELLED,
    patterns.POSSESSED,
    patterns.PLACED,
    patterns.BODY_OF_PLACE,
    patterns.BRANCH_OF,
    patterns.BRANCH_BEHIND,
    patterns.RUN,
]
SECONDS = 2.0


@pytest.mark.parametrize("unit", ["G", "GA", "G-", "GA--", "Gv", "GVP", "A-A", "GN", "Go", "GAvpn", "w-", "n&"])
@pytest.mark.parametrize("pattern", COMPILED, ids=lambda pattern: pattern.pattern[:20])
def test_a_pattern_reads_a_long_shape_once(pattern: object, unit: str) -> None:
    begun = time.perf_counter()
    assert hasattr(pattern, "finditer")
    for _ in pattern.finditer(unit * 20_000):
        pass
    assert time.perf_counter() - begun < SECONDS


def test_names_of_peoples_without_end_are_one_letter_each() -> None:
    words = ["Weining", *["Yi", ",", "Hui", "and"] * 4_000, "Miao", "autonomous", "county", "government"]
    doc = Doc(Vocab(), words=words, sent_starts=[i == 0 for i in range(len(words))])
    begun = time.perf_counter()
    assert len(read_shape(doc)) == len(words)
    assert time.perf_counter() - begun < SECONDS
