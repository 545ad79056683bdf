"""Values of the statements stage: pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.schema import Mode, SpeakerKind


def mode_of(quoted: int, words: int, *, interrupted: bool) -> Mode:
    """The mode of a statement of which `quoted` words of `words` stand between marks.

    The attribution inside an `interrupted` quotation stands outside of its marks, and is the one thing that may.
    ``mode_of(12, 12, interrupted=False)`` → ``"direct"``; ``mode_of(0, 9, interrupted=False)`` → ``"indirect"``;
    else ``"mixed"``.
    """
    if not quoted:
        return "indirect"
    return "direct" if quoted == words or (interrupted and 2 * quoted >= words) else "mixed"


#: Rules by how often they were right on gold: the verb's own ("say_after") first, then the shape's ("_tail").
_SURE_VERBS = frozenset(
    {"say", "according", "according_to", "tell", "add", "note", "announce", "report", "warn", "show"}
)
_BY_SHAPE = {"inside": 0.85, "tail": 0.85, "noun": 0.75, "colon": 0.7, "subject": 0.5, "continued": 0.85}


def confidence_of(rule: str, kind: SpeakerKind | None, *, resolved: bool) -> float:
    """How likely a statement and its speaker are right, by the rule that found it and by what its source is.

    ``confidence_of("say_after", "person", resolved=True)`` → 0.95. A source that should have a name and has none in
    the text counts for less; a group or a document needs none.
    """
    verb, _, shape = rule.rpartition("_")
    base = _BY_SHAPE.get(shape, 0.95 if verb in _SURE_VERBS else 0.85)
    return base if resolved or kind in ("group", "document") else min(base, 0.7)
