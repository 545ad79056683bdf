"""Our exact-span figures against an independent scorer's."""

from __future__ import annotations

import random

import pytest
from nervaluate.evaluator import Evaluator

from pipeline.score.compare import compare
from tests.score.examples import document


def _mentions(rng: random.Random) -> list[dict[str, object]]:
    """Random mentions that don't overlap each other: the other scorer pairs overlapping ones greedily."""
    starts = sorted(rng.sample(range(0, 200, 4), 12))
    return [
        {
            "kind": rng.choice(("region", "person")),
            "form": "name",
            "start": s,
            "end": s + rng.randint(1, 4),
            "ref": None,
        }
        for s in starts
    ]


def _entities(mentions: list[dict[str, object]]) -> list[dict[str, object]]:
    """The other scorer's ends are inclusive."""
    return [{"label": m["kind"], "start": m["start"], "end": int(str(m["end"])) - 1} for m in mentions]


@pytest.mark.parametrize("seed", range(20))
def test_exact_f1_agrees(seed: int) -> None:
    rng = random.Random(seed)
    gold, run = _mentions(rng), _mentions(rng)
    result = compare(document(mentions=gold), document(mentions=run))
    theirs = Evaluator([_entities(gold)], [_entities(run)], tags=["region", "person"], loader="dict").evaluate()
    for kind in ("region", "person"):
        strict = theirs["entities"][kind]["strict"]
        ours = result.mentions.get(f"{kind} exact")
        correct = ours.tp if ours else 0
        assert correct == strict.correct
