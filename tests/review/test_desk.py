"""Deciding on a real run: corrections reach the records, gold and spreadsheets; stale ones never do."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review.decisions import DecisionError
from pipeline.review.desk import Desk
from pipeline.review.gold import write_gold
from pipeline.review.identity import KINDS, identities
from pipeline.review.index import Filter, RunError
from pipeline.review.spreadsheet import import_table
from pipeline.score.compare import compare

if TYPE_CHECKING:
    from pathlib import Path

DOC = "pilot-programs-2024-01-11"


@pytest.fixture
def desk(run: Path) -> Desk:
    return Desk(run)


def named(desk: Desk, kind: str, **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first record of a kind that has these fields, and its identity as the page sends it."""
    document = desk.index.document(DOC)
    assert document is not None
    for record, row in identities(document).items():
        if record.kind == kind and all(row[name] == value for name, value in fields.items()):
            return record.as_json(), row
    raise AssertionError(f"no {kind} with {fields}")


def records(desk: Desk, kind: str) -> list[dict[str, Any]]:
    document = desk.document(DOC)
    assert document is not None
    rows: list[dict[str, Any]] = document["records"][kind]
    return rows


def test_the_queue_starts_with_what_is_flagged_then_with_doubt(desk: Desk) -> None:
    rows = desk.index.queue(Filter())["rows"]
    flagged = [bool(row["flags"]) for row in rows]
    assert flagged == sorted(flagged, reverse=True)
    doubts = [row["confidence"] for row in rows if not row["flags"]]
    assert doubts == sorted(doubts)


@pytest.mark.parametrize(
    ("wanted", "labels"),
    [
        (Filter(kind="claims", text="827"), {"827 enterprises"}),
        (Filter(flag="unresolved-surname", doc_id=DOC), {"Zhang"}),
        (Filter(kind="regions", region="zhejiang", doc_id=DOC), {"Zhejiang"}),
        (Filter(text="%"), set()),
        (Filter(kind="claims'; DROP TABLE records; --"), set()),
    ],
)
def test_filters(desk: Desk, wanted: Filter, labels: set[str]) -> None:
    assert {row["label"] for row in desk.index.queue(wanted)["rows"]} == labels
    assert desk.index.queue(Filter())["total"] > 50


def test_an_edit_changes_the_record_and_its_links(desk: Desk) -> None:
    name, claim = named(desk, "claims", text="827")
    _, fujian = named(desk, "regions", name="Fujian")
    desk.decide("me", DOC, name, "edit", {"value": 828, "regions": [fujian["id"]]})
    row = next(c for c in records(desk, "claims") if c["id"] == claim["id"])
    assert (row["value"], row["regions"]) == (828, [fujian["id"]])
    assert desk.index.queue(Filter(status="corrected"))["total"] == 1


def test_a_rejected_record_takes_its_references_along(desk: Desk) -> None:
    name, zhejiang = named(desk, "regions", name="Zhejiang")
    desk.decide("me", DOC, name, "reject", {})
    document = desk.document(DOC)
    assert document is not None
    assert zhejiang["id"] not in {r["id"] for r in document["records"]["regions"]}
    assert zhejiang["id"] not in json.dumps([c["regions"] for c in document["records"]["claims"]])
    desk.step("me", back=True)
    assert zhejiang["id"] in {r["id"] for r in records(desk, "regions")}


def test_an_added_record_is_checked_and_can_be_edited_and_rejected(desk: Desk) -> None:
    text = desk.index.text(DOC)
    start = text.index("selected regions")
    fields = {"start": start, "end": start + 8, "value": 7, "measure": "regions"}
    desk.decide("me", DOC, {"kind": "claims"}, "add", fields)
    row = next(c for c in records(desk, "claims") if c["text"] == "selected")
    document = desk.document(DOC)
    assert document is not None
    name = document["identities"][row["id"]]
    desk.decide("me", DOC, name, "edit", {"value": 8})
    assert next(c for c in records(desk, "claims") if c["text"] == "selected")["value"] == 8
    desk.decide("me", DOC, name, "reject", {})
    document = desk.document(DOC)
    assert document is not None
    assert "selected" not in {c["text"] for c in document["records"]["claims"]}
    assert document["stale"] == []


