"""The gate is tested as what it guards is: it must be able to fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.score.gate import below_baseline, below_floors, parse_floor, write_baseline
from pipeline.score.gold import ScoreError
from pipeline.score.scorer import Scores, score
from tests.score.examples import full

if TYPE_CHECKING:
    from pathlib import Path


def scores(tmp_path: Path, run: dict[str, Any], gold: dict[str, Any] | None = None) -> Scores:
    (tmp_path / "gold").mkdir(exist_ok=True)
    (tmp_path / "gold" / "a.json").write_text(json.dumps(gold or full()))
    (tmp_path / "records.jsonl").write_text(json.dumps(run) + "\n")
    return score(tmp_path, tmp_path / "gold")


def worse() -> dict[str, Any]:
    run = full()
    run["claims"][0]["value"] = 41
    return run


@pytest.mark.parametrize(
    ("text", "floor"),
    [("claims=0.7", ("claims", "whole", 0.7)), ("dates.found=1", ("dates", "found", 1.0))],
)
def test_parse_floor(text: str, floor: tuple[str, str, float]) -> None:
    assert parse_floor(text) == floor


@pytest.mark.parametrize("text", ["claims", "claims=", "claims=x", "claims=1.5", "claims=-1", "claims.both=1", "=nan"])
def test_a_bad_floor_says_how_to_write_it(text: str) -> None:
    with pytest.raises(ScoreError, match="KIND=F1"):
        parse_floor(text)


def test_floors(tmp_path: Path) -> None:
    good, bad = scores(tmp_path, full()), scores(tmp_path, worse())
    assert list(below_floors(good, [("claims", "whole", 1.0)])) == []
    assert list(below_floors(bad, [("claims", "whole", 1.0), ("claims", "found", 1.0)])) == [
        "claims whole: F1 0.5000 is below 1.0000"
    ]
    with pytest.raises(ScoreError, match="no records of kind 'claim'"):
        list(below_floors(good, [("claim", "whole", 1.0)]))


def test_a_baseline_catches_a_fall(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    write_baseline(scores(tmp_path, full()), file)
    assert list(below_baseline(scores(tmp_path, full()), file)) == []
    assert list(below_baseline(scores(tmp_path, worse()), file)) == ["claims whole: F1 0.5000 is below 1.0000"]


def test_a_baseline_is_not_lowered_unawares(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    write_baseline(scores(tmp_path, full()), file)
    with pytest.raises(ScoreError, match=r"would lower claims whole from 1.0 to 0.5"):
        write_baseline(scores(tmp_path, worse()), file)
    write_baseline(scores(tmp_path, worse()), file, allow_lower=True)
    assert json.loads(file.read_text())["floors"]["claims"]["whole"] == 0.5
    write_baseline(scores(tmp_path, full()), file)


def test_changed_gold_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    write_baseline(scores(tmp_path, full()), file)
    other = full()
    other["claims"][0]["optional"] = True
    assert any("other gold" in line for line in below_baseline(scores(tmp_path, full(), other), file))


def test_an_absent_document_counts_as_missed(tmp_path: Path) -> None:
    other = full()
    other["article"] = {"doc_id": "b"}
    result = scores(tmp_path, other)
    assert result.absent == ("a",)
    assert result.figures()["claims"]["found"] == 0


def test_a_run_of_another_text_is_refused(tmp_path: Path) -> None:
    run = full()
    run["article"]["sha256"] = "1"
    with pytest.raises(ScoreError, match="not the text of the gold"):
        scores(tmp_path, run)


@pytest.mark.parametrize("missing", ["records.jsonl", "gold"])
def test_missing_files_are_named(tmp_path: Path, missing: str) -> None:
    if missing == "gold":
        (tmp_path / "records.jsonl").write_text("")
    with pytest.raises(ScoreError, match=r"no gold here|no records.jsonl"):
        score(tmp_path / "absent" if missing == "records.jsonl" else tmp_path, tmp_path)
