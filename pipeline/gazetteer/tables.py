"""The committed tables: how a row becomes a place, and under which key and names."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, cast

from pipeline.gazetteer.place import Place

if TYPE_CHECKING:
    from pipeline.schema import RegionKind

Cells = list[str]

#: How likely a newspaper means a division by its bare name, where nobody reviewed it: a province or a country nearly
#: always, a city of prefecture level mostly, a county seldom.
LARGE, PREFECTURE, COUNTY = 0.97, 0.8, 0.02
PAST_PREFECTURE, PAST_COUNTY = 0.01, 0.003
AREA, ABROAD = 0.9, 0.7
#: A city of so many people is as likely meant by its name as a province.
MILLIONS = 4_000_000

#: ISO 3166-2:CN by the first two digits of the adcode (GB/T 2260 and ISO 3166-2:2020).
ISO_OF_PROVINCE = {
    "11": "BJ", "12": "TJ", "13": "HE", "14": "SX", "15": "NM", "21": "LN", "22": "JL", "23": "HL", "31": "SH",
    "32": "JS", "33": "ZJ", "34": "AH", "35": "FJ", "36": "JX", "37": "SD", "41": "HA", "42": "HB", "43": "HN",
    "44": "GD", "45": "GX", "46": "HI", "50": "CQ", "51": "SC", "52": "GZ", "53": "YN", "54": "XZ", "61": "SN",
    "62": "GS", "63": "QH", "64": "NX", "65": "XJ", "71": "TW", "81": "HK", "82": "MO",
}  # fmt: skip


class Table(NamedTuple):
    """A csv file of `resources/gazetteer`: where its names are, what its keys are, how a row becomes a place."""

    file: str
    name: int
    aliases: int
    key: Callable[[Cells], str]
    place: Callable[[Cells], Place]


def read_rows(name: str) -> list[Cells]:
    """The cells of a table, header left out."""
    text = files("pipeline.resources").joinpath("gazetteer", f"{name}.csv").read_text("utf-8")
    return list(csv.reader(text.splitlines()))[1:]


def country(cells: Cells) -> Place:
    """A country of ISO 3166-1."""
    iso, name, continent, latitude, longitude, aliases = cells
    return Place(
        key=iso,
        name=name,
        kind="country",
        iso_code=iso,
        latitude=_number(latitude),
        longitude=_number(longitude),
        aliases=_list(aliases),
        prior=LARGE,
        upper=continent or None,
        group="country",
    )


def division(cells: Cells) -> Place:
    """A division of China, of today or gone."""
    adcode, name, name_zh, kind, upper, latitude, longitude, first, last, aliases, confidence, successor = cells
    iso = f"CN-{ISO_OF_PROVINCE[adcode[:2]]}"
    top = not upper
    return Place(
        key=past_key(cells) if last else adcode,
        name=name,
        kind=cast("RegionKind", kind),
        iso_code=iso if top else None,
        adcode=adcode,
        parent="CN" if top else iso,
        latitude=_number(latitude),
        longitude=_number(longitude),
        name_zh=name_zh,
        valid_from=_year(first),
        valid_to=_year(last),
        aliases=_list(aliases),
        prior=division_prior(adcode, kind, past=bool(last)),
        confidence=float(confidence),
        upper=upper or "CN",
        successor=successor or None,
    )


def past_key(cells: Cells) -> str:
    """The key of a division that is gone: its code, which may have gone to another, and its first year."""
    return f"{cells[0]}@{cells[7] or 1980}"


def division_prior(adcode: str, kind: str, *, past: bool) -> float:
    """How likely a newspaper means this division by its bare name."""
    if past:
        return PAST_COUNTY if kind == "county" else PAST_PREFECTURE
    return reviewed_priors().get(adcode) or {"prefecture": PREFECTURE, "county": COUNTY}.get(kind, LARGE)


@cache
def reviewed_priors() -> dict[str, float]:
    """The priors that `priors.csv` gives, by key."""
    return {key: float(prior) for key, prior, *_ in read_rows("priors")}


def area(cells: Cells) -> Place:
    """A continent, an economic area or a zone."""
    key, name, kind, parent, adcode, latitude, longitude, members, name_zh, aliases, first = cells
    return Place(
        key=key,
        name=name,
        kind=cast("RegionKind", kind),
        adcode=adcode or None,
        parent=parent or None,
        latitude=_number(latitude),
        longitude=_number(longitude),
        name_zh=name_zh or None,
        valid_from=_year(first),
        members=_list(members),
        aliases=_list(aliases),
        prior=AREA,
        upper=parent or None,
        group="area",
    )


def abroad(cells: Cells) -> Place:
    """A first-level division or a larger city outside China."""
    iso, geonames, name, of_country, in_division, latitude, longitude, weight, aliases = cells
    people = int(weight or 0)
    return Place(
        key=iso or f"geonames:{geonames}",
        name=name,
        kind="province" if iso else "other",
        iso_code=iso or None,
        parent=of_country,
        latitude=_number(latitude),
        longitude=_number(longitude),
        aliases=_list(aliases),
        prior=ABROAD if iso else reviewed_priors().get(f"geonames:{geonames}") or city_prior(people),
        upper=in_division or of_country,
        group="abroad" if iso else "city",
    )


def city_prior(people: int) -> float:
    """How likely a newspaper means a city abroad: London of nine million people well before London, Ontario."""
    return min(LARGE, float((people / MILLIONS) ** 1.3) + 0.002)


#: The tables in the order in which places of one name come where nothing else decides.
TABLES = (
    Table("countries", 1, 5, lambda cells: cells[0], country),
    Table("divisions", 1, 9, lambda cells: cells[0], division),
    Table("areas", 1, 9, lambda cells: cells[0], area),
    Table("world", 2, 8, lambda cells: cells[0] or f"geonames:{cells[1]}", abroad),
    Table("divisions_past", 1, 9, past_key, division),
)


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
