"""`pilotfacts schema` and `lookup`: what the program knows without reading an article."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.telling import fail

if TYPE_CHECKING:
    from pipeline.gazetteer.lookup import Found


def schema() -> None:
    """Print the JSON Schema of one line of records.jsonl."""
    from pipeline.schema import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))


def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A place's name, in English or Chinese, or its code.")],
    near: Annotated[
        str | None, typer.Option(metavar="REGION", help="Bring forward what lies in this region or by it.")
    ] = None,
    table: Annotated[
        str | None, typer.Option("--gazetteer", metavar="FILE.csv", help="Your own table of places, laid over ours.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything that is known, as JSON.")] = False,
) -> None:
    """Show every place that a name may mean, with codes, parents and the years that it was so."""
    from pipeline.gazetteer.lookup import UnknownRegionError, look_up
    from pipeline.gazetteer.user_table import UserTableError, gazetteer_with

    try:
        found = look_up(name, near=near, places=gazetteer_with(table))
    except (UnknownRegionError, UserTableError, OSError) as error:
        fail(error)
    if not found:
        fail(f"the gazetteer has no {name!r}: try another spelling, or add it with --gazetteer FILE.csv")
    if as_json:
        typer.echo(json.dumps([one._asdict() for one in found], ensure_ascii=False, indent=1))
    else:
        _print(found)


def _print(places: tuple[Found, ...]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("name", "Chinese", "kind", "ISO 3166", "adcode", "inside", "years", "weight"):
        shown.add_column(column, justify="right" if column == "weight" else "left", overflow="fold")
    for place in places:
        codes = (place.name, place.name_zh or "", place.kind, place.iso_code or "", place.adcode or "")
        shown.add_row(*codes, place.inside, _years(place), f"{place.share:.0%}")
    Console().print(shown)
    for place in places:
        if place.members:
            typer.echo(f"{place.name}: {', '.join(place.members)}")


def _years(place: Found) -> str:
    if place.valid_to is None:
        return f"since {place.valid_from}" if place.valid_from else ""
    return f"{place.valid_from or ''}-{place.valid_to}" + (f", now {place.now}" if place.now else "")
