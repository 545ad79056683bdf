"""A pipeline that ends with the dates, and the reading of one labelled example by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from tests.stages.dates.labelled import Example


@pytest.fixture(scope="session")
def read_dates(nlp: Language) -> Callable[[Example], Doc]:
    """Run an example through the model and this stage alone."""
    from pipeline.nlp import STAGES, make_doc

    later = STAGES[STAGES.index("find_dates") + 1 :]

    def read(example: Example) -> Doc:
        doc = make_doc(nlp, example.text, published=example.anchor)
        if example.dateline is not None:
            doc._.layout = replace(doc._.layout, dateline_date=example.dateline)
        with nlp.select_pipes(disable=list(later)):
            return next(nlp.pipe([doc]))

    return read
