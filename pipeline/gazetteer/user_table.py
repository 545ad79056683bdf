"""A user's own table of places: read, checked, and laid over the committed ones."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from pipeline.gazetteer.gazetteer import Gazetteer, extended, gazetteer
from pipeline.gazetteer.place import Place
from pipeline.schema import RegionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COLUMNS = (
    "name", "kind", "key", "iso_code", "adcode", "parent", "latitude", "longitude", "name_zh", "valid_from", "valid_to",
    "members", "aliases",
)  # fmt: skip
REQUIRED = ("name", "kind")
#: A user's place goes before all others of its name.
USER_PRIOR = 100.0

ISO = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
ADCODE = re.compile(r"[1-9]\d{5}")
YEAR = re.compile(r"[12]\d{3}")


class UserTableError(ValueError):
    """What is wrong with a user's table: the file, the line, the column, and what would be right."""


def load_user_table(path: str | Path) -> tuple[Place, ...]:
    """Read a table of places: csv in UTF-8 with a header; `name` and `kind` are required, the other COLUMNS are not.

    Lists (`aliases`, `members`) are joined with `|`. A row with the adcode or key of a known place replaces it.
    Raises `UserTableError` that names the file, the line and the column.
    """
    path = Path(path)
    return tuple(place_of(path, line, cells) for line, cells in read_lines(path))


@cache
def gazetteer_with(path: str | None) -> Gazetteer:
    """The committed gazetteer, with a user's table over it where there is one."""
    return extended(load_user_table(path)) if path else gazetteer()


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their line numbers, after a check of file and header."""
    if not path.is_file():
        raise UserTableError(f"{path}: no such file; give a csv table with the columns {', '.join(REQUIRED)}")
    data = path.read_bytes()
    text = data.decode("utf-8-sig", errors="replace")
    if "\ufffd" in text:
        line = text[: text.index("\ufffd")].count("\n") + 1
        raise UserTableError(f"{path}, line {line}: not UTF-8; save the table as CSV UTF-8")
    reader = csv.DictReader(text.splitlines(), restkey="")
    check_header(path, list(reader.fieldnames or ()))
    for cells in reader:
        if "" in cells:
            raise UserTableError(f"{path}, line {reader.line_num}: more cells than columns; quote cells with a comma")
        yield reader.line_num, {column: (cell or "").strip() for column, cell in cells.items()}


def check_header(path: Path, header: list[str]) -> None:
    """Refuse a header with unknown, doubled or missing columns."""
    for column in header:
        if column not in COLUMNS:
            raise UserTableError(f"{path}, line 1, column {column!r}: unknown; the columns are {', '.join(COLUMNS)}")
        if header.count(column) > 1:
            raise UserTableError(f"{path}, line 1, column {column!r}: stands twice")
    for column in REQUIRED:
        if column not in header:
            raise UserTableError(f"{path}, line 1, column {column!r}: missing; required are {', '.join(REQUIRED)}")


def place_of(path: Path, line: int, cells: dict[str, str]) -> Place:
    """One row as a place."""

    def cell(column: str, is_right: Callable[[str], object], wanted: str) -> str:
        value = cells.get(column, "")
        if (value or column in REQUIRED) and not is_right(value):
            raise UserTableError(f"{path}, line {line}, column {column!r}: {value!r} is not {wanted}")
        return value

    name = cell("name", lambda value: value[:1].isupper(), "a name that begins with a capital letter")
    kind = cell("kind", get_args(RegionKind).__contains__, f"one of {', '.join(get_args(RegionKind))}")
    iso = cell("iso_code", ISO.fullmatch, "a code like CN or CN-GD")
    adcode = cell("adcode", ADCODE.fullmatch, "six digits like 441300")
    parent = cell("parent", ISO.fullmatch, "a code like CN or CN-GD")
    latitude = cell("latitude", lambda value: is_degrees(value, 90), "a number of degrees from -90 to 90")
    longitude = cell("longitude", lambda value: is_degrees(value, 180), "a number of degrees from -180 to 180")
    first = cell("valid_from", YEAR.fullmatch, "a year")
    last = cell("valid_to", YEAR.fullmatch, "a year")
    return Place(
        key=cells.get("key") or adcode or iso or f"user:{name}",
        name=name,
        kind=cast("RegionKind", kind),
        iso_code=iso or None,
        adcode=adcode or None,
        parent=parent or None,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        name_zh=cells.get("name_zh") or None,
        valid_from=int(first) if first else None,
        valid_to=int(last) if last else None,
        members=tuple(filter(None, cells.get("members", "").split("|"))),
        aliases=tuple(alias.strip() for alias in cells.get("aliases", "").split("|") if alias.strip()),
        prior=USER_PRIOR,
        upper=parent or None,
        group="user",
    )


def is_degrees(value: str, most: float) -> bool:
    """Say whether a cell is a number from -most to most."""
    return re.fullmatch(r"-?\d{1,3}(?:\.\d{1,12})?", value) is not None and abs(float(value)) <= most
