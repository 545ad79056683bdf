"""Texts of several sentences: what is named once helps later, and what others found is left alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipeline.nlp import Settings, build_nlp, make_doc

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from pipeline.annotations import RegionValue


def regions(nlp: Language, text: str, published: date | None = None) -> list[RegionValue]:
    doc = nlp(make_doc(nlp, text, published=published))
    return [span._.region for span in doc.spans["regions"]]


def keys(nlp: Language, text: str) -> list[str]:
    return [value.key for value in regions(nlp, text)]


def test_a_later_sentence_decides_an_earlier_one(nlp: Language) -> None:
    text = "Suzhou will pay firms that hire graduates. The rule follows one that Anhui province passed in May."
    assert keys(nlp, text) == ["341300", "340000"]


def test_a_full_name_decides_a_short_one_later(nlp: Language) -> None:
    text = "Fires broke out in Chaoyang, Liaoning province. Crews stayed in Chaoyang all night."
    assert keys(nlp, text) == ["211300", "210000", "211300"]


def test_a_county_is_known_again_by_its_bare_name(nlp: Language) -> None:
    text = "Rain cut off Liping county in Guizhou province. By noon, help had reached Liping."
    assert keys(nlp, text) == ["522631", "520000", "522631"]


def test_an_unknown_place_keeps_one_key_and_its_province(nlp: Language) -> None:
    found = regions(nlp, "Weavers in Dashui village, Hunan province, went online. Dashui now ships 300 parcels a day.")
    village, _, again = found
    assert village.key == again.key
    assert (village.kind, village.parent, village.adcode) == ("other", "CN-HN", None)
    assert [flag.code for flag in village.flags] == ["unknown-region"]


def test_the_bay_area_after_its_full_name(nlp: Language) -> None:
    text = "The Guangdong-Hong Kong-Macao Greater Bay Area grew by 6 percent. Exports from the Bay Area rose, too."
    assert keys(nlp, text) == ["greater-bay-area"] * 2


@pytest.mark.parametrize(
    ("published", "adcode"), [(date(2008, 5, 1), "341400"), (date(2020, 5, 1), "340181"), (None, "340181")]
)
def test_the_date_of_a_text_says_which_unit_was_meant(nlp: Language, published: date | None, adcode: str) -> None:
    found = regions(nlp, "Boats left Chaohu city in Anhui province at dawn.", published)
    assert found[0].adcode == adcode


@pytest.mark.parametrize(
    ("dateline", "key"), [("NANJING", "320500"), ("HEFEI", "341300"), ("BEIJING", "ambiguous:suzhou")]
)
def test_the_dateline_decides_but_not_the_capitals(nlp: Language, dateline: str, key: str) -> None:
    text = f"Suzhou lowers fees for drivers\n\n{dateline}, Nov. 18 (Xinhua) -- Suzhou has lowered the fees.\n"
    assert set(keys(nlp, text)) == {key}


def test_an_old_name_means_the_unit_of_today_except_in_an_old_text(nlp: Language) -> None:
    text = "A truck maker in Xiangfan, Hubei province, hired 400 people."
    assert regions(nlp, text, date(2022, 3, 1))[0].name == "Xiangyang"
    assert regions(nlp, text, date(2004, 3, 1))[0].name == "Xiangfan"


def test_nothing_overlaps_organisations_people_or_dates(nlp: Language) -> None:
    text = (
        "The Guangdong Provincial Department of Commerce and the Bank of Beijing met Li Jilin, chairman of the Wuhan "
        "Chamber of Commerce, in Shanghai on May 3."
    )
    doc = nlp(make_doc(nlp, text))
    others = [span for group in ("organisations", "people", "dates") for span in doc.spans[group]]
    for region in doc.spans["regions"]:
        assert all(region.end <= other.start or other.end <= region.start for other in others)
    assert "Shanghai" in {span.text for span in doc.spans["regions"]}


def test_members_and_candidates_ride_along(nlp: Language) -> None:
    delta, fuzhou = regions(nlp, "The Yangtze River Delta needs workers. Fuzhou has some to spare.")
    assert delta.members == ("310000", "320000", "330000", "340000")
    assert fuzhou.candidates[:2] == ("350100", "361000")
    assert [flag.code for flag in fuzhou.flags] == ["ambiguous-region"]


def test_what_nothing_decides_has_no_code(nlp: Language) -> None:
    value = regions(nlp, "Yulin will open a museum.")[0]
    assert (value.adcode, value.iso_code, value.name, value.kind) == (None, None, "Yulin", "prefecture")


def test_a_users_table_counts_first(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("name,kind,parent,aliases\nSilverlake Science City,zone,CN-SC,Silverlake\n", "utf-8")
    nlp = build_nlp(Settings(gazetteer=str(table)))
    found = regions(nlp, "Firms in Silverlake hire. Silverlake Science City lies in Sichuan.")
    assert [value.name for value in found] == ["Silverlake Science City", "Silverlake Science City", "Sichuan"]
    assert found[0].parent == "CN-SC"


@pytest.mark.parametrize(
    ("text", "kind", "parent"),
    [
        ("The China-Laos-Thailand Economic Corridor grew.", "area", None),
        ("The Nanning-Kunming Economic Belt grew.", "area", "CN"),
        ("The Yantai-Weihai Economic Belt grew.", "area", "CN-SD"),
        ("The Leshan High-tech Zone grew.", "zone", "CN-SC"),
    ],
)
def test_an_area_that_joins_places_lies_where_all_of_them_do(
    nlp: Language, text: str, kind: str, parent: str | None
) -> None:
    (area,) = regions(nlp, text)
    assert (area.kind, area.parent) == (kind, parent)
