"""A review lives through new extractions, by page or by spreadsheet."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.review.desk import Desk
from pipeline.review.identity import identities

if TYPE_CHECKING:
    from click.testing import Result

ARTICLE = Path(__file__).parents[2] / "corpus" / "articles" / "pilot-programs-2024-01-11.txt"
DOC = ARTICLE.stem


def invoke(*arguments: object) -> Result:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    shutil.copy(ARTICLE, tmp_path / "news")
    invoke("extract", tmp_path / "news", "-o", tmp_path / "run")
    return tmp_path / "news"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def claim(run: Path, text: str) -> dict[str, str]:
    return next(row for row in rows(run / "claims.csv") if row["text"] == text)


def correct(run: Path, text: str, value: int) -> None:
    desk = Desk(run)
    document = desk.index.document(DOC)
    assert document is not None
    record = next(r for r, row in identities(document).items() if r.kind == "claims" and row["text"] == text)
    desk.decide("me", DOC, record.as_json(), "edit", {"value": value})


def test_a_correction_stays_through_new_extractions(news: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    correct(run, "827", 828)
    (news / "more.txt").write_text(
        "Exports from Fujian rose 3 percent in May 2023, customs officials said on Monday.\n"
    )
    for arguments in ((), ("--fresh",)):
        invoke("extract", news, "-o", run, *arguments)
        assert claim(run, "827")["review_status"] == "corrected"
        assert claim(run, "827")["value"] == "827"
        assert claim(run / "reviewed", "827")["value"] == "828"
        assert {row["doc_id"]: row["review_status"] for row in rows(run / "articles.csv")} == {
            DOC: "in review",
            "more": "",
        }


def test_a_decision_on_a_text_that_changed_is_not_applied(news: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    correct(run, "827", 828)
    article = news / ARTICLE.name
    article.write_text(article.read_text("utf-8").replace("Zhang added", "Zhang then added"), "utf-8")
    invoke("extract", news, "-o", run)
    assert claim(run, "827")["review_status"] == ""
    assert claim(run / "reviewed", "827")["value"] == "827"


def test_a_table_edited_in_a_spreadsheet_comes_back(news: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    table = rows(run / "claims.csv")
    for row in table:
        row |= {"review_status": "accepted", "correction": "value=828" if row["text"] == "827" else ""}
    with (tmp_path / "claims.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(table)
    result = invoke("review", run, "--import", tmp_path / "claims.csv")
    assert f"{len(table)} decisions taken over, 0 rows did not fit" in result.output
    assert claim(run, "827")["review_status"] == "corrected"
    assert claim(run, "84")["review_status"] == "accepted"
    corrected = [json.loads(line) for line in (run / "reviewed" / "records.jsonl").read_text("utf-8").splitlines()]
    assert next(c for c in corrected[0]["claims"] if c["text"] == "827")["value"] == 828


def test_a_run_that_was_never_under_review_has_no_trace_of_one(news: Path, tmp_path: Path) -> None:
    assert news.is_dir()
    assert "review_status" not in (tmp_path / "run" / "claims.csv").read_text("utf-8")
    assert not (tmp_path / "run" / "reviewed").exists()
