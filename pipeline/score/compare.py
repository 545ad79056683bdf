"""One gold document against one document of a run: what was missed, what is spurious, which fields are wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING, Any

from pipeline.schema import RECORD_KINDS, REFERENCES
from pipeline.score.gold import alternatives
from pipeline.score.match import Pair, Places, assign, overlap, statement_overlap
from pipeline.score.tally import FieldTally, KindTally, Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.score.gold import Row

ENTITIES = ("regions", "people", "organisations", "programmes")
KINDS = RECORD_KINDS

#: Fields that say where a record stands or how it came about: scored by the matching, or not at all.
UNSCORED = frozenset(
    {"id", "optional", "start", "end", "first", "mentions", "sentence", "cue_start", "cue_end", "confidence", "rule"}
    | {"evidence", "candidates", "latitude", "longitude", "members", "name_zh", "edtf"}
)
#: `start` of a programme is a date, and scored.
_SCORED_ANYWAY = {"programmes": frozenset({"start", "end"})}
#: From this confidence on at least 95 in 100 records have to be right.
SURE = 0.9
#: Two statements have the same text when they share this much of it.
SAME_TEXT = 0.9


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between gold and run; `fields` maps a wrong field to (wanted, got)."""

    doc_id: str
    kind: str
    verdict: str
    text: str
    start: int | None
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Comparison:
    """The counts of one document, or of many added up, and every difference."""

    kinds: dict[str, KindTally] = field(default_factory=dict)
    mentions: dict[str, Tally] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    documents: int = 0

    def add(self, other: Comparison) -> None:
        """Add another document's comparison."""
        for name, tally in other.kinds.items():
            self.kinds.setdefault(name, KindTally()).add(tally)
        for name, counts in other.mentions.items():
            self.mentions.setdefault(name, Tally()).add(counts)
        self.findings.extend(other.findings)
        self.documents += other.documents


def compare(gold: Row, run: Row) -> Comparison:
    """Compare one document; see `SPEC` for what a record is.

    A required gold record without a partner is missed, a run's record without a partner is spurious; a pair is right
    as a whole when every field that the gold states is right.
    """
    result = Comparison(documents=1)
    doc_id = gold["article"]["doc_id"]
    same: dict[str, str] = {}
    pairs = {kind: _pairs(kind, gold, run) for kind in KINDS}
    for kind in KINDS:
        same.update({gold[kind][i]["id"]: run[kind][j]["id"] for i, j in pairs[kind] if kind in gold})
    for kind in KINDS:
        checker = _Checker(doc_id, kind, same)
        result.kinds[kind] = checker.tally(gold.get(kind, []), run.get(kind, []), pairs[kind])
        result.findings.extend(checker.findings)
    _compare_article(result, gold["article"], run["article"])
    _compare_mentions(result, gold, run, same)
    _compare_flags(result, gold, run, same)
    return result


def _pairs(kind: str, gold: Row, run: Row) -> list[Pair]:
    if kind in ENTITIES:
        affinity: Callable[[Row, Row], float] = partial(_entity_affinity, Places(gold, run))
    else:
        affinity = statement_overlap if kind == "statements" else overlap
    return assign(gold.get(kind, []), run.get(kind, []), affinity)


def _entity_affinity(places: Places, gold: Row, run: Row) -> float:
    """Shared places first; among equals the one that has the right name."""
    shared = places.affinity(gold, run)
    return shared + 0.25 * same_value(gold.get("name"), run.get("name")) if shared else 0.0


class _Checker:
    """Counts one kind of record of one document and keeps what is wrong."""

    def __init__(self, doc_id: str, kind: str, same: dict[str, str]) -> None:
        self.doc_id, self.kind, self.same = doc_id, kind, same
        self.findings: list[Finding] = []

    def tally(self, gold: Sequence[Row], run: Sequence[Row], pairs: Sequence[Pair]) -> KindTally:
        out = KindTally()
        for i, j in pairs:
            if not gold[i].get("optional"):
                self._pair(out, gold[i], run[j])
        met_gold, met_run = {pair.gold for pair in pairs}, {pair.run for pair in pairs}
        for i, row in enumerate(gold):
            if i not in met_gold and not row.get("optional"):
                self._unmatched(out, row, "missed")
        for j, row in enumerate(run):
            if j not in met_run:
                self._unmatched(out, row, "spurious")
        return out

    def _pair(self, out: KindTally, gold: Row, run: Row) -> None:
        wrong = {}
        for name in scored_fields(self.kind, gold):
            counts = out.fields.setdefault(name, FieldTally())
            right = self.field_right(name, gold, run)
            counts.total += 1
            counts.right += right
            if not right:
                wrong[name] = (gold[name], run.get(name))
        out.found.tp += 1
        _count_sure(out, run, right=not wrong)
        out.whole.add(Tally(fp=1, fn=1) if wrong else Tally(tp=1))
        if wrong:
            self.findings.append(Finding(self.doc_id, self.kind, "wrong", _label(gold), _place(gold), wrong))

    def _unmatched(self, out: KindTally, row: Row, verdict: str) -> None:
        one = Tally(fn=1) if verdict == "missed" else Tally(fp=1)
        if verdict == "spurious":
            _count_sure(out, row, right=False)
        out.found.add(one)
        out.whole.add(one)
        self.findings.append(Finding(self.doc_id, self.kind, verdict, _label(row), _place(row)))

    def field_right(self, name: str, gold: Row, run: Row) -> bool:
        got = run.get(name)
        if name == "text" and self.kind == "statements":
            return overlap(gold, run) >= SAME_TEXT
        if name in REFERENCES.get(self.kind, ()):
            return any(self._same_reference(want, got) for want in alternatives(gold[name]))
        return same_value(gold[name], got)

    def _same_reference(self, want: Any, got: Any) -> bool:
        if isinstance(want, list):
            return {self.same.get(ref, ref and f"?{ref}") for ref in want} == set(got or [])
        return (want is None and got is None) or (want is not None and self.same.get(want) == got and got is not None)


