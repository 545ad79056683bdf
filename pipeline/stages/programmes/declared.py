"""How many places the text says take part in a programme: the latest total that it states."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Span, Token

from pipeline.annotations import ClaimValue
from pipeline.stages.programmes.clauses import is_outside, permits
from pipeline.stages.programmes.lexicon import names, verbs
from pipeline.stages.programmes.participation import Scene, is_tied

_CITIES = frozenset({"prefecture", "municipality", "county"})
_PROVINCES = frozenset({"province", "municipality", "autonomous_region", "special_administrative_region"})
#: The kinds of region that a noun can count; nouns that can count any are left out.
_COUNTED = {
    "counties": frozenset({"county"}),
    "districts": frozenset({"county"}),
    "cities": _CITIES,
    "ports": frozenset({"zone"}),
    "islands": frozenset({"zone"}),
    "provinces": _PROVINCES,
    "municipalities": _PROVINCES,
}
#: How many words before a number say what it counts: "the *first batch* of 46 cities", "bringing the *total to* 165".
_BEFORE = 10
_BATCH_REACH = 16
_BREAKS = frozenset({",", ";", ":", ".", "while", "but"})
_MORE = frozenset({"more", "another", "additional", "further", "extra"})
_BATCHES = frozenset({"batch", "batches", "group", "phase", "round"})
_FIRST = frozenset({"first", "initial", "initially", "originally", "1st"})
_TOTALS = frozenset({"total", "now", "altogether", "currently", "overall", "already"})
#: "was *expanded to* 17 cities", "*brings* the number *to* 30".
_GROWS = frozenset(
    {"expanded", "extended", "widened", "grown", "grew", "increased", "raised", "risen", "rose", "taking", "bringing"}
) | {"brings", "brought", "expand", "extend", "expands", "extends", "expanding", "extending", "enlarged", "up"}
#: Words between a preposition and its number: "in *a total of* nine", "to *more than* 40".
_LOOSE = frozenset({"the", "a", "total", "of", "all", "some", "about", "nearly", "over", "more", "than", "around"})
#: How many words above a number may tie it to the programme.
_ABOVE = 5

Said = Literal["total", "plain", "first", "added"]


class Declared(NamedTuple):
    """How many places the text says take part, and what it counts them in: 12, "cities"."""

    number: int
    noun: str

    def counts(self, members: tuple[Span, ...]) -> bool:
        """Whether it counts what is listed: 40 counties are not the two provinces that they lie in."""
        kinds = _COUNTED.get(self.noun)
        return kinds is None or all(member._.region.kind in kinds for member in members)


class _Count(NamedTuple):
    """A number of places and how the text says it."""

    declared: Declared
    said: Said


def declared_in(doc: Doc, scenes: list[Scene], claims: list[Span], *, strict: bool) -> Declared | None:
    """The number of places that the text states for a programme: "in *nine* regions", "*Twelve* cities have joined".

    Of several the last that is said to be the total ("first batch 46 … now *105*"); None where the text leaves open
    what they add up to. `strict` asks that the number hangs on the programme: a plan speaks of many numbers of places.
    """
    counts = list(dict.fromkeys(_counts(doc, scenes, claims, strict=strict)))
    by_said: dict[Said, list[Declared]] = {}
    for count in counts:
        by_said.setdefault(count.said, []).append(count.declared)
    totals, plain = by_said.get("total", []), by_said.get("plain", [])
    first, added = by_said.get("first", []), by_said.get("added", [])
    if totals:
        return totals[-1]
    stated = plain or first
    if not stated:
        return added[0] if len(added) == 1 else None
    return None if added or _is_contradicted(stated) else stated[0]


def _is_contradicted(stated: list[Declared]) -> bool:
    """Whether the first number is said otherwise later, of the same places."""
    return any(other.noun == stated[0].noun and other.number != stated[0].number for other in stated)


def _counts(doc: Doc, scenes: list[Scene], claims: list[Span], *, strict: bool) -> Iterator[_Count]:
    for scene in scenes:
        for span in claims[_at(claims, scene.sentence.start) : _at(claims, scene.sentence.end)]:
            number = _number_of_places(span)
            if number is None or not scene.owns(span.start) or is_outside(doc, scene.sentence.start, span.start):
                continue
            if _is_gone_by(doc, span, scene.sentence.end):
                continue
            said = _said(doc, span, scene.sentence.start)
            if _is_bound(doc, span, scene) or (not strict and (said != "plain" or _is_about(doc, span, scene))):
                yield _Count(number, said)


def _is_gone_by(doc: Doc, span: Span, end: int) -> bool:
    """Whether a number held once and holds no more: "had been expanded to 59 cities **before this year**"."""
    behind = span.end
    while behind < min(end, span.end + 3) and doc[behind].pos_ in ("NOUN", "ADJ"):
        behind += 1
    return behind < end and doc[behind].lower_ == "before"


def _at(spans: list[Span], token: int) -> int:
    return bisect_left(spans, token, key=lambda span: span.start)


def _said(doc: Doc, span: Span, first: int) -> Said:
    """How a number is said: "seven *more* cities", "*first batch* of 46", "*expanded to* 105", or plainly."""
    beside = {doc[i].lower_ for i in (span.start - 1, span.end) if 0 <= i < len(doc)}
    before = _words_before(doc, span, first)
    if not beside.isdisjoint(_MORE) and beside.isdisjoint({"than"}):
        return "added"
    if before[-1:] == ["to"] and not _GROWS.isdisjoint(before):
        return "total"
    if not _TOTALS.isdisjoint(before) and "batch" not in before:
        return "total"
    if not _FIRST.isdisjoint(before) or before[-1:] == ["from"]:
        return "first"
    return "added" if not _BATCHES.isdisjoint(before) else _of_batch(doc, span, first)


def _of_batch(doc: Doc, span: Span, first: int) -> Said:
    """Whose number it is where a batch is the subject: "The *second batch*, launched in 2016, included four"."""
    for i in range(span.start - 1, max(first, span.start - _BATCH_REACH), -1):
        if doc[i].lower_ in _BATCHES:
            return "first" if doc[i - 1].lower_ in _FIRST else "added"
    return "plain"


def _words_before(doc: Doc, span: Span, first: int) -> list[str]:
    """The words before a number back to the start of its clause, without those that only round it."""
    start = span.start
    while start > first and span.start - start < _BEFORE and doc[start - 1].lower_ not in _BREAKS:
        start -= 1
    spoken = [token.lower_ for token in doc[start : span.start] if not token.is_space]
    while len(spoken) > 1 and spoken[-1] in _LOOSE - {"total", "of"}:
        spoken.pop()
    return spoken


def _is_bound(doc: Doc, span: Span, scene: Scene) -> bool:
    """Whether a number hangs on the programme: "in nine cities", "Under the plan, nine cities will each …"."""
    if scene.sentence.text.lstrip().startswith("Under "):
        return True
    before = doc[span.start - 1] if span.start else None
    if before is None:
        return False
    return (before.pos_ == "ADP" and is_tied(before, scene)) or verbs().get(before.lower_) == "cover"


def _is_about(doc: Doc, span: Span, scene: Scene) -> bool:
    """Whether a number is said of a pilot's places.

    "*12 cities* have joined", "*six places* chosen for", "18 *pilot* cities", "It covers …".
    """
    if scene.mention is None or "pilot" in span._.claim.measure.lower().split():
        return True
    i = span.start - 1
    while i > scene.sentence.start and doc[i].lower_ in _LOOSE:
        i -= 1
    if doc[i].pos_ == "ADP" and is_tied(doc[i], scene):
        return True
    clauses = [child for child in span.root.head.children if child.dep_ in ("acl", "relcl") and child.i > span.start]
    return any(_is_of_scene(token, scene) for token in (*list(span.root.ancestors)[:_ABOVE], *clauses))


def _is_of_scene(token: Token, scene: Scene) -> bool:
    """Whether a word above a number is the programme's name or says something of it."""
    mention = scene.mention
    if mention is not None and mention.start <= token.i < mention.end:
        return True
    part = any(child.lower_ == "part" for child in token.children)
    return (
        part
        or verbs().get(token.lower_) in ("join", "cover")
        or any(event.verb == token or permits(token, event.verb) for event in scene.events)
    )


def _number_of_places(span: Span) -> Declared | None:
    """A count of places; not a percentage, a duration, or a part of another number ("three of the nine cities")."""
    value = span._.claim
    if not isinstance(value, ClaimValue) or value.kind != "count" or value.unit != "1" or value.value_high is not None:
        return None
    words = (value.measure or "").lower().split()
    if not words or words[-1] not in names("place_nouns") or value.value != int(value.value):
        return None
    return None if value.relation == "part_of" else Declared(int(value.value), words[-1])
