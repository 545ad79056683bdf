"""A user's own table: what it may hold, and how a mistake in it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pipeline.gazetteer import UserTableError, gazetteer, gazetteer_with, load_user_table

if TYPE_CHECKING:
    from pathlib import Path


def test_a_table_adds_and_replaces_places(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "name,kind,adcode,parent,latitude,longitude,aliases,members\n"
        "Riverside Science City,zone,,CN-SC,30.5,104.1,Riverside|RSC,510100|510700\n"
        "Huicheng,prefecture,441300,CN-GD,,,,\n",
        "utf-8",
    )
    places = gazetteer_with(str(path))
    zone = places.lookup("RSC")[0]
    assert (zone.kind, zone.parent, zone.latitude, zone.members) == ("zone", "CN-SC", 30.5, ("510100", "510700"))
    own = places.get("441300")
    assert own is not None
    assert own.name == "Huicheng"
    assert len(places) == len(gazetteer()) + 1


def test_a_byte_order_mark_and_blank_cells_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("\ufeffname,kind,iso_code\n Testland ,country,\n", "utf-8")
    assert [(place.name, place.iso_code) for place in load_user_table(path)] == [("Testland", None)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nTest\n", "line 1, column 'kind': missing"),
        ("name,kind,population\nTest,zone,3\n", "line 1, column 'population': unknown"),
        ("name,kind,name\nTest,zone,Test\n", "line 1, column 'name': stands twice"),
        ("name,kind\nTest,park\n", "line 2, column 'kind': 'park' is not one of"),
        ("name,kind\n,zone\n", "line 2, column 'name': '' is not a name"),
        ("name,kind\ntest,zone\n", "line 2, column 'name': 'test' is not a name that begins with a capital"),
        ("name,kind,adcode\nA,zone,\nTest,county,4413\n", "line 3, column 'adcode': '4413' is not six digits"),
        ("name,kind,latitude\nTest,zone,north\n", "line 2, column 'latitude': 'north' is not a number"),
        ("name,kind,latitude\nTest,zone,95\n", "line 2, column 'latitude': '95' is not a number"),
        ("name,kind,parent\nTest,zone,Guangdong\n", "line 2, column 'parent': 'Guangdong' is not a code"),
        ("name,kind,valid_from\nTest,zone,soon\n", "line 2, column 'valid_from': 'soon' is not a year"),
        ("name,kind\nTest,zone,more\n", "line 2: more cells than columns"),
        ("", "line 1, column 'name': missing"),
    ],
)
def test_a_mistake_is_named_with_line_and_column(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UserTableError) as error:
        load_user_table(path)
    assert str(error.value).startswith(str(path))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes("name,kind,name_zh\nTest,zone,惠州\n".encode("gb18030"))
    with pytest.raises(UserTableError, match="line 2: not UTF-8"):
        load_user_table(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserTableError, match="no such file"):
        load_user_table(tmp_path / "none.csv")
