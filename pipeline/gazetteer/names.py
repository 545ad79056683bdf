"""How names are compared: letters without case, accents and apostrophes, one space between units.

A unit is a run of letters and digits, apostrophes inside it ("Xi'an", not the possessive's), or one sign.
"""

from __future__ import annotations

import re
import unicodedata

UNIT = re.compile(r"[^\W_]+(?:['\u2019\u02bb](?![sS]\b)[^\W_]+)*|[^\w\s]|_")
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-"})
_APOSTROPHES = str.maketrans("", "", "'\u2019\u02bb\u2018`")


def fold(unit: str) -> str:
    """Fold one unit: ``"Ürümqi"`` → ``"urumqi"``, ``"Xi'an"`` → ``"xian"``."""
    if unit.isascii():
        return unit.lower().replace("'", "") if len(unit) > 1 else unit.lower()
    plain = unicodedata.normalize("NFD", unit.translate(_DASHES))
    letters = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return letters.translate(_APOSTROPHES) if len(unit) > 1 else letters


def fold_name(name: str) -> str:
    """Fold a whole name: ``"Beijing-Tianjin-Hebei"`` → ``"beijing - tianjin - hebei"``."""
    if name.isascii() and name.isalpha():
        return name.lower()
    return " ".join(fold(unit) for unit in UNIT.findall(name))
