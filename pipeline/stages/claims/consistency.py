"""What does not add up: parts larger than their wholes, absurd conversions, wrong counts, conflicting values."""

from __future__ import annotations

from decimal import Decimal

from pipeline.annotations import FlagValue
from pipeline.resources import table
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.patterns import OPENS_LIST
from pipeline.stages.claims.whereabouts.atlas import Atlas

_USD = "USD"
#: Rules that take a place or a date over from another figure: too little to say that two contradict each other.
_ASSUMED = frozenset({"respective", "elided", "carried", "topic", "date-before", "date-of-sentence"})


def flag_all(drafts: list[Draft], index: DocIndex, atlas: Atlas) -> None:
    """Add a flag to every claim that contradicts another one, or itself."""
    for draft in drafts:
        _part_exceeds_whole(draft)
        _absurd_conversion(draft, index)
        _wrong_count(draft, index, atlas)
    _conflicts(drafts, index)


def _part_exceeds_whole(draft: Draft) -> None:
    """As in "736 firms, including 1,540 from Hainan"."""
    whole = draft.related
    if draft.relation != "part_of" or whole is None or whole.quantity.unit != draft.quantity.unit:
        return
    if draft.quantity.value > (whole.quantity.high or whole.quantity.value) and whole.comparator not in (">", ">="):
        message = f"{draft.span.text} is more than the whole, {whole.span.text}"
        draft.flags.append(FlagValue("part-exceeds-whole", message))


def _absurd_conversion(draft: Draft, index: DocIndex) -> None:
    """As in "10 million yuan ($14 million)": no rate of any bank in that year."""
    original = draft.related
    if draft.relation != "equivalent" or original is None or not draft.quantity.value or not original.quantity.value:
        return
    rate = original.quantity.value / draft.quantity.value
    years = _years(draft, index)
    bands = [_band(original.quantity.unit.symbol, draft.quantity.unit.symbol, year) for year in years]
    if bands and not any(band is None or band[0] <= rate <= band[1] for band in bands):
        units = f"{original.quantity.unit.symbol} per {draft.quantity.unit.symbol}"
        draft.flags.append(FlagValue("conversion-rate", f"{rate:.4f} {units} is no rate of {years[-1] or 'any year'}"))


def _years(draft: Draft, index: DocIndex) -> list[int | None]:
    """Years whose rates the writer may have used: that of the article, and a past one that the claim is of."""
    anchor = index.doc._.anchor
    dated = index.dates_by_sentence.get(draft.sentence.number, ())
    own = [value.latest.year for span, value in dated if span.start_char == draft.date and value.latest is not None]
    if anchor is None:
        return [*own] or [None]
    return [anchor.year, *(year for year in own if year < anchor.year)]


def _band(original: str, converted: str, year: int | None) -> tuple[Decimal, Decimal] | None:
    """Least and greatest amount of `original` that one unit of `converted` can be worth."""
    one, other = _per_dollar(original, year), _per_dollar(converted, year)
    if one is None or other is None:
        return None
    return one[0] / other[1], one[1] / other[0]


def _per_dollar(unit: str, year: int | None) -> tuple[Decimal, Decimal] | None:
    if unit == _USD:
        return Decimal(1), Decimal(1)
    rows = [row for row in table("claims/rates") if row["unit"] == unit]
    if year is not None:
        rows = [row for row in rows if int(row["first_year"]) - 1 <= year <= int(row["last_year"]) + 1]
    if not rows:
        return None
    return min(Decimal(row["low"]) for row in rows), max(Decimal(row["high"]) for row in rows)


def _wrong_count(draft: Draft, index: DocIndex, atlas: Atlas) -> None:
    """As in "four cities: Beijing, Shanghai and Guangzhou": the list has another length than was said."""
    measure = draft.evidence.get("measure")
    if draft.kind != "count" or draft.comparator != "=" or measure is None or measure.start < draft.quantity.end:
        return
    for group in atlas.groups(draft.sentence):
        opened = OPENS_LIST.fullmatch(index.text, measure.end, max(measure.end, group.extent.start))
        if opened and len(group.refs) > 1 and len(group.refs) != draft.quantity.value:
            message = f"{draft.span.text} {draft.measure} announced, {len(group.refs)} listed"
            draft.flags.append(FlagValue("list-count-mismatch", message))


def _conflicts(drafts: list[Draft], index: DocIndex) -> None:
    """The same measure of the same place at the same time with two values."""
    times = {span.start_char: value.value for dated in index.dates_by_sentence.values() for span, value in dated}
    seen: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.measure is None or " " not in draft.measure or not draft.regions or draft.date is None:
            continue
        if draft.kind not in ("money", "measure", "percent"):
            continue
        if draft.relation == "part_of" or draft.region_rule in _ASSUMED or draft.date_rule in _ASSUMED:
            continue
        key = (
            draft.measure.lower(),
            draft.regions,
            times.get(draft.date),
            draft.quantity.unit,
            draft.kind,
            draft.change,
            draft.basis,
        )
        earlier = seen.setdefault(key, draft)
        same = (
            earlier is draft
            or draft.related is earlier
            or earlier.related is draft
            or earlier.quantity.value == draft.quantity.value
        )
        if not same and draft.comparator == earlier.comparator == "=":
            message = f"{draft.measure}: {draft.span.text} here, {earlier.span.text} before"
            draft.flags.append(FlagValue("conflicting-values", message))
