"""What follows a cue: "Li Hua said (on Monday) that **exports rose**", "Li urged **banks to lend more**"."""

from __future__ import annotations

from pipeline.stages.statements.clauses import is_finite, is_infinitive, segment_end, subject_of
from pipeline.stages.statements.cues import Cue
from pipeline.stages.statements.patterns import (
    ADJUNCT_TAGS,
    COMMAS,
    DAYS,
    LINKS,
    OBJECTS,
    PERIODS,
    SHARES,
    TERMINALS,
)
from pipeline.stages.statements.speakers import Source
from pipeline.stages.statements.verbs import noun_kind, verbs
from pipeline.stages.statements.words import FINITE, Stretch, Words


def content_after(words: Words, cue: Cue, unit: Stretch, source: Source) -> Stretch | None:
    """What follows the cue: a quotation, a that-clause, a clause, or an infinitive where the verb takes one."""
    quoted = _quote_after(words, cue, unit)
    if quoted:
        return quoted
    start = _clause_start(words, cue, unit, source)
    if start is None:
        return None
    ends = (
        _narrator(words, cue, start, unit),
        _main_clause(words, cue, start, unit),
        _other_part(words, source, start),
    )
    end = min(content_end(words, start, unit), *ends)
    return words.trimmed(start, end)


def _other_part(words: Words, source: Source, start: int) -> int:
    """Where the writer counts others: "**A third** said they would hire, **while 14 percent** meant to dismiss"."""
    if not _is_share(words, source.start, source.end):
        return len(words)
    commas = (
        i for i in range(start, min(words.units[words.unit_of[start]].end - 2, start + 60)) if words.lower[i] == ","
    )
    return next((i for i in commas if words.lower[i + 1] in LINKS and _is_share(words, i + 2, i + 5)), len(words))


def _is_share(words: Words, start: int, end: int) -> bool:
    """Whether words count some of many: "47 percent", "nearly half of them", "the others"."""
    return any(words.tags[i] == "CD" or words.lower[i] in SHARES for i in range(start, min(end, len(words))))


def _main_clause(words: Words, cue: Cue, start: int, unit: Stretch) -> int:
    """Where the main clause follows one with the cue: "As he says the line is safe, trains run again"."""
    token = words.tokens[cue.at]
    if token.dep_ != "advcl" or words.place(token.head) < cue.at:
        return len(words)
    subject = subject_of(words, token.head)
    at = words.place((subject or token.head).left_edge) if subject else words.place(token.head)
    while at > start and words.lower[at] != ",":
        at -= 1
    return at if at > start else len(words)


def _narrator(words: Words, cue: Cue, start: int, unit: Stretch) -> int:
    """Where the writer takes over again: "Li conceded that …, but he did not withdraw it"."""
    for child in words.children(words.tokens[cue.at]):
        at = words.place(child)
        if child.dep_ == "cc" and start < at < unit.end and words.lower[at - 1] == "," and words.lower[at] == "but":
            joined = next(
                (c for c in words.children(words.tokens[cue.at]) if c.dep_ == "conj" and words.place(c) > at), None
            )
            if joined is not None and subject_of(words, joined) is not None:
                return at - 1
    return len(words)


def _quote_after(words: Words, cue: Cue, unit: Stretch) -> Stretch | None:
    """`Li said: "…"`, `Li said on Monday, "…"`, `Li told Xinhua "…"`: through the quotation's end."""
    if not cue.verb.takes & {"quote", "apart"}:
        return None
    for i in range(cue.end, min(unit.end, cue.end + 30)):
        quote = words.opening(i)
        if quote is not None:
            direct = (i == cue.end and "quote" in cue.verb.takes) or words.lower[i - 1] in (",", ":", "--", "\u2014")
            whole = quote.closed and words.is_speech(quote) and not words.finite(cue.end, i)
            if whole and not direct and "label" in cue.verb.takes and "," not in words.lower[cue.end : i]:
                return Stretch(quote.first, quote.last)
            whole = whole and direct
            return words.trimmed(quote.first, max(quote.last, _rest_of(words, quote.end, unit))) if whole else None
    if unit.end < len(words) and words.lower[unit.end - 1] == ":" and not words.any_finite(cue.end, unit.end - 1):
        quote = words.opening(unit.end)
        return Stretch(quote.first, quote.last) if quote and quote.closed else None
    return None


