"""What was found: a statement in words, before it becomes a span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.stages.statements.cues import Cue
    from pipeline.stages.statements.speakers import Source
    from pipeline.stages.statements.words import Stretch


@dataclass(slots=True)
class Attribution:
    """What is said, the cue (None where a quotation goes on without one), the source, and the rule that found it."""

    content: Stretch
    cue: Cue | None
    source: Source | None
    rule: str
