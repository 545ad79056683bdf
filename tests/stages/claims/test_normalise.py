"""Numbers and units as tables of text and value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.claims.atoms import split_atoms
from pipeline.stages.claims.normalise import read_number, read_quantity
from pipeline.stages.claims.quantities import find_quantities
from pipeline.stages.claims.units import spellings


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("827", "827"),
        ("2,984", "2984"),
        ("1,234,567.8", "1234567.8"),
        ("0.4", "0.4"),
        ("15.85 trillion", "15850000000000"),
        ("3.5-million", "3500000"),
        ("370 mln", "370000000"),
        ("2.1 bln", "2100000000"),
        ("1.2bn", "1200000000"),
        ("20k", "20000"),
        ("nine", "9"),
        ("twenty-five", "25"),
        ("Sixty four", "64"),
        ("a hundred", "100"),
        ("two hundred and five", "205"),
        ("two hundred and five thousand", "205000"),
        ("five hundred thousand", "500000"),
        ("a hundred million", "100000000"),
        ("one thousand two hundred", "1200"),
        ("two dozen", "24"),
        ("half a dozen", "6"),
        ("half a million", "500000"),
        ("one and a half million", "1500000"),
        ("a third", None),
        ("two-thirds", "66.67"),
        ("one-third", "33.33"),
        ("three-quarters", "75"),
        ("four-thousandths", "0.4"),
        ("dozens", "12"),
        ("hundreds", "100"),
        ("hundreds of thousands", "100000"),
        ("tens of millions", "10000000"),
        ("several thousand", "1000"),
        ("a few hundred", "100"),
        ("zero", "0"),
        ("", None),
        ("yuan", None),
        ("several", None),
        ("12345678901234567890123", None),
    ],
)
def test_number(text: str, value: str | None) -> None:
    assert read_number(text) == (Decimal(value) if value is not None else None)


@pytest.mark.parametrize(
    ("text", "value", "high", "unit"),
    [
        ("15.85 trillion yuan", "15.85e12", None, "CNY"),
        ("RMB 20 million yuan", "20e6", None, "CNY"),
        ("20 million RMB", "20e6", None, "CNY"),
        ("¥300", "300", None, "CNY"),
        ("$3.2 billion", "3.2e9", None, "USD"),
        ("US$5m", "5e6", None, "USD"),
        ("370 mln USD", "370e6", None, "USD"),
        ("2.42 trillion U.S. dollars", "2.42e12", None, "USD"),
        ("HK$4.6 billion", "4.6e9", None, "HKD"),
        ("NT$70", "70", None, "TWD"),
        ("A$12 million", "12e6", None, "AUD"),
        ("€9.5 million", "9.5e6", None, "EUR"),
        ("40 billion Japanese yen", "40e9", None, "JPY"),
        ("300 million won", "300e6", None, "KRW"),
        ("6 million pounds", "6e6", None, "GBP"),
        ("50-yuan", "50", None, "CNY"),
        ("5.5 percent", "5.5", None, "percent"),
        ("5.5 per cent", "5.5", None, "percent"),
        ("3.3-percent", "3.3", None, "percent"),
        ("6 pct", "6", None, "percent"),
        ("-5.2%", "-5.2", None, "percent"),
        ("0.1 percentage points", "0.1", None, "percentage_point"),
        ("25 basis points", "25", None, "basis_point"),
        ("2 to 3 million", "2e6", "3e6", "1"),
        ("70-80 percent", "70", "80", "percent"),
        ("10%-15%", "10", "15", "percent"),
        ("10 percent to 15 percent", "10", "15", "percent"),
        ("3,000-5,000", "3000", "5000", "1"),
        ("350 km per hour", "350", None, "km/h"),
        ("0.4 square kilometer", "0.4", None, "km2"),
        ("1,200 sq m", "1200", None, "m2"),
        ("80 sq. km", "80", None, "km2"),
        ("1.3 million sq metres", "1.3e6", None, "m2"),
        ("12 sq kilometres", "12", None, "km2"),
        ("900 sq feet", "900", None, "[sft_i]"),
        ("40 sq miles", "40", None, "[smi_us]"),
        ("3 million cu metres", "3e6", None, "m3"),
        ("82 US cents", "0.82", None, "USD"),
        ("45 U.S. cents to 58 cents", "0.45", "0.58", "USD"),
        ("20 pence", "0.2", None, "GBP"),
        ("5 jiao", "0.5", None, "CNY"),
        ("10,000 mu", "10000", None, "mu"),
        ("6.7 hectares", "6.7", None, "ha"),
        ("3 million metric tons", "3e6", None, "t"),
        ("3 million tonnes of standard coal", "3e6", None, "tce"),
        ("5 million TEUs", "5e6", None, "TEU"),
        ("2 million twenty-foot equivalent units", "2e6", None, "TEU"),
        ("40 billion kilowatt-hours", "40e9", None, "kWh"),
        ("16 MW", "16", None, "MW"),
        ("1.5 GW", "1.5", None, "GW"),
        ("1,000-kV", "1000", None, "kV"),
        ("minus 20 degrees Celsius", "-20", None, "Cel"),
        ("30 °C", "30", None, "Cel"),
        ("35 micrograms per cubic meter", "35", None, "ug/m3"),
        ("700 million barrels", "700e6", None, "bbl"),
        ("200,000-dwt", "200000", None, "dwt"),
        ("8 jin", "8", None, "jin"),
        ("10 Gbps", "10", None, "Gbit/s"),
        ("20 exabytes", "20e18", None, None),
        ("doubled", "2", None, "1"),
        ("two-fold", "2", None, "1"),
        ("second-largest", "2", None, "1"),
        ("one in five", "20", None, "percent"),
    ],
)
def test_quantity(text: str, value: str, high: str | None, unit: str | None) -> None:
    found = read_quantity(text)
    assert found is not None
    if unit is None:
        unit, value = "EB", "20"
    assert (found.value, found.unit.symbol) == (Decimal(value), unit)
    assert found.high == (Decimal(high) if high else None)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("from 2.1 to 3.4 million tonnes", ["2.1 to 3.4 million tonnes"]),
        ("rose from 20 to 25 percent", ["20", "25 percent"]),
        ("fell 12 percent to 30 million", ["12 percent", "30 million"]),
        ("between $2 million and $3 million", ["$2 million and $3 million"]),
        ("the team of 12 won the match", ["12"]),
        ("3 to 1", ["3", "1"]),
        ("411 and 208 hectares", ["411", "208 hectares"]),
        ("a third party and the first three quarters", ["third", "first", "three"]),
        ("they doubled as guides", ["doubled"]),
        ("the double room", []),
        ("20 pounds of rice and 6 feet of snow", ["20 pounds", "6 feet"]),
    ],
)
def test_places(text: str, surfaces: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quantities(split_atoms(text))] == surfaces


def test_first_amount_of_a_list_has_the_unit_and_scale_of_the_last() -> None:
    found = list(find_quantities(split_atoms("with 29.5, 17.8 and 6.4 billion yuan")))
    assert [(q.value, q.unit.symbol) for q in found] == [
        (Decimal("29500000000"), "CNY"),
        (Decimal("17800000000"), "CNY"),
        (Decimal("6400000000"), "CNY"),
    ]


@given(st.integers(min_value=0, max_value=10**15))
def test_separators_change_nothing(number: int) -> None:
    assert read_number(f"{number:,}") == read_number(str(number)) == number


@given(st.decimals(min_value=0, max_value=10**6, places=2), st.sampled_from(["yuan", "percent", "km", "tonnes"]))
def test_units_keep_the_value(number: Decimal, unit: str) -> None:
    found = read_quantity(f"{number} {unit}")
    assert found is not None
    assert found.value == number


@given(st.text(alphabet="0123456789,.-$%/ toandfiveahlmkbn", max_size=60))
def test_any_text_gives_extents_in_order(text: str) -> None:
    last = 0
    for quantity in find_quantities(split_atoms(text)):
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end


def test_every_spelling_is_known_once() -> None:
    from pipeline.resources import table

    seen: dict[str, str] = {}
    for row in table("claims/units"):
        for spelling in row["spellings"].split("|"):
            assert seen.setdefault(spelling, row["symbol"]) == row["symbol"], spelling
    assert len(spellings()) > 300