@pytest.mark.parametrize(
    ("verdict", "fields", "message"),
    [
        ("edit", {"value": "many"}, "claims: value"),
        ("edit", {"comparator": "?"}, "claims: comparator"),
        ("edit", {"rule": "x"}, "rule cannot be set"),
        ("edit", {"nonsense": 1}, "nonsense cannot be set"),
        ("maybe", {}, "choose from accept"),
    ],
)
def test_what_does_not_fit_is_refused(desk: Desk, verdict: str, fields: dict[str, Any], message: str) -> None:
    name, _ = named(desk, "claims", text="827")
    with pytest.raises(DecisionError, match=message):
        desk.decide("me", DOC, name, verdict, fields)
    assert desk.log.decisions == []


def test_a_decision_on_another_text_is_stale_and_not_applied(run: Path) -> None:
    desk = Desk(run)
    name, claim = named(desk, "claims", text="827")
    desk.decide("me", DOC, name, "edit", {"value": 828})
    changed = (run / "records.jsonl").read_text().replace(name["sha256"], "0" * 64)
    (run / "records.jsonl").write_text(changed)
    again = Desk(run)
    document = again.document(DOC)
    assert document is not None
    assert [d["record"]["value"] for d in document["stale"]] == [name["value"]]
    assert next(c for c in document["records"]["claims"] if c["id"] == claim["id"])["value"] == 827


def test_gold_needs_every_record_reviewed_and_then_scores_one(run: Path, tmp_path: Path) -> None:
    desk = Desk(run)
    with pytest.raises(DecisionError, match="records are not reviewed yet"):
        write_gold(run, [DOC], tmp_path / "gold")
    assert not (tmp_path / "gold").exists()
    name, _ = named(desk, "claims", text="827")
    desk.decide("me", DOC, name, "edit", {"value": 828})
    desk.accept_all("me", Filter(doc_id=DOC))
    (path,) = write_gold(run, [DOC], tmp_path / "gold")
    gold, document = json.loads(path.read_text()), desk.index.document(DOC)
    assert document is not None
    result = compare(gold, document)
    assert {kind: result.kinds[kind].whole.fn for kind in KINDS if result.kinds[kind].whole.fn} == {"claims": 1}


def test_a_spreadsheet_comes_back_as_decisions(run: Path, tmp_path: Path) -> None:
    desk = Desk(run)
    document = desk.index.document(DOC)
    assert document is not None
    path = tmp_path / "edited.csv"
    columns = ["doc_id", "id", "text", "measure", "review_status", "correction"]
    edits = {
        "827": ("", "value=828; measure=firms"),
        "84": ("Accepted", ""),
        "628": ("rejected", ""),
        "110": ("what", ""),
    }
    with path.open("w", newline="") as out:
        table = csv.DictWriter(out, columns, delimiter=";")
        table.writeheader()
        for row in document["claims"]:
            status, correction = edits.get(row["text"], ("", ""))
            cells = {"doc_id": DOC, "id": row["id"], "text": row["text"]}
            table.writerow(cells | {"review_status": status, "correction": correction})
        table.writerow({"doc_id": DOC, "id": "c99", "text": "x", "review_status": "accepted", "correction": ""})
    result = import_table(desk, path, who="me")
    assert result.taken == 3
    assert [line.split(": ", 2)[1] for line in result.unfit] == ["review_status 'what'", "c99"]
    claims = {c["text"]: c for c in records(desk, "claims")}
    assert (claims["827"]["value"], claims["827"]["measure"]) == (828, "firms")
    assert "measure" not in claims["827"]["evidence"]
    assert "628" not in claims
    assert import_table(desk, path, who="me").taken <= 1


def test_a_table_of_another_name_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "book1.csv"
    path.write_text("doc_id,id\na,b\n")
    with pytest.raises(DecisionError, match="keep the columns"):
        import_table(desk, path, who="me")
    with pytest.raises(DecisionError, match="no such file"):
        import_table(desk, tmp_path / "book2.csv", who="me")


def test_a_text_is_read_from_the_run_only(run: Path) -> None:
    with pytest.raises(RunError, match="no such text"):
        Desk(run).index.text("../../secret")


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no records"):
        Desk(tmp_path)
