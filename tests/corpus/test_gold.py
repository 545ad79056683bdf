"""The gold files are sound: they belong to their texts, quote them exactly, and every reference resolves."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from pipeline import schema

CORPUS = Path(__file__).parents[2] / "corpus"
FOLDERS = (CORPUS, CORPUS / "unseen", CORPUS / "held_out")
GOLD = [path for folder in FOLDERS for path in sorted((folder / "gold").glob("*.json"))]
Row = dict[str, Any]

MODELS: dict[str, type[BaseModel]] = {
    "mentions": schema.Mention,
    "regions": schema.Region,
    "people": schema.Person,
    "organisations": schema.Organisation,
    "dates": schema.DateRecord,
    "claims": schema.Claim,
    "statements": schema.Statement,
    "programmes": schema.Programme,
}
PREFIXES = dict(zip(MODELS, "mrpodcsg", strict=True))
REFERENCES = {
    "mentions": ("ref",),
    "people": ("organisation",),
    "organisations": ("parent", "region"),
    "claims": ("regions", "date", "date_until", "speaker", "related"),
    "statements": ("speaker",),
    "programmes": ("initiators", "regions"),
}


def alternatives(value: Any) -> list[Any]:
    """``{"any": [1, 2]}`` → ``[1, 2]``; ``3`` → ``[3]``."""
    return list(value["any"]) if isinstance(value, dict) else [value]


def flat(value: Any) -> list[Any]:
    """All the single values that a field accepts, those of its lists included."""
    return [x for option in alternatives(value) for x in (option if isinstance(option, list) else [option])]


@pytest.fixture(scope="module", params=GOLD, ids=[path.stem for path in GOLD])
def gold(request: pytest.FixtureRequest) -> tuple[Row, str]:
    document = json.loads(request.param.read_text("utf-8"))
    articles = request.param.parents[1] / "articles"
    text = (articles / f"{request.param.stem}.txt").read_bytes().decode("utf-8")
    assert document["article"]["doc_id"] == request.param.stem
    return document, text


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_article_has_its_gold(folder: Path) -> None:
    articles, labels = (folder / "articles").glob("*.txt"), (folder / "gold").glob("*.json")
    assert sorted(path.stem for path in articles) == sorted(path.stem for path in labels)


def test_text_has_not_drifted(gold: tuple[Row, str]) -> None:
    document, text = gold
    assert document["article"]["sha256"] == sha256(text.encode()).hexdigest()


def test_surfaces_stand_where_they_are_said_to(gold: tuple[Row, str]) -> None:
    document, text = gold
    for kind in ("mentions", "dates", "claims", "statements"):
        for row in document[kind]:
            assert text[row["start"] : row["end"]] == alternatives(row["text"])[0], row["id"]
    for row in document["statements"]:
        if row["cue"] is not None:
            assert text[row["cue_start"] : row["cue_end"]] == alternatives(row["cue"])[0], row["id"]


@pytest.mark.parametrize("kind", MODELS)
def test_fields_and_codes_are_those_of_the_schema(gold: tuple[Row, str], kind: str) -> None:
    fields = MODELS[kind].model_fields
    for row in gold[0][kind]:
        assert set(row) <= {*fields, "optional"}, row["id"]
        for name, value in row.items():
            options = codes(fields[name].annotation) if name != "optional" else None
            if options is not None:
                assert set(flat(value)) <= options, (row["id"], name)


def codes(annotation: Any) -> set[Any] | None:
    """The words that a field may hold where it is an enumeration: ``Literal["a"] | None`` → ``{"a", None}``."""
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    inner = [part for part in get_args(annotation) if get_origin(part) is Literal]
    return {*get_args(inner[0]), None} if inner else None


def test_references_resolve(gold: tuple[Row, str]) -> None:
    document, _ = gold
    ids = {row["id"] for kind in MODELS for row in document[kind]} | {None}
    for kind, names in REFERENCES.items():
        for row in document[kind]:
            for name in names:
                assert set(flat(row[name])) <= ids, (row["id"], name)
    assert {flag["record"] for flag in document["flags"]} <= ids


@pytest.mark.parametrize("kind", MODELS)
def test_ids_are_in_order_of_first_appearance(gold: tuple[Row, str], kind: str) -> None:
    rows = gold[0][kind]
    assert [row["id"] for row in rows] == [f"{PREFIXES[kind]}{number}" for number in range(1, len(rows) + 1)]
    starts = [first_place(gold[0], row, kind) for row in rows]
    assert starts == sorted(starts)


def first_place(document: Row, row: Row, kind: str) -> int:
    """Where a row first appears: its own start, or that of an entity's first mention."""
    if kind in ("mentions", "dates", "claims", "statements"):
        return int(row["start"])
    return min(int(m["start"]) for m in document["mentions"] if alternatives(m["ref"])[0] == row["id"])


def test_relations_are_complete(gold: tuple[Row, str]) -> None:
    for claim in gold[0]["claims"]:
        assert (None in alternatives(claim["related"])) == (None in alternatives(claim["relation"])), claim["id"]
        assert claim["id"] not in flat(claim["related"])


def test_dates_have_bounds_in_order(gold: tuple[Row, str]) -> None:
    for row in gold[0]["dates"]:
        earliest, latest = (alternatives(row.get(name))[0] for name in ("earliest", "latest"))
        assert earliest is None or latest is None or earliest <= latest, row["id"]
