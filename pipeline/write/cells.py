"""One value to one cell of a CSV: what people and spreadsheets read the same way.

A cell that a spreadsheet would take for a formula gets an apostrophe in front, as people write it there by hand:
``=1+1`` → ``'=1+1``. Numbers stay numbers: ``-5.5`` is no formula. A text that already stands so gets one more, so
that taking one apostrophe away always gives the text back; `records.jsonl` has it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.schema import plain_decimal

_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
#: What a cell is put in quotes for: the comma, and what other locales and programs split at.
_QUOTED = re.compile(r"[,;\"\n\r\t]|^\s|\s$")
#: What neither of the two could find anything in needs no further look.
_ODD = re.compile(r"[,;\"\n\r\t\0]|^[\s'=+\-@\uff1d\uff0b\uff0d\uff20]|\s$")


def cell(value: object) -> str:
    """`value` as it stands in a table: ``("Zhou", "Sun; Co")`` → ``Zhou; Sun; Co``, None → nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return quoted(safe_text(value)) if _ODD.search(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, int | float):
        return repr(value)
    return quoted(safe_text(joined(value)))


def joined(value: Any) -> str:
    """A list or a mapping as one text: items with "; " between them, evidence as ``measure=10:21``."""
    if isinstance(value, Mapping):
        return "; ".join(f"{slot}={place.start}:{place.end}" for slot, place in sorted(value.items()))
    return "; ".join(value)


def safe_text(text: str) -> str:
    """`text` so that no spreadsheet computes it, and no program takes its end at a zero character."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def quoted(text: str) -> str:
    """`text` in quotes where it needs them (RFC 4180)."""
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
