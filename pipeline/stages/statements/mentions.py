"""The document's people and organisations by place."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.annotations import Entities, EntityMention


class Mentions:
    """Mentions of people and organisations by place."""

    __slots__ = ("_found", "_starts", "people")

    def __init__(self, entities: Entities | None) -> None:
        """Index what the references stage left; nothing where it left nothing."""
        found = entities.mentions if entities else ()
        self._found = sorted((m for m in found if m.kind != "region"), key=lambda m: m.extent)
        self._starts = [m.extent.start for m in self._found]

    def within(self, start: int, end: int) -> list[EntityMention]:
        """Mentions inside `start:end` (characters), in text order."""
        i = bisect_left(self._starts, start)
        found = []
        while i < len(self._found) and self._starts[i] < end:
            if self._found[i].extent.end <= end:
                found.append(self._found[i])
            i += 1
        return found
