"""What `pilotfacts lookup` answers."""

from __future__ import annotations

import pytest

from pipeline.gazetteer import UnknownRegionError, look_up


def test_every_candidate_with_codes_and_shares() -> None:
    found = look_up("Suzhou")
    assert [(f.adcode, f.parent) for f in found[:2]] == [("320500", "CN-JS"), ("341300", "CN-AH")]
    assert found[0].name_zh == "苏州市"
    assert found[0].inside == "Jiangsu, China"
    assert sum(f.share for f in found) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    ("name", "near", "key"),
    [
        ("Suzhou", "Anhui", "341300"),
        ("Suzhou", "CN-JS", "320500"),
        ("Suzhou", "340000", "341300"),
        ("Fuzhou", "Nanchang", "361000"),
        ("Chaoyang", "Liaoning", "211300"),
        ("Chaoyang", "Changchun", "220104"),
        ("Gulou", "Xuzhou", "320302"),
        ("Birmingham", "Alabama", "geonames:4049979"),
        ("Georgia", "United States", "US-GA"),
    ],
)
def test_near_brings_forward_what_lies_there(name: str, near: str, key: str) -> None:
    assert look_up(name, near=near)[0].key == key


@pytest.mark.parametrize("name", ["huizhou", "Huizhou city", "HUIZHOU", "惠州", "惠州市", "441300"])
def test_names_as_people_type_them(name: str) -> None:
    assert look_up(name)[0].adcode == "441300"


def test_a_place_that_is_gone_says_what_it_is_now() -> None:
    found = look_up("Xiangfan")[0]
    assert (found.valid_to, found.now) == (2009, "Xiangyang")


def test_members_are_named() -> None:
    assert look_up("Yangtze River Delta")[0].members == ("Shanghai", "Jiangsu", "Zhejiang", "Anhui")


def test_an_unknown_name_finds_nothing() -> None:
    assert look_up("Atlantis") == ()


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(UnknownRegionError, match="Atlantis"):
        look_up("Suzhou", near="Atlantis")