def _rest_of(words: Words, end: int, unit: Stretch) -> int:
    """The sentence's end where words follow a quotation in it that belong to what is said."""
    rest = end < unit.end and words.lower[end] not in TERMINALS and words.lower[end - 2] not in COMMAS | TERMINALS
    return content_end(words, end, unit) if rest else end


def _known(words: Words, source: Source) -> bool:
    """Whether a source is a name, a pronoun or a noun for people: what "tells" and "asks"."""
    people = noun_kind(words.lower[source.head]) in ("person", "group", "organisation")
    return source.ref is not None or people or words.tags[source.head].startswith(("NNP", "PRP"))


def _clause_start(words: Words, cue: Cue, unit: Stretch, source: Source) -> int | None:
    """Where what is said begins, by the first of the constructions that the verb takes and the words show."""
    takes = cue.verb.takes
    that = _that_after(words, cue, unit)
    if that is not None and "that" in takes:
        return that + 1 if _has_any_verb(words, that, unit) or "quote" in takes else None
    if "whether" in takes and (question := _question_after(words, cue, unit)) is not None:
        return question if _known(words, source) else None
    start = _colon_start(words, cue, unit) if "that" in takes else None
    if start is None and takes & {"to", "somebody-to"}:
        start = _infinitive_start(words, cue, unit)
    if start is None and "of" in takes and _accusation_follows(words, cue, unit):
        start = cue.end
    if start is None and "clause" in takes and (cue.verb.name != "find" or _known(words, source)):
        start = _bare_start(words, cue, unit)
    return start


def _has_any_verb(words: Words, that: int, unit: Stretch) -> bool:
    """Whether a that-clause has a verb, be it a past form that the tagger takes for a participle: "incomes climbed"."""
    past = words.tags[that] == "IN" and "VBN" in words.tags[that + 1 : unit.end]
    return past or words.any_finite(that + 1, unit.end)


def _colon_start(words: Words, cue: Cue, unit: Stretch) -> int | None:
    """`The commentary points out: The network has grown`: the words after the colon."""
    stop = segment_end(words, cue.end, unit.end)
    colon = stop < unit.end and words.lower[stop] == ":" and stop - cue.end <= 8
    return stop + 1 if colon and not words.finite(cue.end, stop) and words.any_finite(stop, unit.end) else None


def _accusation_follows(words: Words, cue: Cue, unit: Stretch) -> bool:
    """`accused the utility of hiding the leak`."""
    stop = min(segment_end(words, cue.end, unit.end), cue.end + 15)
    return any(words.lower[i] == "of" and words.tags[i + 1] == "VBG" for i in range(cue.end, min(stop, len(words) - 1)))


def _that_after(words: Words, cue: Cue, unit: Stretch) -> int | None:
    """The "that" which opens the clause: after the verb, with nothing but adjuncts or somebody told between."""
    for i in range(cue.end, min(unit.end, cue.end + 25)):
        if words.lower[i] == "that" and words.tags[i] in ("IN", "WDT", "DT"):
            between = i - cue.end
            if words.tags[i] == "DT" and (between or not words.any_finite(i, unit.end)):
                continue
            return i if not between or _lets_through(words, cue, i) else None
        if words.tags[i] in ("VBD", "VBZ", "VBP", "MD", "VBG") or words.lower[i] in (":", ";"):
            return None
    return None


