"""The commands beside `extract`: what they print, how they end, and that the README tells of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.schema import Document
from tests.review.run_folder import write_run
from tests.score.examples import TEXT, full

if TYPE_CHECKING:
    from click.testing import Result

ROOT = Path(__file__).parents[2]


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def labelled(tmp_path: Path) -> tuple[Path, Path]:
    """A run and its gold, which agree."""
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(full()))
    return write_run(tmp_path / "run", {"a": json.dumps(full())}, {"a": TEXT}), tmp_path / "gold"


def spoil(run: Path) -> None:
    worse = full()
    worse["claims"][0]["value"] = 41
    (run / "records.jsonl").write_text(json.dumps(worse) + "\n")


def test_score_prints_a_table_and_ends_well(labelled: tuple[Path, Path]) -> None:
    result = invoke("score", *labelled, "--min", "claims=1", "--min", "dates.found=1")
    assert result.exit_code == 0
    assert "claims" in result.output


def test_score_fails_below_a_floor(labelled: tuple[Path, Path]) -> None:
    spoil(labelled[0])
    result = invoke("score", *labelled, "--min", "claims=0.9", "--errors")
    assert result.exit_code == 1
    assert "claims whole: F1 0.5000 is below 0.9000" in result.output
    assert "value: 41 for 40" in result.output


def test_score_as_json_lists_the_errors(labelled: tuple[Path, Path]) -> None:
    spoil(labelled[0])
    result = invoke("score", *labelled, "--json", "--errors")
    data = json.loads(result.stdout)
    assert (data["kinds"]["claims"]["whole"]["tp"], data["kinds"]["claims"]["whole"]["fp"]) == (1, 1)
    assert data["errors"][0]["fields"] == {"value": {"gold": 40, "run": 41}}


def test_score_guards_a_baseline(labelled: tuple[Path, Path], tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    assert invoke("score", *labelled, "--baseline", baseline).exit_code == 2
    assert invoke("score", *labelled, "--write-baseline", baseline).exit_code == 0
    assert invoke("score", *labelled, "--baseline", baseline).exit_code == 0
    spoil(labelled[0])
    assert invoke("score", *labelled, "--baseline", baseline).exit_code == 1
    assert invoke("score", *labelled, "--write-baseline", baseline).exit_code == 2
    assert invoke("score", *labelled, "--write-baseline", baseline, "--allow-lower").exit_code == 0


def test_score_shows_the_errors_in_the_text(labelled: tuple[Path, Path], tmp_path: Path) -> None:
    spoil(labelled[0])
    page = tmp_path / "errors.html"
    assert invoke("score", *labelled, "--html", page).exit_code == 0
    html = page.read_text()
    assert "In Hebei, <mark>40</mark> mills" in html
    assert "got <b>41</b>, wanted <b>40</b>" in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("score", "nowhere", "nowhere"), "no gold here"),
        (("lookup", "Nowhereville"), "the gazetteer has no 'Nowhereville'"),
        (("lookup", "Suzhou", "--near", "Nowhereville"), "no region 'Nowhereville'"),
        (("lookup", "Suzhou", "--gazetteer", "nowhere.csv"), "no such file"),
        (("export", "nowhere", "--to", "conll"), "no records.jsonl here"),
        (("export", "nowhere", "--to", "xml"), "choose from label-studio"),
        (("report", "nowhere", "-o", "x.html"), "no records.jsonl here"),
        (("review", "nowhere", "--no-browser"), "no records.jsonl here"),
        (("review", "nowhere", "--import", "claims.csv"), "no records.jsonl here"),
        (("gold", "nowhere", "a", "-o", "gold"), "no records.jsonl here"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(arguments: tuple[str, ...], message: str) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_schema_describes_what_is_written() -> None:
    schema = json.loads(invoke("schema").stdout)
    assert set(schema["properties"]) == set(Document.model_fields)
    assert {"value", "unit", "regions", "speaker"} <= set(schema["$defs"]["Claim"]["properties"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("Suzhou",), "320500"), (("Suzhou", "--near", "Anhui"), "341300"), (("惠州",), "441300"), (("CN-GD",), "440000")],
)
def test_lookup_puts_the_likeliest_first(arguments: tuple[str, ...], code: str) -> None:
    found: list[dict[str, Any]] = json.loads(invoke("lookup", *arguments, "--json").stdout)
    assert found[0]["adcode"] == code
    assert code in invoke("lookup", *arguments).output


def test_lookup_tells_the_members_of_an_area() -> None:
    assert "Zhuhai" in invoke("lookup", "Greater Bay Area").output


def test_every_command_and_option_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        name = command.callback.__name__
        assert f"pilotfacts {name}" in readme, name
    for option in (
        "--jobs",
        "--engine",
        "--published",
        "--gazetteer",
        "--min",
        "--baseline",
        "--near",
        "--import",
        "--to",
    ):
        assert option in readme, option
