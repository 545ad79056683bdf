"""Running again does what is new or changed, and nothing else; the tables always follow."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pipeline.run.batch import Options, Run, run
from pipeline.run.ledger import FolderError, Ledger, News

TEXTS = {
    "ferry": "A ferry between Xiamen and Kinmen carried 1,200 people in May 2023, officials in Fujian province said.",
    "orchard": "Farmers in Shaanxi planted 40 percent more apple trees this spring, said Ma Jun, head of the bureau.",
    "school": "Three schools in Guizhou opened a joint library. Pupils borrowed 5,000 books in the first month.",
}

Again = Callable[..., Run]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture
def again(articles: Path, tmp_path: Path) -> Again:
    def call(**options: object) -> Run:
        return run([str(articles)], tmp_path / "run", Options(**options))  # type: ignore[arg-type]

    return call


def rows(run_: Run, name: str) -> list[dict[str, str]]:
    with (run_.folder / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def ids(run_: Run) -> list[str]:
    return [row["doc_id"] for row in rows(run_, "articles.csv")]


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".csv", ".jsonl"}}


def test_nothing_new_touches_nothing(again: Again) -> None:
    first = again()
    stamps = {path: path.stat().st_mtime_ns for path in first.folder.iterdir() if path.is_file()}
    second = again()
    assert (first.done, second.done) == (3, 0)
    assert {path: path.stat().st_mtime_ns for path in first.folder.iterdir() if path.is_file()} == stamps


def test_a_new_input_alone_is_done(again: Again, articles: Path) -> None:
    again()
    (articles / "bridge.txt").write_text("A bridge of 300 metres opened in Wuhan on Monday.")
    second = again()
    assert second.done == 1
    assert ids(second) == ["bridge", "ferry", "orchard", "school"]


def test_a_changed_input_alone_is_done_again(again: Again, articles: Path) -> None:
    again()
    (articles / "ferry.txt").write_text("The ferry carried 1,500 people.")
    second = again()
    assert second.done == 1
    assert [row["text"] for row in rows(second, "claims.csv") if row["doc_id"] == "ferry"] == ["1,500"]
    assert (second.folder / "texts" / "ferry.txt").read_text() == "The ferry carried 1,500 people."


def test_a_removed_input_leaves_the_tables(again: Again, articles: Path) -> None:
    again()
    (articles / "ferry.txt").unlink()
    second = again()
    assert second.done == 0
    assert ids(second) == ["orchard", "school"]
    assert sorted(path.stem for path in (second.folder / "texts").iterdir()) == ["orchard", "school"]


def test_a_moved_input_is_not_done_again(again: Again, articles: Path) -> None:
    again()
    (articles / "old").mkdir()
    (articles / "ferry.txt").rename(articles / "old" / "boat.txt")
    second = again()
    assert second.done == 0
    assert ids(second) == ["boat", "orchard", "school"]
    assert {row["source"] for row in rows(second, "articles.csv")} == {"old/boat.txt", "orchard.txt", "school.txt"}


def test_a_setting_redoes_what_it_touches_and_says_so(
    again: Again, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (articles / "own.jsonl").write_text(json.dumps({"text": TEXTS["school"], "published": "2020-01-01"}))
    assert again().done == 4
    dated = again(published=date(2024, 1, 1))
    assert dated.done == 3  # The fourth has a date of its own.
    assert dated.changes == ("published: None → 2024-01-01",)
    monkeypatch.setattr("pipeline.run.decided._rules_digest", lambda: "0" * 64)
    changed = again()
    assert changed.done == 4
    assert [change.split(":")[0] for change in changed.changes] == ["rules_sha256", "published"]
    assert not list((changed.folder / ".ledger" / "shards").glob("*.partial"))


def test_copies_are_extracted_and_grouped(again: Again, articles: Path) -> None:
    long = " ".join(f"Sentence {number} of the story tells of {number * 3} boats." for number in range(40))
    (articles / "story.txt").write_text(long)
    (articles / "story-cut.txt").write_text(f"HARBIN -- {long[:-60]}")
    (articles / "twin.txt").write_text(TEXTS["ferry"])
    (articles / "other.txt").write_text(long.replace("boats", "trains").replace("story", "report"))
    found = {row["doc_id"]: row["duplicate_of"] for row in rows(again(), "articles.csv")}
    assert {name: of for name, of in found.items() if of} == {"story-cut": "story", "twin": "ferry"}


def test_a_copy_is_seen_however_the_articles_were_dealt(again: Again, articles: Path) -> None:
    """A lone article isn't signed when it is done, but when another comes to compare it with."""
    for path in articles.iterdir():
        path.unlink()
    long = " ".join(f"Sentence {number} of the story tells of {number * 3} boats." for number in range(40))
    (articles / "a.txt").write_text(long)
    again()
    (articles / "b.txt").write_text(long[:-60])
    assert [row["duplicate_of"] for row in rows(again(), "articles.csv")] == ["", "a"]