def _lets_through(words: Words, cue: Cue, that: int) -> bool:
    first = cue.end
    adjunct = words.tags[first] in ADJUNCT_TAGS or words.lower[first] in DAYS | {","}
    if words.lower[first] in ("this", "last") and words.lower[first + 1] not in PERIODS:
        adjunct = False
    if adjunct or "object" in cue.verb.takes:
        verb = words.tokens[that].head
        return words.tags[that] != "WDT" or verb.dep_ != "relcl"
    return False


def _question_after(words: Words, cue: Cue, unit: Stretch) -> int | None:
    for i in range(cue.end, min(unit.end, cue.end + 6)):
        here = i == cue.end or "object" in cue.verb.takes
        if words.lower[i] in ("whether", "if") or (here and words.tags[i] in ("WP", "WRB", "WDT")):
            return i if words.any_finite(i, unit.end) or words.lower[i + 1 : i + 2] == ["to"] else None
    return None


def _infinitive_start(words: Words, cue: Cue, unit: Stretch) -> int | None:
    """`vowed to fight`, `urged banks to lend`, `called on them to help`: the infinitive with who is to do it."""
    verb = words.tokens[cue.at]
    if words.lower[cue.end : cue.end + 1] == ["to"]:
        return cue.end if words.tags[cue.end + 1 : cue.end + 2] == ["VB"] and "to" in cue.verb.takes else None
    for child in words.children(verb):
        if child.dep_ in ("xcomp", "ccomp", "advcl") and words.place(child) > cue.at and is_infinitive(words, child):
            return cue.end
        if child.dep_ == "dobj" and any(
            c.dep_ in ("relcl", "acl") and is_infinitive(words, c) for c in words.children(child)
        ):
            return cue.end
    if cue.verb.particle:
        stop = segment_end(words, cue.end, unit.end)
        if any(words.lower[i] == "to" and words.tags[i + 1] == "VB" for i in range(cue.end, min(stop, len(words) - 1))):
            return cue.end
    return None


def _bare_start(words: Words, cue: Cue, unit: Stretch) -> int | None:
    """A clause without "that": the parser's, else the words after adverbs and days."""
    clause = next(
        (c for c in words.children(words.tokens[cue.at]) if c.dep_ == "ccomp" and words.place(c) > cue.at), None
    )
    if clause is not None and is_finite(words, clause):
        start = max(cue.end, words.place(clause.left_edge))
        if _begins_clause(words, cue) or words.tags[start] in FINITE:
            start = cue.end
        return start + (start < unit.end and (words.lower[start] in COMMAS or words.lower[start] == "that"))
    start = cue.end
    while start < unit.end and (words.tags[start] == "RB" or words.lower[start] in DAYS | {"on"}):
        start += 1
    if start >= unit.end or words.lower[start] in COMMAS | TERMINALS | OBJECTS:
        return None
    if "aside" not in cue.verb.takes or not words.tags[start].startswith(("NN", "PRP", "DT", "JJ", "CD", "EX", "IN")):
        return None
    return start if _has_verb(words, start, unit.end) else None


def _has_verb(words: Words, start: int, end: int) -> bool:
    """Whether a clause has a main verb: before its first comma, or later and none that reports."""
    if words.finite(start, segment_end(words, start, end)):
        return True
    return words.finite(start, end) and not any(
        words.tags[i] in FINITE and words.lower[i] in verbs() for i in range(start, end)
    )


def _begins_clause(words: Words, cue: Cue) -> bool:
    """Whether the clause can only begin right after the verb: a noun stands there, and nobody is told."""
    i = cue.end
    noun = words.tags[i].startswith(("DT", "PRP", "EX", "NNP", "NNS")) and words.lower[i] not in DAYS
    return noun and "object" not in cue.verb.takes


def content_end(words: Words, start: int, unit: Stretch) -> int:
    """The sentence's end, or that of a quotation that a sentence's end stands in."""
    number = words.quote_of[unit.end - 1]
    if number >= 0 and words.quotes[number].closed and words.quotes[number].start >= start:
        return max(unit.end, words.quotes[number].last)
    return unit.end
