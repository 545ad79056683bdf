"""An article whose every part is an attack passes through a whole run harmless."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from typer.testing import CliRunner

from pipeline.cli import app

FORMULA = ("=", "+", "-", "@", "\t", "\r")
ARTICLE = {
    "id": "../../=cmd|' /C calc'!A0",
    "title": '=HYPERLINK("http://evil.example","x")<script>alert(1)</script>',
    "authors": ["@SUM(1+1)", "+1+cmd"],
    "publisher": "-2+3+cmd|' /C calc'!A0",
    "url": "javascript:alert(1)",
    "published": "2024-01-11",
    "text": (
        "=1+1 rose by 3 percent in Hebei in May 2023, said Li Hua, director of the @SUM Co Ltd.\n\n"
        '"-2+3 and <img src=x onerror=alert(1)> cost $5 million," said =cmd|calc Group president Wang Wei.\n\n'
        "\u202eTurned round\u202c, 40 mills of +Alpha Corp opened in Fujian on Monday, officials said.\n"
    ),
}


def cells(run: Path) -> list[tuple[str, str, str]]:
    """Every cell of every table, with its table and its column."""
    out = []
    for path in sorted(run.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        out += [(path.name, name, cell) for row in rows for name, cell in zip(header, row, strict=True)]
    return out


def is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(".", "", 1).isdecimal()


def test_no_cell_computes_and_no_file_lands_elsewhere(tmp_path: Path) -> None:
    source = tmp_path / "in" / "=news.jsonl"
    source.parent.mkdir()
    source.write_text(json.dumps(ARTICLE) + "\n")
    result = CliRunner().invoke(app, ["extract", str(source), "-o", str(tmp_path / "run")])
    assert result.exit_code == 0, result.output
    found = cells(tmp_path / "run")
    assert any("40" in cell for table, _, cell in found if table == "claims.csv")
    assert [c for c in found if c[2].startswith(FORMULA) and not is_number(c[2])] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "run"]
    assert all(path.resolve().is_relative_to(tmp_path / "run") for path in (tmp_path / "run").rglob("*"))
