"""The report's charts, drawn to SVG here so that the page needs no script and no network (altair, vl-convert)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]

#: Bars shown of a long tail.
MOST = 15


class Chart(NamedTuple):
    """A heading, an SVG drawing and the figures it shows, for who can't see it."""

    heading: str
    svg: str
    figures: list[tuple[str, int]]


def charts(documents: Iterable[Row]) -> list[Chart]:
    """Draw claims by region and by kind, mentions by region, statements by speaker, dates by year.

    Needs the extra `report`; ImportError otherwise.
    """
    counts = _counts(documents)
    return [
        Chart(heading, _bars(rows, horizontal=heading != _TIMELINE), rows)
        for heading, rows in ((h, _most(c, timeline=h == _TIMELINE)) for h, c in counts.items())
        if rows
    ]


_TIMELINE = "Dates by year"
_HEADINGS = ("Claims by region", "Claims by kind", "Mentions by region", "Statements by speaker", _TIMELINE)


def _counts(documents: Iterable[Row]) -> dict[str, Counter[str]]:
    out: dict[str, Counter[str]] = {
        name: Counter()
        for name in ("Claims by region", "Claims by kind", "Mentions by region", "Statements by speaker")
    }
    out[_TIMELINE] = Counter()
    for document in documents:
        names = {r["id"]: r["name"] for kind in ("regions", "people", "organisations") for r in document[kind]}
        for claim in document["claims"]:
            out["Claims by kind"][claim["kind"]] += 1
            out["Claims by region"].update(names[ref] for ref in claim["regions"])
        for region in document["regions"]:
            out["Mentions by region"][region["name"]] += region["mentions"]
        speakers = (names.get(s["speaker"]) or s["speaker_text"] for s in document["statements"])
        out["Statements by speaker"].update(name for name in speakers if name)
        out[_TIMELINE].update(d["earliest"][:4] for d in document["dates"] if d["earliest"])
    return out


def _most(counts: Counter[str], *, timeline: bool) -> list[tuple[str, int]]:
    if timeline:
        return sorted(counts.items())
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:MOST]


def _bars(rows: list[tuple[str, int]], *, horizontal: bool) -> str:
    import altair
    import vl_convert

    names, numbers = [name for name, _ in rows], [number for _, number in rows]
    data = altair.Data(  # type: ignore[no-untyped-call]
        values=[{"name": n, "count": c} for n, c in zip(names, numbers, strict=True)]
    )
    base = altair.Chart(data).mark_bar(color="#2b5c8a")
    name = altair.X("name:N", sort=names, title=None, axis=altair.Axis(labelLimit=240))
    whole = altair.Axis(tickMinStep=1, format="d", title=None)
    if horizontal:
        chart = base.encode(
            y=altair.Y("name:N", sort=names, title=None, axis=altair.Axis(labelLimit=240)),
            x=altair.X("count:Q", axis=whole),
        )
        chart = chart.properties(width=320)
    else:
        chart = base.encode(x=name, y=altair.Y("count:Q", axis=whole)).properties(width=420, height=220)
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict())
    return svg
