from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.references.normalise import (
    complete_name,
    fold,
    head_word,
    is_part_of_name,
    ministry_subject,
    one_key,
    title_case,
)
from pipeline.stages.references.patterns import gender_of, is_levelled, kinds_of_level, nominals


@pytest.mark.parametrize(
    ("description", "place", "name"),
    [
        ("provincial government", "Zhejiang", "Zhejiang Provincial Government"),
        ("provincial department of commerce", "Guangdong", "Guangdong Provincial Department of Commerce"),
        ("bureau of culture and tourism", "Lhasa", "Lhasa Bureau of Culture and Tourism"),
        ("municipal People's Court", "Wuxi", "Wuxi Municipal People's Court"),
    ],
)
def test_a_described_body_is_named_by_its_place(description: str, place: str, name: str) -> None:
    assert complete_name(description, place) == name


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Ministry of Commerce", "ministry"),
        ("National Development and Reform Commission", "commission"),
        ("General Administration of Customs", "administration"),
        ("Bank of Jilin Co., Ltd.", "bank"),
        ("Hexi Dairy Group", "dairy"),
        ("China Council for the Promotion of International Trade", "council"),
        ("Institute of Economics at Nankai University", "institute"),
        ("Group", "group"),
        ("", ""),
    ],
)
def test_the_head_says_what_an_organisation_is(name: str, head: str) -> None:
    assert head_word(name) == head


@pytest.mark.parametrize(
    ("short", "full", "part"),
    [
        ("Carrie Lam", "Carrie Lam Cheng Yuet-ngor", True),
        ("Paul Mo-po", "Paul Chan Mo-po", True),
        ("Zhou Qiang", "Zhou Qiang", False),
        ("Zhou", "Zhou Qiang", False),
        ("Li Wei", "Li Weidong Wang", False),
    ],
)
def test_shorter_forms_of_a_name(short: str, full: str, part: bool) -> None:
    assert is_part_of_name(short, full) is part


@pytest.mark.parametrize(
    ("role", "subject"),
    [
        ("Vice-Minister of Civil Affairs", "civil affairs"),
        ("vice-minister of commerce", "commerce"),
        ("Commerce Minister", "commerce"),
        ("Foreign Minister", "foreign"),
        ("Prime Minister", None),
        ("minister", None),
        ("director of the ministry", None),
    ],
)
def test_what_a_minister_is_minister_of(role: str, subject: str | None) -> None:
    assert ministry_subject(role) == subject


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("seventh municipal CPC committee", "Municipal Party Committee"),
        ("Wuxi municipal people's government", "the Wuxi Municipal Government"),
    ],
)
def test_ways_to_write_one_body_share_a_key(one: str, other: str) -> None:
    assert one_key(one) == one_key(other)


def test_levels_and_genders() -> None:
    assert kinds_of_level("provincial") == ("province", "autonomous_region")
    assert kinds_of_level("unheard of") == ()
    assert is_levelled("provincial Department of Commerce")
    assert not is_levelled("Provincial Department of Commerce")
    assert not is_levelled("")
    assert (gender_of("Mr"), gender_of("chairwoman"), gender_of("director")) == ("male", "female", None)


def test_every_nominal_means_something() -> None:
    assert all(nominal.heads or nominal.kinds or nominal.called for nominal in nominals().values())


@given(st.text(max_size=60))
def test_no_name_breaks_the_keys(name: str) -> None:
    assert fold(fold(name)) in (fold(name), fold(name).removeprefix("the "))
    assert one_key(title_case(name)) == one_key(name) or not name.isascii()
    assert isinstance(head_word(name), str)


@pytest.mark.parametrize("hostile", ["Minister of " * 10_000, "(" * 100_000, "of " * 50_000, "vice-" * 50_000])
def test_long_hostile_names_are_read(hostile: str) -> None:
    assert ministry_subject(hostile) is None
    assert isinstance(head_word(hostile), str)
