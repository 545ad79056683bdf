"""Attributions of headlines without a verb: "Exports to rise: ministry", "Mayor: Market will not move"."""

from __future__ import annotations

from pipeline.stages.statements.attribution import Attribution
from pipeline.stages.statements.cues import Cue
from pipeline.stages.statements.speakers import Source, resolve
from pipeline.stages.statements.verbs import Verb, noun_kind
from pipeline.stages.statements.words import Stretch, Words

_COLON = Verb(":", (), frozenset({"aside"}), "any")
_LONGEST_SOURCE = 6


def read_headline(words: Words, unit: Stretch) -> list[Attribution]:
    """The statement of a headline in which a colon stands between a source and what it says."""
    colons = [i for i in range(unit.start + 1, unit.end - 1) if words.lower[i] == ":"]
    if len(colons) != 1:
        return []
    colon = colons[0]
    for part, content in (
        (Stretch(colon + 1, unit.end), Stretch(unit.start, colon)),
        (Stretch(unit.start, colon), Stretch(colon + 1, unit.end)),
    ):
        source = _source(words, part)
        if source and content.end - content.start >= 3:
            cue = Cue(colon, part.start, part.end, _COLON, "source")
            return [Attribution(words.trimmed(*content), cue, source, "headline_colon")]
    return []


def _source(words: Words, part: Stretch) -> Source | None:
    """A short phrase that names a person, an organisation or a kind of source, and has no verb."""
    start, end = words.trimmed(*part)
    if not 0 < end - start <= _LONGEST_SOURCE or words.any_finite(start, end):
        return None
    source = resolve(words, Source(start, end, end - 1), end)
    return source if source.ref or noun_kind(words.lower[end - 1]) else None
