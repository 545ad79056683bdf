"""The sample run that a visitor sees is what the program writes today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "outputs" / "sample"
ARTICLE = ROOT / "corpus" / "articles" / "pilot-programs-2024-01-11.txt"
FILES = sorted(path.relative_to(SAMPLE) for path in SAMPLE.rglob("*") if path.is_file() and ".ledger" not in path.parts)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = tmp_path_factory.mktemp("sample") / "run"
    result = CliRunner().invoke(app, ["extract", str(ARTICLE), "-o", str(run)])
    assert result.exit_code == 0, result.output
    return run


def test_the_sample_is_complete() -> None:
    assert {"records.jsonl", "claims.csv", "coverage.csv", "errors.csv", "run.json"} <= {str(file) for file in FILES}


@pytest.mark.parametrize("file", [file for file in FILES if file.name != "run.json"], ids=str)
def test_the_sample_is_what_is_written_today(fresh: Path, file: Path) -> None:
    assert (fresh / file).read_bytes() == (SAMPLE / file).read_bytes()


def test_its_manifest_has_the_same_fields(fresh: Path) -> None:
    made, kept = (json.loads((folder / "run.json").read_text("utf-8")) for folder in (fresh, SAMPLE))
    assert made.keys() == kept.keys()
    assert made["counts"]["rows"] == kept["counts"]["rows"]
