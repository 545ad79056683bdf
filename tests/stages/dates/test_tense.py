"""The tense that a clause gives its date, on parsed sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.stages.dates.tense import tense_at

if TYPE_CHECKING:
    from spacy.language import Language

SENTENCES = [
    ("The fair will open on Friday.", "future"),
    ("The fair opened on Friday.", "past"),
    ("The fair opens Friday.", "future"),
    ("The fair is scheduled to open Friday.", "future"),
    ("The fair, which opened Friday, will run for a month.", "past"),
    ("The minister said he would resign Friday.", "future"),
    ("The report released Friday shows a loss.", "past"),
    ("The index set a record Friday.", "past"),
    ("Prices have risen since Friday.", "past"),
    ("Prices will have to be paid by Friday.", "future"),
    ("Bidders have until Friday.", "future"),
    ("The deadline is Friday.", "future"),
    ("The council meets Friday.", "future"),
    ("The captain may have died on Friday.", "past"),
    ("They had sold the ship on Friday.", "past"),
    ("The team went on to win on Friday.", "past"),
    ("The company plans to reopen the mine on Friday.", "future"),
    ("The delegation is arriving on Friday.", "future"),
    ("A hearing is set for Friday.", "future"),
    ("Friday", None),
]


@pytest.mark.parametrize(("text", "tense"), SENTENCES)
def test_tense_at(text: str, tense: str | None, nlp: Language) -> None:
    from pipeline.nlp import STAGES, make_doc

    with nlp.select_pipes(disable=list(STAGES)):
        doc = next(nlp.pipe([make_doc(nlp, text)]))
    token = next(t for t in doc if t.text == "Friday")
    assert tense_at(token) == tense
