"""The committed tables hold together: everything is there once, inside what it belongs to, with codes that exist."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from pipeline.gazetteer import gazetteer
from pipeline.gazetteer.relations import distance, uppers
from pipeline.gazetteer.tables import ISO_OF_PROVINCE, read_rows

if TYPE_CHECKING:
    from pipeline.gazetteer import Place

PROVINCIAL = {"province", "municipality", "autonomous_region", "special_administrative_region"}


def divisions() -> list[Place]:
    return [p for p in gazetteer() if p.group == "division" and p.valid_to is None]


def past() -> list[Place]:
    return [p for p in gazetteer() if p.group == "division" and p.valid_to is not None]


def areas() -> list[Place]:
    return [p for p in gazetteer() if p.group == "area"]


def test_divisions_of_china_are_complete() -> None:
    kinds = Counter(place.kind for place in divisions())
    assert kinds["prefecture"] == 333
    assert kinds["county"] == 2846
    assert sum(kinds[kind] for kind in PROVINCIAL) == 34
    assert kinds["municipality"] == 4
    assert kinds["autonomous_region"] == 5
    assert kinds["special_administrative_region"] == 2


def test_every_province_has_its_iso_code() -> None:
    codes = {place.iso_code for place in divisions() if place.kind in PROVINCIAL}
    assert codes == {f"CN-{code}" for code in ISO_OF_PROVINCE.values()}
    assert all(place.parent == "CN" for place in divisions() if place.kind in PROVINCIAL)


def test_adcodes_are_unique_and_say_what_they_lie_in() -> None:
    places = divisions()
    assert len({place.adcode for place in places}) == len(places)
    for place in places:
        assert re.fullmatch(r"\d{6}", place.adcode or "")
        assert place.parent in ("CN", f"CN-{ISO_OF_PROVINCE[(place.adcode or '')[:2]]}")


@pytest.mark.parametrize("when", ["today", "past"])
def test_every_parent_exists(when: str) -> None:
    for place in divisions() if when == "today" else past():
        above = uppers(place, gazetteer())
        assert above, place.key
        assert above[-1].key in {"CN", "asia"}, place.key


def test_no_two_units_of_one_parent_share_a_name() -> None:
    names = Counter((place.upper, place.name) for place in divisions())
    assert [key for key, count in names.items() if count > 1] == []


def test_every_division_lies_near_what_it_belongs_to() -> None:
    for place in divisions():
        above = uppers(place, gazetteer())[0]
        assert place.latitude is not None, place.key
        assert place.longitude is not None
        assert 3 < place.latitude < 54
        assert 73 < place.longitude < 136
        most = 3000 if above.key == "CN" else 1200 if above.kind != "prefecture" or place.upper == "460300" else 600
        far = distance((place.latitude, place.longitude), (above.latitude or 0.0, above.longitude or 0.0))
        assert far <= most, (place.name, above.name, far)


def test_names_are_plain_ascii_with_one_apostrophe_at_most() -> None:
    for place in divisions():
        assert re.fullmatch(r"[A-Z][a-z]+(?:'[a-z]+)?(?:[ -][A-Z][a-z]*)*", place.name), place.name


def test_years_make_sense() -> None:
    for place in past():
        assert place.valid_to is not None
        assert (place.valid_from or 1980) <= place.valid_to < 2024
        if place.successor:
            assert gazetteer().get(place.successor)


@pytest.mark.parametrize(
    ("name", "adcode", "last"),
    [
        ("Xiangfan", "420600", 2009),
        ("Chaohu", "341400", 2010),
        ("Laiwu", "371200", 2017),
        ("Chongwen", "110103", 2009),
        ("Xuanwu", "110104", 2009),
        ("Nanhui", "310119", 2008),
    ],
)
def test_divisions_that_are_gone(name: str, adcode: str, last: int) -> None:
    assert (adcode, last) in {(place.adcode, place.valid_to) for place in gazetteer().lookup(name)}


def test_countries_are_those_of_iso_3166() -> None:
    found = [place for place in gazetteer() if place.kind == "country"]
    # 249 of ISO 3166-1 without Hong Kong, Macao and Taiwan (divisions here) and Antarctica (a continent), with Kosovo.
    assert len(found) == 246
    assert {"CN", "US", "GB", "KR", "KP", "CI", "XK"} <= {place.key for place in found}
    assert all(re.fullmatch("[A-Z]{2}", place.key) for place in found)


def test_areas_have_members_that_exist() -> None:
    for area in areas():
        missing = [key for key in area.members if gazetteer().get(key) is None]
        assert missing == [], area.key
    assert len(gazetteer().get("greater-bay-area").members) == 11  # type: ignore[union-attr]
    assert len(gazetteer().get("yangtze-river-economic-belt").members) == 11  # type: ignore[union-attr]


def test_every_pilot_free_trade_zone_is_there() -> None:
    zones = [area for area in areas() if area.key.startswith("ftz-")]
    assert len(zones) == 22
    assert all(zone.kind == "zone" and zone.parent and zone.valid_from for zone in zones)


def test_nineteen_national_new_areas() -> None:
    names = {area.name for area in areas() if area.name.endswith("New Area")}
    assert len(names) == 17
    assert gazetteer().lookup("Pudong New Area")[0].adcode == "310115"
    assert gazetteer().lookup("Binhai New Area")[0].adcode == "120116"


def test_keys_are_unique_over_all_tables() -> None:
    keys = [place.key for place in gazetteer()]
    assert len(set(keys)) == len(keys)


def test_reviewed_priors_name_places_that_exist() -> None:
    rows = read_rows("priors")
    assert all(gazetteer().get(key) for key, *_ in rows)
    assert len({key for key, *_ in rows}) == len(rows)
    assert all(0 < float(prior) < 1 for _, prior, *_ in rows)
