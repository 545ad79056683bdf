from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.article import Unreadable
from pipeline.read.decode import damage, decode, plain_text, table_encoding

ENGLISH = "The county’s café sold 3,000 cups – a record – in Zürich’s old town."
CHINESE = "据新华社报道,浙江省已有八百多家企业参加试点。“很好”,他说。"
MIXED = "The ministry (商务部) said on Monday that trade grew by a fifth. " * 3


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8-sig"),
        (ENGLISH, "utf-16", "utf-16"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-32", "utf-32"),
        (ENGLISH, "cp1252", "cp1252"),
        ("A café in Zürich, naïve, São Paulo, £5", "latin-1", "latin-1"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE, "gbk", "gb18030"),
        (CHINESE, "utf-8", "utf-8"),
        (MIXED, "gb18030", "gb18030"),
        (MIXED, "utf-16-le", "utf-16-le"),
        ("plain words", "ascii", "utf-8"),
    ],
)
def test_decode(text: str, encoding: str, expected: str) -> None:
    assert decode(text.encode(encoding)) == (text, expected)


@pytest.mark.parametrize(
    "text",
    [
        "Premier Zhu Rongji (朱镕基) said 300 people came.",
        "The singer (陶喆) came.",
        "The poet (玥祎赵) came.",
        "He said “yes” in the county—not here.",
        "The AI技术 of a year (年).",
        "Wang (王堃) and Li (李喆), he said. 浙江省已有八百多家企业参加试点。",
    ],
)
def test_rare_characters_of_gbk(text: str) -> None:
    assert decode(text.encode("gbk")) == (text, "gb18030")


@pytest.mark.parametrize(
    "text",
    [
        "Zürich, naïve, São Paulo",
        "The téléphone of a créole in Zürich, a préférence",
        "l’été: “Éric” – où l’œuvre",
        "Malmö and Tromsø",
        "coûte £5m",
        "places créées, réélu",
        "(är) and (él), “où”, he said",
    ],
)
def test_accents_before_letters_are_not_chinese(text: str) -> None:
    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize("place", [0, 12, -1])
def test_a_stray_byte_in_utf8_changes_nothing_else(place: int) -> None:
    data = "The “county’s” café sold cups – a record.".encode()
    stray = data[:place] + b"\x93" + data[place:]
    text, encoding = decode(stray)
    assert (text.replace("\ufffd", ""), encoding) == (data.decode(), "utf-8")
    assert damage(stray, encoding) == ("1 byte is not UTF-8 and shown as \ufffd",)
    assert table_encoding(stray, whole=True) == "utf-8"
    assert damage(data, encoding) == damage(data + "\ufffd".encode(), encoding) == ()


def test_line_ends_are_line_feeds_and_nothing_else_changes() -> None:
    raw = b"\xef\xbb\xbfOne\r\nTwo\rThree\n\n\tFour\xc2\xa0five\x0c"
    assert decode(raw)[0] == "One\nTwo\nThree\n\n\tFour\u00a0five\x0c"


def test_half_characters_become_replacement_characters() -> None:
    assert plain_text("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"PK\x03\x04\x14\x00", "zip or Office"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "an image"),
        (bytes(range(256)) * 20, "binary"),
        (b"\x00" * 500, "binary"),
        (b"\x7fELF\x02\x01\x01\x00" + b"\x00\x01\x02\x03words" * 100, "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        decode(data)


@pytest.mark.parametrize(
    "text", ["A port\0 opened on Monday in the rain.", ENGLISH + "\0\x01\x02", "\0" + ENGLISH * 20]
)
def test_a_few_control_characters_make_no_binary_file(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except Unreadable:
        return
    assert "\r" not in text
    text.encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_characters="\r\ufeff\0", exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")