def test_equal_texts_are_done_once_and_told_twice(again: Again, articles: Path) -> None:
    (articles / "twin.txt").write_text(TEXTS["ferry"])
    first = again()
    assert first.done == 3
    claims = [row["text"] for row in rows(first, "claims.csv") if row["doc_id"] == "ferry"]
    assert claims
    assert claims == [row["text"] for row in rows(first, "claims.csv") if row["doc_id"] == "twin"]


def test_the_news_add_up(again: Again, articles: Path) -> None:
    """Documents are told, not texts: copies that are extracted once, and failures in reading and in working."""
    lines = [{"id": f"a{number}", "text": f"Work began on {number % 4 + 2} bridges in Wuhan."} for number in range(7)]
    lines += [{"id": "by", "text": "By Li Na | China Daily | Updated: 2024-01-11"}] * 2 + [{"id": "no", "text": ""}]
    (articles / "many.jsonl").write_text("\n".join(map(json.dumps, lines)))
    first = again()
    assert first.news == News(documents=10, texts=7, failed=3)
    assert first.tables.documents == first.news.documents + len(first.tables.failed)
    assert again().news == News(0, 0, 0)
    (articles / "ferry.txt").unlink()
    (articles / "empty.txt").touch()
    assert again().news == News(0, 0, 1)
    assert again(retry_failed=True).news == News(0, 0, 2)


def test_tables_that_somebody_changed_are_made_again(again: Again) -> None:
    first = again()
    before = tables(first.folder)
    (first.folder / "claims.csv").write_text("oops")
    (first.folder / "people.csv").unlink()
    (first.folder / "texts" / "ferry.txt").unlink()
    (first.folder / "texts" / "school.txt").write_text(TEXTS["school"].replace("Three", "Seven"))
    second = again()
    assert second.done == 0
    assert tables(second.folder) == before
    for name in ("ferry", "school"):
        assert (second.folder / "texts" / f"{name}.txt").read_text() == TEXTS[name]


def test_a_manifest_that_a_killed_run_left_behind_is_made_again(again: Again, articles: Path) -> None:
    first = again()
    old = (first.folder / "run.json").read_bytes()
    (articles / "ferry.txt").unlink()
    again()
    (first.folder / "run.json").write_bytes(old)  # As after a kill between the tables and the manifest.
    again()
    assert json.loads((first.folder / "run.json").read_text())["counts"]["rows"]["articles.csv"] == 2


