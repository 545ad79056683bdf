"""`write_report`: a run folder → one HTML file with everything in it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pipeline.export.reading import read_documents
from pipeline.report.highlight import Mark, highlighted

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Template

    from pipeline.export.reading import Exported

Row = dict[str, Any]

#: Articles shown in full; a page with more of them opens slowly, and the tables of the run folder have them all.
MOST_ARTICLES = 200

#: The columns that each table of the page shows.
COLUMNS = {
    "claims": ("text", "value", "unit", "measure", "comparator", "change", "basis", "regions", "date", "speaker"),
    "regions": ("name", "name_zh", "kind", "iso_code", "adcode", "parent", "mentions"),
    "people": ("name", "roles", "organisation", "resolved", "mentions"),
    "organisations": ("name", "kind", "parent", "region", "mentions"),
    "dates": ("text", "type", "value", "mod", "earliest", "latest"),
    "statements": ("text", "speaker", "speaker_text", "cue", "mode"),
    "programmes": ("name", "kind", "initiators", "start", "regions", "declared_regions"),
    "flags": ("record", "code", "message"),
}


def write_report(run: Path, path: Path, *, version: str) -> int:
    """Write the report of the run folder `run` to `path` and return the number of articles shown.

    The page loads nothing: styles, script and drawings stand in it, and its content security policy allows no other.
    Needs the extra `report`.
    """
    from pipeline.report.charts import charts

    documents = list(read_documents(run))
    shown = documents[:MOST_ARTICLES]
    script = _asset("report.js")
    html = _template().render(
        version=version,
        total=len(documents),
        counts={kind: sum(len(d.records[kind]) for d in documents) for kind in COLUMNS},
        charts=charts(d.records for d in documents),
        articles=[_article(document) for document in shown],
        tables=_tables(shown),
        style=_asset("report.css"),
        script=script,
        script_hash=_digest(script),
    )
    path.write_text(html, "utf-8")
    return len(shown)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _asset(name: str) -> str:
    return files("pipeline.report").joinpath("assets", name).read_text("utf-8")


@cache
def _template() -> Template:
    from jinja2 import Environment

    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_asset("report.html"))


def _article(document: Exported) -> Row:
    return {
        "doc_id": document.doc_id,
        "about": document.records["article"],
        "html": highlighted(document.text, _marks(document)),
        "flags": document.records["flags"],
    }


def _marks(document: Exported) -> list[Mark]:
    names = _names(document.records)
    claims = {c["id"]: f"claim: {c['value']} {c['unit']} {c['measure'] or ''}" for c in document.records["claims"]}
    out = []
    for stretch in document.stretches():
        title = claims.get(stretch.id) or f"{stretch.label}: {names.get(stretch.ref or '', stretch.ref or '')}"
        out.append(Mark(stretch.start, stretch.end, stretch.label, stretch.ref or stretch.id, title))
    return out


def _names(records: Row) -> dict[str, str]:
    named = {r["id"]: r["name"] for kind in ("regions", "people", "organisations", "programmes") for r in records[kind]}
    return named | {d["id"]: f"{d['text']} ({d['value']})" for d in records["dates"]}


def _tables(documents: list[Exported]) -> dict[str, Row]:
    return {
        kind: {"columns": ("article", *columns), "rows": _rows(documents, kind)} for kind, columns in COLUMNS.items()
    }


def _rows(documents: list[Exported], kind: str) -> list[list[str]]:
    return [
        [document.doc_id, *(_cell(record.get(column), _names(document.records)) for column in COLUMNS[kind])]
        for document in documents
        for record in document.records[kind]
    ]


def _cell(value: Any, names: dict[str, str]) -> str:
    if isinstance(value, list):
        return "; ".join(_cell(one, names) for one in value)
    return "" if value is None else names.get(str(value), str(value))