def _count_sure(out: KindTally, run: Row, *, right: bool) -> None:
    if run.get("confidence", 0.0) >= SURE:
        out.sure.total += 1
        out.sure.right += right


def scored_fields(kind: str, gold: Row) -> list[str]:
    """The fields of a gold record that count, in their order."""
    anyway = _SCORED_ANYWAY.get(kind, frozenset())
    return [name for name in gold if name not in UNSCORED or name in anyway]


def same_value(want: Any, got: Any) -> bool:
    """Tell whether a value is one of the gold's: numbers by value, words regardless of case, space and article.

    >>> same_value({"any": ["the enterprises", None]}, "Enterprises")
    True
    """
    return any(_same(option, got) for option in alternatives(want))


def _same(want: Any, got: Any) -> bool:
    if isinstance(want, list):
        return _same_list(want, list(got or []))
    if want is None or got is None or isinstance(want, bool):
        return want is got or want == got
    if isinstance(want, int | float):
        return _number(want) == _number(got)
    return _words(want) == _words(got)


def _same_list(want: list[Any], got: list[Any]) -> bool:
    if len(want) != len(got):
        return False
    rest = list(got)
    for option in want:
        hit = next((value for value in rest if same_value(option, value)), None)
        if hit is None:
            return False
        rest.remove(hit)
    return True


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _words(value: Any) -> str:
    text = re.sub(r"\s+", " ", str(value).translate(_QUOTES)).strip().casefold()
    return re.sub(r"^(the|a|an) ", "", text)


_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})


def _label(row: Row) -> str:
    value = row.get("text") or row.get("name") or row.get("code") or ""
    return str(alternatives(value)[0])


def _place(row: Row) -> int | None:
    value = row.get("first", row.get("start"))
    return value if isinstance(value, int) else None


def _compare_article(result: Comparison, gold: Row, run: Row) -> None:
    tally = KindTally(found=Tally(tp=1))
    wrong: dict[str, tuple[Any, Any]] = {}
    for name in ("title", "authors", "publisher", "published", "dateline_place"):
        if name in gold:
            right = same_value(gold[name], run.get(name))
            tally.fields[name] = FieldTally(right=int(right), total=1)
            if not right:
                wrong[name] = (gold[name], run.get(name))
    tally.whole = Tally(fp=1, fn=1) if wrong else Tally(tp=1)
    result.kinds["article"] = tally
    if wrong:
        result.findings.append(Finding(gold["doc_id"], "article", "wrong", gold["doc_id"], None, wrong))


def _compare_mentions(result: Comparison, gold: Row, run: Row, same: dict[str, str]) -> None:
    """By exact span with the form and the entity meant (`mentions`), and by overlap alone."""
    mine, theirs = gold.get("mentions", []), run.get("mentions", [])
    pairs = assign(mine, theirs, _same_place)
    checker = _Checker(gold["article"]["doc_id"], "mentions", same)
    result.kinds["mentions"] = checker.tally(mine, theirs, pairs)
    result.findings.extend(checker.findings)
    loose = assign(mine, theirs, _near_place)
    for kind in sorted({m["kind"] for m in (*mine, *theirs)}):
        result.mentions[f"{kind} exact"] = _count(kind, mine, theirs, pairs)
        result.mentions[f"{kind} overlap"] = _count(kind, mine, theirs, loose)


def _same_place(a: Row, b: Row) -> float:
    return float(a["kind"] == b["kind"] and overlap(a, b) == 1)


def _near_place(a: Row, b: Row) -> float:
    return overlap(a, b) if a["kind"] == b["kind"] else 0.0


def _count(kind: str, gold: Sequence[Row], run: Sequence[Row], pairs: Sequence[Pair]) -> Tally:
    required = [i for i, row in enumerate(gold) if row["kind"] == kind and not row.get("optional")]
    met = {pair.gold for pair in pairs}
    met_run = {pair.run for pair in pairs}
    tp = sum(1 for i in required if i in met)
    spurious = sum(1 for j, row in enumerate(run) if row["kind"] == kind and j not in met_run)
    return Tally(tp=tp, fp=spurious, fn=len(required) - tp)


#: Flags that depend on how sure the program is, and that no gold file can state.
UNSTATED_FLAGS = frozenset({"low-confidence"})


def _compare_flags(result: Comparison, gold: Row, run: Row, same: dict[str, str]) -> None:
    if "flags" not in gold:
        return
    theirs = [flag for flag in run.get("flags", []) if flag["code"] not in UNSTATED_FLAGS]

    def affinity(a: Row, b: Row) -> float:
        return float(a["code"] == b["code"] and (a.get("record") is None or same.get(a["record"]) == b["record"]))

    checker = _Checker(gold["article"]["doc_id"], "flags", same)
    pairs = assign(gold["flags"], theirs, affinity)
    bare = [{"code": flag["code"], **({"optional": True} if flag.get("optional") else {})} for flag in gold["flags"]]
    result.kinds["flags"] = checker.tally(bare, theirs, pairs)
    result.findings.extend(checker.findings)
