"""The document's people and organisations by place."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span

    from pipeline.annotations import Entities, EntityMention, Extent


class Mentions:
    """Mentions of people and organisations by place."""

    __slots__ = ("_found", "_starts", "_titles")

    def __init__(self, entities: Entities | None, people: Iterable[Span] = ()) -> None:
        """Index what the references stage left, nothing where it left nothing, and the titles of `people`."""
        self._titles = {
            span.start_char: role.extent
            for span in people
            for role in span._.person.roles
            if role.extent.end == span.start_char - 1
        }
        found = entities.mentions if entities else ()
        self._found = sorted((m for m in found if m.kind != "region"), key=lambda m: m.extent)
        self._starts = [m.extent.start for m in self._found]

    def title_before(self, mention: EntityMention) -> Extent | None:
        """The title right before a name: "**vice-minister of commerce** Li Hua"."""
        return self._titles.get(mention.extent.start)

    def within(self, start: int, end: int) -> list[EntityMention]:
        """Mentions inside `start:end` (characters), in text order."""
        i = bisect_left(self._starts, start)
        found = []
        while i < len(self._found) and self._starts[i] < end:
            if self._found[i].extent.end <= end:
                found.append(self._found[i])
            i += 1
        return found
