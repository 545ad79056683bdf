"""What the rules may know: general tables with their sources, and nothing of the articles that they are scored on."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PIPELINE = ROOT / "pipeline"
RESOURCES = PIPELINE / "resources"
GOLD = sorted((ROOT / "corpus").rglob("gold/*.json"))
#: Tables of bodies, places and outlets that every reader of such news knows.
GENERAL = ("resources/gazetteer/", "resources/organisations/bodies.csv", "resources/organisations/media.txt")


@pytest.mark.parametrize("table", sorted(p for p in RESOURCES.rglob("*") if p.suffix in (".csv", ".txt")), ids=str)
def test_every_table_names_its_source(table: Path) -> None:
    sources = (RESOURCES / "SOURCES.md").read_text("utf-8")
    name = table.relative_to(RESOURCES)
    assert f"`{name.as_posix()}`" in sources or f"`{name.parent.as_posix()}/`" in sources


@cache
def written() -> dict[str, str]:
    """The text of every file of the package that is not a general table."""
    files = (p for p in PIPELINE.rglob("*") if p.suffix in (".py", ".csv", ".txt"))
    named = {p.relative_to(PIPELINE).as_posix(): p for p in files}
    return {name: p.read_text("utf-8") for name, p in named.items() if not name.startswith(GENERAL)}


def names_of(document: dict[str, Any]) -> Iterator[str]:
    """The full names of people and the names of companies and associations of one gold file."""
    for kind in ("people", "organisations"):
        for row in document[kind]:
            if kind == "people" or row["kind"] in ("company", "association"):
                values = row["name"]["any"] if isinstance(row["name"], dict) else [row["name"]]
                yield from (value for value in values if " " in value)


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.stem)
def test_no_name_of_a_labelled_article_stands_in_the_package(gold: Path) -> None:
    names = sorted(set(names_of(json.loads(gold.read_text("utf-8")))))
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names)) or '(?!)'})\b")
    found = {name: match.group() for name, text in written().items() if (match := pattern.search(text))}
    assert found == {}
