"""The committed tables, row by row as places."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from pipeline.gazetteer.place import Place

if TYPE_CHECKING:
    from pipeline.schema import RegionKind

#: How much likelier a newspaper means the province than the city, the city than the county of one name.
PRIOR_OF_LEVEL = {"prefecture": 0.8, "county": 0.03}
LARGE = 0.97

#: ISO 3166-2:CN by the first two digits of the adcode (GB/T 2260 and ISO 3166-2:2020).
ISO_OF_PROVINCE = {
    "11": "BJ", "12": "TJ", "13": "HE", "14": "SX", "15": "NM", "21": "LN", "22": "JL", "23": "HL", "31": "SH",
    "32": "JS", "33": "ZJ", "34": "AH", "35": "FJ", "36": "JX", "37": "SD", "41": "HA", "42": "HB", "43": "HN",
    "44": "GD", "45": "GX", "46": "HI", "50": "CQ", "51": "SC", "52": "GZ", "53": "YN", "54": "XZ", "61": "SN",
    "62": "GS", "63": "QH", "64": "NX", "65": "XJ", "71": "TW", "81": "HK", "82": "MO",
}  # fmt: skip


def read_rows(name: str) -> list[list[str]]:
    """The cells of a table of `resources/gazetteer`, header left out."""
    text = files("pipeline.resources").joinpath("gazetteer", f"{name}.csv").read_text("utf-8")
    return list(csv.reader(text.splitlines()))[1:]


def divisions() -> Iterator[Place]:
    """China's divisions of today, provinces first."""
    priors = reviewed_priors()
    for row in read_rows("divisions"):
        yield _division(row, row[0], priors.get(row[0]))


def past_divisions() -> Iterator[Place]:
    """China's divisions that are gone or were renamed."""
    for row in read_rows("divisions_past"):
        yield _division(row, f"{row[0]}@{row[7] or 1980}", 0.003 if row[3] == "county" else 0.01)


def _division(row: list[str], key: str, prior: float | None) -> Place:
    adcode, name, name_zh, kind, upper, latitude, longitude, first, last, aliases, confidence, successor = row
    iso = f"CN-{ISO_OF_PROVINCE[adcode[:2]]}"
    top = not upper
    return Place(
        key=key,
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
        prior=prior or PRIOR_OF_LEVEL.get(kind, LARGE),
        confidence=float(confidence),
        upper=upper or "CN",
        successor=successor or None,
    )


def countries() -> Iterator[Place]:
    """The countries of ISO 3166-1."""
    for iso, name, continent, latitude, longitude, aliases in read_rows("countries"):
        yield Place(
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


def areas() -> Iterator[Place]:
    """Continents, economic areas and zones."""
    for key, name, kind, parent, adcode, latitude, longitude, members, name_zh, aliases, first in read_rows("areas"):
        yield Place(
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
            prior=0.9,
            upper=parent or None,
            group="area",
        )


def world() -> Iterator[Place]:
    """First-level divisions and the larger cities outside China."""
    for iso, geonames, name, country, latitude, longitude, population, aliases in read_rows("world"):
        people = int(population or 0)
        yield Place(
            key=iso or f"geonames:{geonames}",
            name=name,
            kind="province" if iso else "other",
            iso_code=iso or None,
            parent=country,
            latitude=_number(latitude),
            longitude=_number(longitude),
            aliases=_list(aliases),
            prior=0.7 if iso else min(0.95, people / 4_000_000 + 0.01),
            upper=country,
            group="abroad" if iso else "city",
        )


@cache
def reviewed_priors() -> dict[str, float]:
    """How likely a newspaper means a division by its bare name, where that is not plain from its level."""
    return {adcode: float(prior) for adcode, prior, *_ in read_rows("priors")}


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _year(cell: str) -> int | None:
    return int(cell) if cell else None


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
