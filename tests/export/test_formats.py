"""Each format loads in the tool's own library, or is checked against its documented shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.tokens import DocBin

from pipeline.export.formats import FORMATS, export
from pipeline.export.reading import ExportError
from tests.score.examples import TEXT, full

if TYPE_CHECKING:
    from pathlib import Path

TEXT_WITH_EMOJI = TEXT + " \U0001f600 Hebei <script>alert(1)</script>"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run folder of one document, written by hand."""
    document = full()
    document["article"] |= {"title": "T", "authors": [], "publisher": None, "published": None, "url": None}
    document["article"] |= {"language": "en"}
    place = TEXT_WITH_EMOJI.rindex("Hebei")
    document["mentions"].append(
        {"id": "m4", "kind": "region", "form": "name", "text": "Hebei", "start": place, "end": place + 5, "ref": "r1"}
    )
    document["regions"][0] |= {"latitude": 38.0, "longitude": 114.5, "name_zh": "河北", "kind": "province"}
    document["regions"][0] |= {"parent": "CN", "mentions": 2}
    document["people"][0] |= {"given_name": "Hua"}
    for claim in document["claims"]:
        claim |= {"unit": "1", "value_high": None, "change": None}
    cue = TEXT.index("said")
    document["statements"][0] |= {"cue_start": cue, "cue_end": cue + 4}
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT_WITH_EMOJI, "utf-8")
    (tmp_path / "records.jsonl").write_text(json.dumps(document) + "\n", "utf-8")
    return tmp_path


def exported(run: Path, to: str) -> Any:
    return json.loads(export(run, to, run / FORMATS[to], version="1").read_text("utf-8").splitlines()[0])


def test_label_studio(run: Path) -> None:
    (task,) = json.loads(export(run, "label-studio", run / "x.json", version="1").read_text("utf-8"))
    assert set(task) == {"data", "predictions"}
    results = task["predictions"][0]["result"]
    labels = [r for r in results if r["type"] == "labels"]
    assert all(task["data"]["text"][r["value"]["start"] : r["value"]["end"]] == r["value"]["text"] for r in labels)
    ids = {r["id"] for r in labels}
    relations = [r for r in results if r["type"] == "relation"]
    assert relations
    assert all({r["from_id"], r["to_id"]} <= ids for r in relations)


def test_doccano(run: Path) -> None:
    row = exported(run, "doccano")
    assert {row["text"][e["start_offset"] : e["end_offset"]] for e in row["entities"]} >= {"Hebei", "May 2023", "40"}
    ids = {e["id"] for e in row["entities"]}
    assert row["relations"]
    assert all({r["from_id"], r["to_id"]} <= ids for r in row["relations"])


def test_spacy_reads_its_own_format(run: Path) -> None:
    path = export(run, "spacy", run / "x.spacy", version="1")
    (doc,) = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    assert doc.text == TEXT_WITH_EMOJI
    assert [(e.text, e.label_) for e in doc.ents][:2] == [("Hebei", "region"), ("May 2023", "date")]
    assert {s.label_ for s in doc.spans["sc"]} == {"region", "date", "person", "claim", "statement", "cue"}


def test_conll_columns(run: Path) -> None:
    lines = export(run, "conll", run / "x.conll", version="1").read_text("utf-8").splitlines()
    assert lines[0] == "-DOCSTART- -X- -X- O"
    rows = [line.split(" ") for line in lines[2:] if line]
    assert all(len(row) == 4 for row in rows)
    assert ["May", "-X-", "-X-", "B-date"] in rows
    assert ["2023", "-X-", "-X-", "I-date"] in rows


def test_json_ld_refers_only_to_what_it_holds(run: Path) -> None:
    row = exported(run, "jsonl-ld")
    ids = {node["@id"] for node in row["@graph"]}
    claim = next(node for node in row["@graph"] if node["@type"] == "Observation")
    assert set(claim["about"]) <= ids
    assert row["@context"]["@vocab"] == "https://schema.org/"


def test_geojson_positions_are_longitude_first(run: Path) -> None:
    whole = json.loads(export(run, "geojson", run / "x.geojson", version="1").read_text("utf-8"))
    (feature,) = whole["features"]
    assert (whole["type"], feature["type"], feature["geometry"]) == (
        "FeatureCollection",
        "Feature",
        {"type": "Point", "coordinates": [114.5, 38.0]},
    )
    assert [c["value"] for c in feature["properties"]["claims"]] == [40, 3]


@pytest.mark.parametrize("to", sorted(FORMATS))
def test_the_same_run_gives_the_same_bytes(run: Path, to: str) -> None:
    if to == "spacy":
        pytest.skip("the order in spaCy's string store is its own")
    first = export(run, to, run / "one", version="1").read_bytes()
    assert export(run, to, run / "two", version="1").read_bytes() == first


def test_an_unknown_format_is_named(run: Path) -> None:
    with pytest.raises(ExportError, match="choose from label-studio"):
        export(run, "xml", run / "x", version="1")


def test_a_run_without_records_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no records"):
        export(tmp_path, "conll", tmp_path / "x", version="1")


def test_a_missing_text_is_named(run: Path) -> None:
    (run / "texts" / "a.txt").unlink()
    with pytest.raises(ExportError, match="missing"):
        export(run, "doccano", run / "x", version="1")
