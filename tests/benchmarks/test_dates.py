"""The dates stage against bare spaCy on the same text."""

from __future__ import annotations

from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from tests.stages.dates.labelled import examples

if TYPE_CHECKING:
    from spacy.language import Language

#: In 100 of what tagging and parsing the same text costs.
CEILING = 0.08

pytestmark = pytest.mark.benchmark


def test_dates_cost_little_beside_spacy(nlp: Language) -> None:
    from pipeline.nlp import STAGES, make_doc
    from pipeline.stages.dates.find import find_dates

    names = ("everyday", "periods", "harder", "wire_1990s", "agency", "combined", "traps")
    lines = [e.text for name in names for e in examples(name)]
    texts = [" ".join(lines[k : k + 20]) for k in range(0, len(lines), 20)]
    with nlp.select_pipes(disable=list(STAGES)):
        docs = list(nlp.pipe(make_doc(nlp, t, published=date(2024, 1, 11)) for t in texts))
        bare = min(_seconds(lambda: list(nlp.pipe(make_doc(nlp, t) for t in texts))) for _ in range(3))
    ours = min(_seconds(lambda: [find_dates(d) for d in docs]) for _ in range(5))
    print(f"dates {ours:.3f} s, bare spaCy {bare:.3f} s, ratio {ours / bare:.3f}")
    assert ours / bare < CEILING


def _seconds(run: object) -> float:
    start = perf_counter()
    run()  # type: ignore[operator]
    return perf_counter() - start
