from __future__ import annotations

import pytest

from pipeline.read.language import language_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exports rose 3 percent in May.", "en"),
        ("Officials in Gansu said on Monday that a second reservoir will be filled by spring.", "en"),
        ("Zhou Qiang, Sun Bin, Na Jian, Gong Ping", "en"),
        ("2024 10 11 12", "en"),
        ("", "en"),
        ("Les autorités ont annoncé mercredi de nouvelles mesures pour le commerce extérieur du pays.", "fr"),
        ("Die Regierung hat am Mittwoch neue Maßnahmen angekündigt und die Steuern gesenkt.", "de"),
        ("El ministerio anunció el miércoles nuevas medidas para el comercio en la provincia.", "es"),
        ("Министерство торговли объявило о новых мерах поддержки в среду", "ru"),
        ("商务部星期三宣布了新的政策,广东、浙江等省参加试点。", "zh"),
        ("習近平", "zh"),
        ("The ministry said (商务部表示) that the trial in Wuhan would go on for a year.", "en"),
    ],
)
def test_language_of(text: str, expected: str) -> None:
    assert language_of(text) == expected