def test_where_the_table_of_places_lies_decides_nothing(again: Again, tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("name,kind\nKinmen,county\n")
    assert again(gazetteer=str(table)).done == 3
    moved = again(gazetteer=str(table.rename(tmp_path / "moved.csv")))
    assert (moved.done, moved.changes) == (0, ())
    (tmp_path / "moved.csv").write_text("name,kind\nKinmen,zone\n")
    changed = again(gazetteer=str(tmp_path / "moved.csv"))
    assert changed.done == 3
    assert [change.split(":")[0] for change in changed.changes] == ["gazetteer_sha256"]


def test_what_could_not_be_read_this_time_keeps_its_results(
    again: Again, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk or a server that fails for a moment costs no work."""
    again()
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.read.reader.read_whole", _fail)
        (articles / "new.txt").write_text("Two ships left.")
        broken = again()
    assert ids(broken) == []
    assert {row["error"] for row in rows(broken, "errors.csv")} == {"no such device: check that the file can be read"}
    mended = again()
    assert (mended.done, ids(mended)) == (1, ["ferry", "new", "orchard", "school"])


def _fail(_: object) -> bytes:
    raise OSError("no such device")


def test_a_shard_that_is_gone_is_done_again(again: Again) -> None:
    first = again()
    before = tables(first.folder)
    for path in (first.folder / ".ledger" / "shards").iterdir():
        path.unlink()
    second = again()
    assert second.done == 3
    assert tables(second.folder) == before


def test_a_shard_that_nobody_noted_is_taken_in(again: Again) -> None:
    first = again()
    (first.folder / ".ledger" / "ledger.sqlite").unlink()
    second = again()
    assert second.done == 0
    assert ids(second) == ["ferry", "orchard", "school"]


def test_what_failed_fails_once_until_it_is_asked_for(
    again: Again, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.run.worker.check", _refuse)
        first = again()
    assert [row["stage"] for row in rows(first, "errors.csv")] == ["write"] * 3
    assert again().done == 0
    mended = again(retry_failed=True)
    assert (mended.done, len(mended.tables.failed)) == (3, 0)
    assert ids(mended) == ["ferry", "orchard", "school"]


def _refuse(*_: object) -> None:
    from pipeline.write.check import UngroundedError

    raise UngroundedError("m1: the text at 0:1 is not 'x'")


def test_what_took_too_long_is_tried_again_with_more_time(again: Again, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.run.worker.check", lambda *_: time.sleep(9))
        first = again(timeout=0.2)
    assert {row["error"] for row in rows(first, "errors.csv")} == {
        "took longer than 0.2 s: try it with a longer --timeout"
    }
    assert again(timeout=0.1).done == 0
    assert again(timeout=60).done == 3


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "noise": lambda path: path.write_bytes(b"\xff" * 20_000),
    "a row less": lambda path: _change(path, "DELETE FROM results"),
    "a row damaged": lambda path: _change(path, "UPDATE results SET body = x'00ff00'"),
    "an article damaged": lambda path: _change(path, "UPDATE results SET article = '{bad'"),
}


def _change(path: Path, query: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(query)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_shard_is_told_and_done_again(again: Again, damage: str) -> None:
    first = again()
    before = tables(first.folder)
    for path in (first.folder / ".ledger" / "shards").iterdir():
        DAMAGES[damage](path)
    (first.folder / "claims.csv").unlink()
    with pytest.raises(FolderError, match="damaged and has been taken away"):
        again()
    assert again().done == 3
    assert tables(first.folder) == before


def test_a_damaged_shard_that_nobody_noted_is_done_again(again: Again) -> None:
    folder = again().folder
    (folder / ".ledger" / "shards" / "0123456789abcdef-0123.shard").touch()
    assert again().done == 0
    assert not (folder / ".ledger" / "shards" / "0123456789abcdef-0123.shard").exists()


def test_a_damaged_fact_makes_the_tables_anew(again: Again) -> None:
    first = again()
    _change(first.folder / ".ledger" / "ledger.sqlite", "UPDATE facts SET value = '{bad' WHERE name = 'tables'")
    (first.folder / "claims.csv").unlink()
    assert again().done == 0
    assert (first.folder / "claims.csv").exists()


@pytest.mark.parametrize("wrong", [b"no database at all" * 99, None])
def test_fresh_starts_over_where_the_ledger_is_of_no_use(again: Again, wrong: bytes | None) -> None:
    """It is damaged, or another version wrote it."""
    first = again()
    before = tables(first.folder)
    path = first.folder / ".ledger" / "ledger.sqlite"
    if wrong:
        path.write_bytes(wrong)
    else:
        _change(path, "PRAGMA user_version = 1")
    with pytest.raises(FolderError, match="start over with --fresh"):
        again()
    assert again(fresh=True).done == 3
    assert tables(first.folder) == before


def test_fresh_that_was_killed_can_be_asked_for_again(again: Again, monkeypatch: pytest.MonkeyPatch) -> None:
    first = again()
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.run.batch.shutil.rmtree", _killed)
        with pytest.raises(KeyboardInterrupt):
            again(fresh=True)
    assert again(fresh=True).done == 3
    assert ids(first) == ["ferry", "orchard", "school"]


def _killed(_: Path) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("holder", ["", "[]", "{oops", '{"pid": 1}'])
def test_a_ledger_in_use_is_told_whatever_stands_in_its_note(tmp_path: Path, holder: str) -> None:
    ledger = Ledger(tmp_path)
    (tmp_path / ".ledger" / "holder.json").write_text(holder)
    with pytest.raises(FolderError, match="in use by another run: wait"):
        Ledger(tmp_path)
    ledger.close()


def test_half_written_shards_of_long_ago_are_swept(tmp_path: Path) -> None:
    Ledger(tmp_path).close()
    shards = tmp_path / ".ledger" / "shards"
    for name in (".old.partial", ".new.partial"):
        (shards / name).touch()
    os.utime(shards / ".old.partial", (0, 0))
    Ledger(tmp_path).close()
    assert [path.name for path in shards.iterdir()] == [".new.partial"]


def test_only_one_run_has_the_ledger(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    with pytest.raises(FolderError, match="in use by another run"):
        Ledger(tmp_path)
    ledger.close()
    Ledger(tmp_path).close()


def test_a_damaged_ledger_is_told(tmp_path: Path) -> None:
    (tmp_path / ".ledger").mkdir()
    (tmp_path / ".ledger" / "ledger.sqlite").write_bytes(b"no database at all" * 99)
    with pytest.raises(FolderError, match="damaged"):
        Ledger(tmp_path)
