"""Small gold and run documents, built by hand, whose scores can be counted on one's fingers."""

from __future__ import annotations

from typing import Any

KINDS = ("regions", "people", "organisations", "dates", "claims", "statements", "programmes")
TEXT = "In Hebei, 40 mills and 3 ports opened in May 2023, Li Hua said."


def document(**kinds: Any) -> dict[str, Any]:
    """A document with the records given, and no others."""
    article = {"doc_id": "a", "sha256": "0"}
    return {"article": article, "mentions": [], "flags": [], **{kind: [] for kind in KINDS}, **kinds}


def at(surface: str, **fields: Any) -> dict[str, Any]:
    """A record that stands where `surface` first stands in `TEXT`."""
    start = TEXT.index(surface)
    return {"text": surface, "start": start, "end": start + len(surface), **fields}


def full() -> dict[str, Any]:
    """Every kind of record once or twice."""
    return document(
        mentions=[
            at("Hebei", id="m1", kind="region", form="name", ref="r1"),
            at("May 2023", id="m2", kind="date", form="name", ref="d1"),
            at("Li Hua", id="m3", kind="person", form="name", ref="p1"),
        ],
        regions=[{"id": "r1", "name": "Hebei", "iso_code": "CN-HE", "adcode": "130000"}],
        people=[{"id": "p1", "name": "Li Hua", "family_name": "Li", "roles": [], "organisation": None}],
        dates=[at("May 2023", id="d1", value="2023-05", type="DATE")],
        claims=[
            at("40", id="c1", value=40, measure="mills", regions=["r1"], date="d1", speaker="p1", related=None),
            at("3", id="c2", value=3, measure="ports", regions=["r1"], date="d1", speaker="p1", related=None),
        ],
        statements=[at("In Hebei, 40 mills and 3 ports opened in May 2023", id="s1", speaker="p1", cue="said")],
    )
