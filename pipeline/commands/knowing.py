"""`pilotfacts schema` and `lookup`: what the program knows without reading an article."""

from __future__ import annotations

import json

import typer


def schema() -> None:
    """Print the JSON Schema of one line of records.jsonl."""
    from pipeline.schema import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
