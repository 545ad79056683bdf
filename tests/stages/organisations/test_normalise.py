"""The text-to-value rules for organisations' names."""

from __future__ import annotations

import pytest

from pipeline.stages.organisations.normalise import clean_name, initials_fit, name_key, short_company


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the  Ministry of\nCommerce", "Ministry of Commerce"),
        ("The Palace Museum", "Palace Museum"),
        ("Bayi Steel Co,", "Bayi Steel Co"),
        ("Women\u2019s Federation", "Women's Federation"),
        ("the", "the"),
    ],
)
def test_clean_name(text: str, expected: str) -> None:
    assert clean_name(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("National Bureau of Statistics of China", "National Bureau of Statistics"),
        ("Communist Party of China (CPC) Central Committee", "Communist Party of China Central Committee"),
        ("Yingli Solar Co., Ltd.", "Yingli Solar"),
        ("Foreign Ministry", "Ministry of Foreign Affairs"),
        ("commerce ministry", "Ministry of Commerce"),
        ("Ministry of Science & Technology", "Ministry of Science and Technology"),
        ("Ministry of Commerce of the People's Republic of China", "ministry of commerce"),
    ],
)
def test_names_with_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bank of China", "Bank"),
        ("People's Bank of China", "People's Bank of Chile"),
        ("Ministry of Commerce", "Ministry of Finance"),
        ("Communist Party of China", "Communist Party of Cuba"),
        ("University of China", "University"),
    ],
)
def test_names_with_two_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sanhe Tongfei Refrigeration Co Ltd", "Sanhe Tongfei Refrigeration"),
        ("Dell Inc.", "Dell"),
        ("Kelun Group Holdings", "Kelun"),
        ("Dell", None),
        ("Group", None),
    ],
)
def test_short_company(name: str, expected: str | None) -> None:
    assert short_company(name) == expected


@pytest.mark.parametrize(
    ("abbreviation", "name", "expected"),
    [
        ("MIIT", "Ministry of Industry and Information Technology", True),
        ("CNIPA", "China National Intellectual Property Administration", True),
        ("SASAC", "State-owned Assets Supervision and Administration Commission", True),
        ("PLA", "People's Liberation Army", True),
        ("GDP", "State Council", False),
        ("XYZ", "National Bureau of Statistics", False),
        ("", "National Bureau of Statistics", False),
    ],
)
def test_initials_fit(abbreviation: str, name: str, *, expected: bool) -> None:
    assert initials_fit(abbreviation, name) is expected
