"""What the regions stage and its gazetteer cost beside the model: `pytest -m benchmark -s` on this file shows it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy

from pipeline.gazetteer.gazetteer import extended
from pipeline.gazetteer.tables import reviewed_priors
from pipeline.nlp import MODEL, UNUSED, make_doc

if TYPE_CHECKING:
    from spacy.language import Language

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
COPIES = 12


def seconds(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


@pytest.mark.benchmark
def test_loading_takes_under_a_third_of_the_models_time() -> None:
    def load_gazetteer() -> None:
        reviewed_priors.cache_clear()
        extended(())

    load_gazetteer()
    model = min(seconds(lambda: spacy.load(MODEL, exclude=list(UNUSED))) for _ in range(3))
    tables = min(seconds(load_gazetteer) for _ in range(3))
    print(f"\ngazetteer {tables:.3f} s, model {model:.3f} s, ratio {tables / model:.3f}")
    assert tables < model / 3


@pytest.mark.benchmark
def test_the_stage_takes_under_a_tenth_of_bare_spacy(nlp: Language) -> None:
    texts = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt"))] * COPIES
    ours = nlp.pipe_names.index("find_dates")
    with nlp.select_pipes(enable=nlp.pipe_names[:ours]):
        list(nlp.pipe([make_doc(nlp, text) for text in texts]))
        docs = [make_doc(nlp, text) for text in texts]
        bare = seconds(lambda: docs.__setitem__(slice(None), list(nlp.pipe(docs))))
    for name in ("find_dates", "find_organisations", "find_people"):
        docs = [nlp.get_pipe(name)(doc) for doc in docs]
    stage = seconds(lambda: [nlp.get_pipe("find_regions")(doc) for doc in docs])
    print(f"\nregions {stage:.3f} s, bare nlp.pipe {bare:.3f} s, ratio {stage / bare:.3f}")
    assert stage < bare / 10
