"""The claims stage against bare spaCy on the same text: a ratio, so that it holds on any machine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.nlp import STAGES, make_doc
from pipeline.stages.claims.find import find_claims
from tests.stages.claims.labels import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

LIMIT = 0.15
ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"


@pytest.mark.benchmark
def test_claims_take_under_15_in_100_of_bare_spacy(nlp: Language) -> None:
    """On the articles of the corpus, which are as dense in numbers as news about programmes is."""
    texts = [path.read_text("utf-8") for path in sorted(ARTICLES.glob("*.txt"))[:16]]
    docs = list(nlp.pipe(make_doc(nlp, text, published=PUBLISHED) for text in texts))
    bare = min(_timed(lambda: _bare(nlp, texts)) for _ in range(3))
    stage = min(_timed(lambda: [find_claims(doc) for doc in docs]) for _ in range(3))
    print(f"claims: {stage / bare:.3f} of bare spaCy")
    assert stage / bare < LIMIT, f"{stage / bare:.3f}"


def _bare(nlp: Language, texts: list[str]) -> None:
    with nlp.select_pipes(disable=[*STAGES, "start_blocks"]):
        list(nlp.pipe(texts))


def _timed(job: Callable[[], object]) -> float:
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin
