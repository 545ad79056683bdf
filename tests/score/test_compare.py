"""Scores that can be counted by hand."""

from __future__ import annotations

from copy import deepcopy

import pytest

from pipeline.score.compare import compare, same_value
from tests.score.examples import KINDS, TEXT, at, document, full


def test_gold_against_itself_is_all_right() -> None:
    result = compare(full(), full())
    assert all((t.found.f1, t.whole.f1) == (1, 1) for t in result.kinds.values())
    assert not result.findings


def test_an_empty_run_finds_nothing() -> None:
    result = compare(full(), document())
    assert {kind: result.kinds[kind].found.fn for kind in KINDS if result.kinds[kind].found.fn} == {
        "regions": 1,
        "people": 1,
        "dates": 1,
        "claims": 2,
        "statements": 1,
    }
    assert all(result.kinds[kind].whole.f1 == 0 for kind in ("regions", "people", "dates", "claims", "statements"))


def test_one_wrong_field_spoils_the_whole_record_but_not_the_finding() -> None:
    run = full()
    run["claims"][1]["value"] = 4
    tally = compare(full(), run).kinds["claims"]
    assert (tally.found.f1, tally.whole.tp, tally.whole.fp, tally.whole.fn) == (1.0, 1, 1, 1)
    assert (tally.fields["value"].right, tally.fields["value"].total) == (1, 2)


def test_counts_of_a_missed_and_a_spurious_record() -> None:
    run = full()
    run["claims"][0] = at("opened", id="c1", value=1, measure="x", regions=[], date=None, speaker=None, related=None)
    tally = compare(full(), run).kinds["claims"]
    assert (tally.found.tp, tally.found.fp, tally.found.fn) == (1, 1, 1)
    assert tally.found.precision == tally.found.recall == tally.found.f1 == 0.5


def test_references_are_compared_through_the_records_that_they_mean() -> None:
    run = full()
    run["regions"][0]["id"] = "r9"
    run["mentions"][0]["ref"] = "r9"
    for claim in run["claims"]:
        claim["regions"] = ["r9"]
    assert compare(full(), run).kinds["claims"].whole.f1 == 1
    run["claims"][0]["regions"] = []
    assert compare(full(), run).kinds["claims"].fields["regions"].right == 1


def test_an_optional_record_costs_nothing_either_way() -> None:
    gold = full()
    gold["claims"][1]["optional"] = True
    with_it, without = full(), full()
    del without["claims"][1]
    for run in (with_it, without):
        tally = compare(gold, run).kinds["claims"]
        assert (tally.found.tp, tally.found.fp, tally.found.fn) == (1, 0, 0)


def test_a_field_that_the_gold_leaves_out_is_not_scored() -> None:
    gold, run = full(), full()
    del gold["claims"][0]["speaker"]
    run["claims"][0]["speaker"] = None
    assert compare(gold, run).kinds["claims"].whole.f1 == 1


@pytest.mark.parametrize(
    ("want", "got", "same"),
    [
        ("Enterprises", "the  enterprises", True),
        ("enterprises", "enterprise", False),
        ({"any": ["a", None]}, None, True),
        ({"any": ["a", "b"]}, "c", False),
        (1.5, 1.50, True),
        (33.33, "33.33", True),
        (0, None, False),
        (None, "", False),
        (False, None, False),
        (["director", "member"], ["member", "director"], True),
        (["director"], ["director", "member"], False),
        ([{"any": ["director", "head"]}], ["head"], True),
        ([], None, True),
        ("people\u2019s congress", "people's congress", True),
    ],
)
def test_same_value(want: object, got: object, same: bool) -> None:
    assert same_value(want, got) is same


def test_matching_is_optimal_not_greedy() -> None:
    gold = document(statements=[_stretch("s1", 0, 40, "x"), _stretch("s2", 30, 60, "y")])
    run = document(statements=[_stretch("s1", 25, 62, "y"), _stretch("s2", 0, 30, "x")])
    tally = compare(gold, run).kinds["statements"]
    assert (tally.found.tp, tally.fields["cue"].right) == (2, 2)


def test_a_statement_needs_half_of_the_joint_length() -> None:
    gold = document(statements=[_stretch("s1", 0, 40, "x")])
    assert compare(gold, document(statements=[_stretch("s1", 20, 60, "x")])).kinds["statements"].found.tp == 0
    assert compare(gold, document(statements=[_stretch("s1", 0, 20, "x")])).kinds["statements"].found.tp == 1


def test_of_alternative_bounds_the_best_counts() -> None:
    gold = document(statements=[_stretch("s1", 0, 40, "x") | {"start": {"any": [0, 10]}}])
    run = document(statements=[_stretch("s1", 10, 40, "x")])
    assert compare(gold, run).kinds["statements"].fields["text"].right == 1


def test_what_is_given_a_high_confidence_is_counted_apart() -> None:
    run = full()
    for claim, confidence in zip(run["claims"], (0.95, 0.9), strict=True):
        claim["confidence"] = confidence
    run["claims"][1]["value"] = 4
    run["dates"].append(at("ports", id="d2", value="2020", type="DATE", confidence=0.97))
    kinds = compare(full(), run).kinds
    assert (kinds["claims"].sure.right, kinds["claims"].sure.total) == (1, 2)
    assert (kinds["dates"].sure.right, kinds["dates"].sure.total) == (0, 1)


def _stretch(name: str, start: int, end: int, cue: str) -> dict[str, object]:
    return {"id": name, "text": (TEXT * 2)[start:end], "start": start, "end": end, "cue": cue}


def test_mentions_by_exact_span_and_by_overlap() -> None:
    run = full()
    run["mentions"][0] |= {"start": 0, "text": "In Hebei"}
    result = compare(full(), run)
    assert result.mentions["region exact"].f1 == 0
    assert result.mentions["region overlap"].f1 == 1
    assert result.mentions["person exact"].f1 == 1


def test_flags_are_matched_by_code_and_record() -> None:
    gold, run = full(), full()
    gold["flags"] = [{"record": "p1", "code": "unresolved-surname"}]
    run["flags"] = [
        {"record": "p1", "code": "unresolved-surname", "message": "…"},
        {"record": "c1", "code": "low-confidence", "message": "never stated in gold"},
        {"record": "d1", "code": "date-unanchored", "message": "…"},
    ]
    tally = compare(gold, run).kinds["flags"]
    assert (tally.found.tp, tally.found.fp, tally.found.fn) == (1, 1, 0)


def test_two_entities_are_the_same_where_they_share_a_place() -> None:
    run = deepcopy(full())
    run["people"][0]["name"] = "Li"
    tally = compare(full(), run).kinds["people"]
    assert (tally.found.f1, tally.whole.f1) == (1.0, 0.0)
