"""Values of the statements stage: pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.schema import Mode


def mode_of(quoted: int, words: int, *, interrupted: bool) -> Mode:
    """The mode of a statement of which `quoted` words of `words` stand between marks.

    The attribution inside an `interrupted` quotation stands outside of its marks, and is the one thing that may.
    ``mode_of(12, 12, interrupted=False)`` → ``"direct"``; ``mode_of(0, 9, interrupted=False)`` → ``"indirect"``;
    else ``"mixed"``.
    """
    if not quoted:
        return "indirect"
    return "direct" if quoted == words or (interrupted and 2 * quoted >= words) else "mixed"
