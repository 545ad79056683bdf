"""What fails a build: floors on the command line, and a baseline file that is not lowered unawares."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from pipeline.score.gold import ScoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.score.scorer import Scores

Floors = dict[str, dict[str, float]]


def parse_floor(text: str) -> tuple[str, str, float]:
    """Read ``KIND=F1`` or ``KIND.found=F1``: ``"claims=0.7"`` → ``("claims", "whole", 0.7)``.

    A bare kind means the whole record. Raises `ScoreError` for anything else.
    """
    name, sign, number = text.partition("=")
    kind, _, which = name.strip().partition(".")
    try:
        floor = float(number)
    except ValueError:
        floor = math.nan
    if not sign or not 0 <= floor <= 1 or which not in ("", "found", "whole"):
        raise ScoreError(f"--min {text}: write KIND=F1 or KIND.found=F1 with F1 from 0 to 1, like claims=0.7")
    return kind, which or "whole", floor


def below_floors(scores: Scores, floors: Iterable[tuple[str, str, float]]) -> Iterator[str]:
    """Yield a line for each figure that is below its floor."""
    figures = scores.figures()
    for kind, which, floor in floors:
        if kind not in figures:
            raise ScoreError(f"no records of kind {kind!r}: choose from {', '.join(figures)}")
        if figures[kind][which] < floor - 1e-9:
            yield f"{kind} {which}: F1 {figures[kind][which]:.4f} is below {floor:.4f}"


def below_baseline(scores: Scores, path: Path) -> Iterator[str]:
    """Yield a line for each figure below the baseline's, and one where the gold is not the one it was made from."""
    baseline = read_baseline(path)
    if baseline["gold"] != scores.digest:
        yield f"{path}: made from other gold labels: score again with --write-baseline {path}"
    floors = [(kind, which, f1) for kind, row in baseline["floors"].items() for which, f1 in row.items()]
    yield from below_floors(scores, floors)


def read_baseline(path: Path) -> dict[str, Any]:
    """Read a baseline file: ``{"gold": digest, "floors": {kind: {"found": F1, "whole": F1}}}``."""
    if not path.is_file():
        raise ScoreError(f"{path}: no such baseline: make it with --write-baseline {path}")
    try:
        baseline = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        raise ScoreError(f"{path}: not JSON ({error})") from None
    if not isinstance(baseline, dict) or not {"gold", "floors"} <= set(baseline):
        raise ScoreError(f"{path}: not a baseline: it needs 'gold' and 'floors'")
    return baseline


def write_baseline(scores: Scores, path: Path, *, allow_lower: bool = False) -> None:
    """Write this score's figures as floors, rounded down to three places.

    Refuses, with `ScoreError`, to lower a floor that stands unless `allow_lower`.
    """
    floors = {k: {w: math.floor(f1 * 1000) / 1000 for w, f1 in row.items()} for k, row in scores.figures().items()}
    if path.is_file() and not allow_lower:
        lowered = list(_lowered(read_baseline(path)["floors"], floors))
        if lowered:
            raise ScoreError(f"{path}: would lower {', '.join(lowered)}: say --allow-lower if that is meant")
    text = json.dumps({"gold": scores.digest, "floors": floors}, indent=2) + "\n"
    path.write_text(text, "utf-8")


def _lowered(old: Floors, new: Floors) -> Iterator[str]:
    for kind, row in old.items():
        for which, floor in row.items():
            got = new.get(kind, {}).get(which, 0.0)
            if got < floor:
                yield f"{kind} {which} from {floor} to {got}"
