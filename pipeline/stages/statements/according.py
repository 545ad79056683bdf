"""`According to Li, …`, `…, according to data from the bureau` and `…, as announced by Li`."""

from __future__ import annotations

from dataclasses import replace

from pipeline.stages.statements.after import content_before
from pipeline.stages.statements.attribution import Attribution
from pipeline.stages.statements.before import content_end
from pipeline.stages.statements.clauses import clause_end, quote_before, segment_end, subject_of
from pipeline.stages.statements.cues import Cue
from pipeline.stages.statements.patterns import COMMAS
from pipeline.stages.statements.speakers import Source, head_of, phrase, resolve
from pipeline.stages.statements.verbs import not_sources, noun_kind
from pipeline.stages.statements.words import Stretch, Words


def read_according(words: Words, cue: Cue, unit: Stretch) -> Attribution | None:
    """`According to Li, …`, `…, according to Li`, `…, according to data from the bureau, …`, `…, as noted by Li`."""
    found = _read(words, cue, unit)
    if found is None or cue.at == cue.start:
        return found
    return replace(found, cue=replace(cue, start=cue.at, end=cue.end - 1))


def _read(words: Words, cue: Cue, unit: Stretch) -> Attribution | None:
    head = next((c for c in words.children(words.tokens[cue.end - 1]) if c.dep_ == "pobj"), None)
    stop = segment_end(words, cue.end, unit.end)
    if head is None or not cue.end <= words.place(head) < unit.end:
        head = head_of(words.tokens[cue.end : stop])
    if head is None:
        return None
    source = phrase(words, head, cue.end, unit.end)
    if head.lower_ in not_sources() and source.end - source.start <= 2:
        return None
    edge = clause_end(words, max(source.end, min(words.place(head.right_edge) + 1, unit.end)), unit.end)
    edge = _without_clause(words, stop, edge)
    reach = max(edge, stop)
    if source.end < unit.end and words.lower[source.end] == ",":
        # "according to its vice-president, Pei Lanxin": the name may stand behind the comma
        reach = max(reach, segment_end(words, source.end + 1, unit.end))
    source = resolve(words, source, reach)
    opens = not (words.any_finite(unit.start, cue.start) or _has_main_verb(words, unit.start, cue.start))
    return _after_source(words, cue, source, unit, edge) if opens else _before_source(words, cue, source, unit)


def _has_main_verb(words: Words, start: int, end: int) -> bool:
    """Whether a sentence's verb is a past form that the tagger takes for a participle: "Crowds **flocked** to …"."""
    return any(
        words.tags[i] == "VBN" and words.tokens[i].dep_ == "ROOT" and subject_of(words, words.tokens[i]) is not None
        for i in range(start, end)
    )


def _without_clause(words: Words, stop: int, edge: int) -> int:
    """The comma behind a source where the parser hangs on it what is told: "According to the city, **sales rose**"."""
    if stop >= edge or words.lower[stop] != "," or not words.any_finite(stop, edge):
        return edge
    return edge if any(tag.startswith("W") for tag in words.tags[stop:edge]) else stop


def _after_source(words: Words, cue: Cue, source: Source, unit: Stretch, edge: int) -> Attribution | None:
    start = edge
    while start < unit.end and words.lower[start] not in COMMAS | {":"}:
        start += 1
    if start >= unit.end - 1:
        start = _behind_clause(words, source.end, unit)
    if start >= unit.end - 1:
        return None
    first = start + 1 if cue.start - unit.start <= 2 else unit.start
    quote = words.opening(first)
    end = quote.last if quote and quote.closed and words.is_speech(quote) else content_end(words, first, unit)
    return Attribution(words.trimmed(first, end), cue, source, "according_to_before")


def _behind_clause(words: Words, start: int, unit: Stretch) -> int:
    """The comma that closes a source and its clause: "According to Li, who heads the team**,** half of them failed"."""
    comma = clause_end(words, start, unit.end)
    if comma + 1 < unit.end and words.tags[comma + 1] in ("WP", "WDT", "DT"):
        comma = clause_end(words, comma + 1, unit.end)
    return comma


def _before_source(words: Words, cue: Cue, source: Source, unit: Stretch) -> Attribution | None:
    comma = words.lower[cue.start - 1] in COMMAS or quote_before(words, cue.start - 1, unit) is not None
    if not comma and source.ref is None and noun_kind(words.lower[source.head]) is None:
        return None
    return content_before(words, cue, source, unit, Stretch(cue.start, unit.end))
