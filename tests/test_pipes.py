"""The stages fit together: spaCy's own analysis finds no problem, and each can be used in any pipeline."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from pipeline.nlp import STAGES

if TYPE_CHECKING:
    from spacy.language import Language


def test_analyze_pipes_finds_no_problem(nlp: Language) -> None:
    analysis = nlp.analyze_pipes(keys=["assigns", "requires"])
    assert {name: problems for name, problems in analysis["problems"].items() if problems} == {}


def test_every_stage_says_what_it_assigns(nlp: Language) -> None:
    assert all(nlp.get_pipe_meta(name).assigns for name in STAGES)


def test_every_stage_is_an_entry_point() -> None:
    registered = {entry.name for entry in entry_points(group="spacy_factories")}
    assert set(STAGES) <= registered


def test_every_entry_point_loads() -> None:
    ours = [e for e in entry_points(group="spacy_factories") if e.value.startswith("pipeline.")]
    assert ours
    assert all(callable(entry.load()) for entry in ours)
