"""Names are found however newspapers write them."""

from __future__ import annotations

import pytest

from pipeline.gazetteer import gazetteer
from pipeline.gazetteer.names import fold_name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Tibet", "540000"),
        ("Xizang", "540000"),
        ("Nei Mongol", "150000"),
        ("Inner Mongolia", "150000"),
        ("Canton", "440100"),
        ("Peking", "110000"),
        ("PEKING", "110000"),
        ("Hohhot", "150100"),
        ("Huhehaote", "150100"),
        ("Urumqi", "650100"),
        ("Ürümqi", "650100"),
        ("Xi'an", "610100"),
        ("Xi\u2019an", "610100"),
        ("Xian", "610100"),
        ("Lu'an", "341500"),
        ("Macau", "820000"),
        ("HKSAR", "810000"),
        ("Lyuliang", "141100"),
        ("Lüliang", "141100"),
        ("Shigatse", "540200"),
        ("Xigazê", "540200"),
        ("Kashi", "653100"),
        ("Khorgos", "654004"),
        ("U.S.", "US"),
        ("US", "US"),
        ("UK", "GB"),
        ("UAE", "AE"),
        ("ROK", "KR"),
        ("DPRK", "KP"),
        ("Laos", "LA"),
        ("Cote d'Ivoire", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("Türkiye", "TR"),
        ("Guangdong\u2013Hong Kong\u2013Macao Greater Bay Area", "greater-bay-area"),
        ("Jing-Jin-Ji", "beijing-tianjin-hebei"),
        ("China (Hunan) Pilot Free Trade Zone", "ftz-hunan"),
        ("Xiongan New Area", "xiongan-new-area"),
        ("SW China", "southwest-china"),
    ],
)
def test_the_first_place_of_a_name(name: str, key: str) -> None:
    assert gazetteer().lookup(name)[0].key == key


@pytest.mark.parametrize("name", ["us", "Us", "Gba", "beijing", "", "Sw China", "uk", "The"])
def test_no_place_has_that_name(name: str) -> None:
    assert gazetteer().lookup(name) == ()


@pytest.mark.parametrize(
    ("name", "adcode"),
    [
        ("Minhang", "310112"), ("Chengguan", "620102"), ("Muling", "231085"), ("Yueqing", "330382"),
        ("Laoting", "130225"), ("Wubu", "610829"), ("Tanchang", "621223"), ("Dong'e", "371524"),
        ("Yanshan", "361124"), ("Qianwei", "511123"), ("Hongtong", "141024"), ("Botou", "130981"),
        ("Foping", "610730"), ("Fogang", "441821"), ("Dabu", "441422"), ("Kongtong", "620802"),
        ("Luhe", "320116"), ("Jianli", "421088"), ("Zhashui", "611026"), ("Shifang", "510682"),
        ("Markam", "540328"), ("Manzhouli", "150781"), ("Taxkorgan", "653131"), ("Golmud", "632801"),
    ],
)  # fmt: skip
def test_counties_that_pinyin_alone_gets_wrong(name: str, adcode: str) -> None:
    assert adcode in {place.adcode for place in gazetteer().lookup(name)}


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Xi'an", "xian"), ("Beijing-Tianjin", "beijing - tianjin"), ("U.S.", "u . s ."), ("São Paulo", "sao paulo")],
)
def test_fold_name(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@pytest.mark.parametrize(
    ("adcode", "word"),
    [("110108", "district"), ("510100", "city"), ("652900", "prefecture"), ("533100", "prefecture"),
     ("152500", "league"), ("330523", "county"), ("150622", "banner"), ("440000", "province"),
     ("650000", "autonomous region")],
)  # fmt: skip
def test_type_word(adcode: str, word: str) -> None:
    place = gazetteer().get(adcode)
    assert place is not None
    assert place.type_word == word
