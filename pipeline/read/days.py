"""The day in a metadata field, in the shapes that feeds and archives write it."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)|\d{8}(?!\d)")
_WORDED = re.compile(r"[A-Za-z]{3}")
#: A field longer than this is no date.
_LONGEST = 60


def written_day(text: str) -> date | None:
    """The day of an ISO date or time stamp, or of one that names its month, as feeds do; None for anything else.

    ``"Thu, 11 Jan 2024 09:00:00 GMT"`` and ``"20240111T090000+0800"`` are 11 January; ``"01/02/2024"`` is None, as
    nothing says which is the month. Read by dateparser, which must find a day, a month and a year.
    """
    bare = text.strip()
    if _ISO.match(bare):
        try:
            return date.fromisoformat(bare[:10] if bare[4] == "-" else bare[:8])
        except ValueError:
            return None
    if len(bare) > _LONGEST or not _WORDED.search(bare):
        return None
    import dateparser  # slow to load, and seldom needed

    parts = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(bare, languages=["en"], settings=parts)
    return found.date() if found else None
