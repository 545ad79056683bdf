"""What only a whole text shows, and texts made to hurt."""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipeline.nlp import make_doc
from pipeline.stages.programmes.find import find_programmes
from pipeline.stages.programmes.patterns import LIST_GAP

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def read(nlp: Language, text: str) -> Doc:
    return next(nlp.pipe([make_doc(nlp, text, published=date(2024, 3, 6))]))


def test_mentions_are_names_and_nominals(nlp: Language) -> None:
    text = "A pilot program on reed boats began in 2022. The program pays for nets. Nobody leaves the pilot."
    doc = read(nlp, text)
    (span,) = doc.spans["programmes"]
    mentions = [(text[slice(*extent)], form) for extent, form in span._.programme.mentions]
    assert mentions == [("pilot program on reed boats", "name"), ("The program", "nominal"), ("the pilot", "nominal")]


def test_span_carries_kind_and_rule(nlp: Language) -> None:
    doc = read(nlp, "The Belt and Road Initiative was proposed in 2013.")
    (span,) = doc.spans["programmes"]
    assert (span.label_, span.id_, span.text) == ("policy", "named", "Belt and Road Initiative")
    assert 0 < span._.programme.confidence <= 1


def test_numbers_of_another_programme_stay_with_it(nlp: Language) -> None:
    text = "The pilot on eel farms, begun in 2021, is separate from the trial of ice roads, which covers 9 counties."
    doc = read(nlp, text)
    first, second = (span._.programme for span in doc.spans["programmes"])
    assert (first.declared_regions, second.declared_regions) == (None, 9)


@pytest.mark.parametrize(
    "text", ["", "plan", "Plan plan plan", "the pilot of the plan for the", "to to to in in in:", ":::: in"]
)
def test_odd_texts_give_nothing(nlp: Language, text: str) -> None:
    assert list(read(nlp, text).spans["programmes"]) == []


@pytest.mark.parametrize(
    "gap", [", " * 9000, "and " * 9000, "- " * 9000, "provinces of" * 5000, "in the," * 5000 + "!"]
)
def test_list_gaps_stay_fast(gap: str) -> None:
    start = time.perf_counter()
    LIST_GAP.fullmatch(gap)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The pilot program on reed boats covers Wuhu, Anqing and Jiujiang in Jiangxi, including 12 cities. ",
        "In Hubei, Hunan, Hubei, Hunan, Hubei and Hunan the plan for the use of the plan for bamboo of the plan ",
        "A free trade zone (FTZ) of the pilot free trade zones in Tianjin and the FTZs, ",
    ],
    ids=["programmes", "plans", "zones"],
)
def test_long_articles_stay_fast(nlp: Language, sentence: str) -> None:
    doc = read(nlp, sentence * 150)
    start = time.perf_counter()
    nlp.get_pipe("find_programmes")(doc)
    assert time.perf_counter() - start < 3


def steps(doc: Doc) -> int:
    """How many calls, and turns of generators, the stage takes to read a document."""
    counts = {"call": 0}

    def count(_frame: object, event: str, _argument: object) -> None:
        counts[event] = counts.get(event, 0) + 1

    sys.setprofile(count)
    try:
        find_programmes(doc)
    finally:
        sys.setprofile(None)
    return counts["call"]


@pytest.mark.parametrize(
    "scrap", ["pilot program on ", "pilot program on eels ", "The pilot program on eels covers it. "]
)
def test_groups_without_end_are_read_in_steps_of_their_number(nlp: Language, scrap: str) -> None:
    short, long = (steps(read(nlp, scrap * times)) for times in (300, 1_200))
    assert long < 5 * short
