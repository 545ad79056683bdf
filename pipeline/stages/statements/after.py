"""Attributions after or inside what is said.

"**Exports rose**, Li Hua said." · "**Exports rose**, said Li Hua, a broker, at a briefing." ·
"**"We lost," said Li, "but we learned."**" · "**The plan, Li said, will work.**"
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.stages.statements.attribution import Attribution
from pipeline.stages.statements.clauses import clause_end, is_named, opens_quote, quote_before, segment_end, subject_of
from pipeline.stages.statements.cues import Cue
from pipeline.stages.statements.patterns import (
    ADJUNCT_TAGS,
    AFTER_SUBJECT,
    BESIDE,
    COMMAS,
    COMPARISONS,
    DAYS,
    NO_CLAUSE,
    NOUN_TAGS,
    TERMINALS,
)
from pipeline.stages.statements.speakers import Source, can_speak, head_of, phrase, resolve
from pipeline.stages.statements.verbs import verbs
from pipeline.stages.statements.words import FINITE, Speech, Stretch, Words

#: How far behind an attribution a clause of what is said may begin: name, title and place stand before it.
TAIL = 30
#: Verbs whose noun behind them is who hears it: "…, Li, head of the bureau, **told** a press conference".
_TOLD = frozenset({"tell", "inform", "notify", "assure", "reassure", "remind"})


def is_inverted(words: Words, cue: Cue, unit: Stretch) -> bool:
    """`…, said Li Hua, a broker`: a comma or an end mark before the verb, its noun after it, a clause before."""
    before, after = cue.start - 1, cue.end
    if before < 0 or after >= unit.end or cue.form != "finite" or cue.verb.name in _TOLD:
        return False
    quote = quote_before(words, before, unit)
    if not _can_follow(words, cue, quote):
        return False
    marked = quote or (before >= unit.start and words.lower[before] in COMMAS | TERMINALS | {")"})
    if not marked or not words.tags[after].startswith(NOUN_TAGS) or words.lower[after] == "that":
        return False
    subject = subject_of(words, words.tokens[cue.at])
    stop = segment_end(words, after, unit.end)
    if subject is not None and words.place(subject) < cue.at:
        inside = quote is not None and words.place(subject) >= quote.start
        return inside or _is_name_after(words, cue, subject, stop, unit)
    clause = bool(quote) or words.any_finite(unit.start, before) or before < unit.start
    return clause and not words.finite(after, stop)


def _can_follow(words: Words, cue: Cue, quote: Speech | None) -> bool:
    """Whether a verb can stand after what is said: some only after a whole quotation ('"Yes, we can," he laughed')."""
    takes_quote = bool(cue.verb.takes & {"quote", "apart"})
    return "aside" in cue.verb.takes or bool(quote and takes_quote and _is_whole(words, quote))


def _is_whole(words: Words, quote: Speech) -> bool:
    """Whether a quotation is speech or begins its sentence."""
    return words.is_speech(quote) or quote.start == words.units[words.unit_of[quote.start]].start


def _is_name_after(words: Words, cue: Cue, subject: Token, stop: int, unit: Stretch) -> bool:
    """`…, half of them women, said Guo Lixin, who …`: a name right of the verb, none to its left."""
    if words.finite(cue.end, stop) or not words.any_finite(unit.start, words.place(subject.left_edge)):
        return False
    named = is_named(words, cue.end, stop)
    return named and not is_named(words, words.place(subject.left_edge), cue.at) and subject.tag_ != "PRP"


def read_inverted(words: Words, cue: Cue, unit: Stretch) -> Attribution | None:
    """The statement before an inverted attribution, and its source."""
    stop = segment_end(words, cue.end, unit.end)
    subject = subject_of(words, words.tokens[cue.at])
    if subject is None or not cue.end <= words.place(subject) < stop:
        end = cue.end
        while end < stop and (end == cue.end or words.lower[end] not in AFTER_SUBJECT):
            end += 1
        subject = head_of(words.tokens[cue.end : end])
    if subject is None:
        return None
    reach = max(stop, min(words.place(subject.right_edge) + 1, unit.end))
    source = resolve(words, phrase(words, subject, cue.end, stop), clause_end(words, reach, unit.end))
    if not can_speak(words, source, cue.verb):
        return None
    return content_before(words, cue, source, unit, Stretch(cue.start, stop))


def is_aside(words: Words, cue: Cue, source: Source, unit: Stretch) -> bool:
    """`…, Li said.`: the source begins after a comma or an end mark and nothing said follows the verb."""
    before = source.start - 1
    if before >= unit.start and words.lower[before] == "as":
        before -= 1
    quote = quote_before(words, before, unit)
    if not _can_follow(words, cue, quote):
        return False
    if before < 0 or not (quote or (before >= unit.start and words.lower[before] in COMMAS | {"?", "!"})):
        return False
    if quote and words.is_said(quote):
        return True
    stop = segment_end(words, cue.end, unit.end)
    heard = _heard_end(words, cue, stop)
    if "that" in words.lower[cue.end : heard] or words.finite(cue.end, heard) or opens_quote(words, stop, unit.end):
        return False
    told = cue.verb.name in _TOLD and words.tags[unit.start].startswith(
        ("NN", "DT", "PRP", "CD")
    )  # "…, Li told Xinhua."
    closes = stop >= unit.end - 1 and (stop == cue.end or told) and before - unit.start >= 3
    if closes or (words.any_finite(unit.start, before) and not _clause_right(words, cue, stop, unit)):
        return True
    return _is_interruption(words, cue, stop, unit, source.start)


def _heard_end(words: Words, cue: Cue, stop: int) -> int:
    """Where a relative clause about the hearers begins: "…, Li told the meeting **that** ended on Friday"."""
    children = words.children(words.tokens[cue.at])
    if not any(child.dep_ == "ccomp" and words.place(child) < cue.at for child in children):
        return stop
    relative = (i for i in range(cue.end, stop) if words.tags[i] in ("WDT", "WP"))
    return next((i for i in relative if words.tokens[i].head.dep_ == "relcl"), stop)


def _clause_right(words: Words, cue: Cue, stop: int, unit: Stretch) -> bool:
    """Whether the parser sees what is said begin right of the verb ("said the line, which opened in May, has …")."""
    clause = next((c for c in words.children(words.tokens[cue.at]) if c.dep_ == "ccomp"), None)
    return clause is not None and words.place(clause) >= stop and words.place(clause.left_edge) < stop


def _is_interruption(words: Words, cue: Cue, stop: int, unit: Stretch, source_start: int) -> bool:
    """`The plan, Li said on Monday, will work`: only adjuncts between verb and comma, and a verb after it."""
    adjunct = cue.end >= stop or words.tags[cue.end] in ADJUNCT_TAGS or words.lower[cue.end] in DAYS
    adjunct = adjunct or "object" in cue.verb.takes
    more = stop < unit.end - 2 and words.lower[stop] in COMMAS
    return adjunct and more and (words.any_finite(stop, unit.end) or not words.any_finite(unit.start, source_start))


def read_aside(words: Words, cue: Cue, source: Source, unit: Stretch) -> Attribution | None:
    """The statement before, or around, an aside."""
    before = source.start
    if words.lower[before - 1] == "as" and before - 1 > unit.start:
        before -= 1
    return content_before(words, cue, source, unit, Stretch(before, segment_end(words, cue.end, unit.end)))


def content_before(words: Words, cue: Cue, source: Source, unit: Stretch, stands: Stretch) -> Attribution | None:
    """What is said before the attribution, which `stands` there, and after it where it only interrupts."""
    before, stop = stands
    quote = quote_before(words, before - 1, unit)
    start = unit.start
    if quote:
        start = _start_with(words, quote.start, quote.first, unit)
    elif before > unit.start and (inside := words.quote_of[unit.start]) >= 0 and words.quotes[inside].closed:
        start = words.quotes[inside].first
    if start >= before:
        return None
    end, rule = before, "after"
    if quote and words.is_said(quote):
        if (again := _quote_again(words, stop, unit)) is not None:
            end, rule = again, "inside"
    elif not quote and (_runs_on(words, stop, unit) or _goes_on(words, start, before, stop, unit)):
        end, rule = unit.end, "inside"
    content = words.trimmed(start, end)
    return Attribution(content, cue, source, f"{cue.verb.name}_{rule}")


def _start_with(words: Words, mark: int, first: int, unit: Stretch) -> int:
    """Where a statement begins that ends with a quotation: the sentence, unless the quotation is one of its own."""
    if mark <= unit.start or words.lower[mark - 1] in TERMINALS or words.unit_of[mark] != words.unit_of[unit.start]:
        return first
    return unit.start if words.any_finite(unit.start, mark) or mark - unit.start > 1 else first


def _quote_again(words: Words, stop: int, unit: Stretch) -> int | None:
    """The end of the quotation that takes up an interrupted one: a comma, then an opening mark."""
    for i in range(stop, min(unit.end, stop + 60)):
        if words.lower[i] in TERMINALS or (words.tags[i].startswith("VB") and words.lower[i] in verbs()):
            return None
        opened = words.opening(i)
        if opened is not None:
            return opened.last if words.lower[i - 1] in (",", "--", "\u2014", ":") else None
    return None


def _runs_on(words: Words, stop: int, unit: Stretch) -> bool:
    """Whether a comparison or a clause behind the attribution is still told."""
    return _compares(words, stop, unit) or _sets_beside(words, stop, unit)


def _compares(words: Words, stop: int, unit: Stretch) -> bool:
    """`Nine ports took part, it added, up from six in April`: what is said ends in a comparison without a verb."""
    more = stop < unit.end - 2 and words.lower[stop] == "," and words.lower[stop + 1] in COMPARISONS
    return more and not words.any_finite(stop, unit.end)


def _sets_beside(words: Words, stop: int, unit: Stretch) -> bool:
    """`Fares rose, said Li Hua, a clerk, while sales fell`: a clause behind the attribution, and no cue in it."""
    commas = (i for i in range(stop, min(unit.end - 2, stop + TAIL)) if words.lower[i] == ",")
    at = next((i for i in commas if words.lower[i + 1] in BESIDE and words.lower[i + 2] not in NO_CLAUSE), None)
    if at is None or words.any_finite(stop, at) or not words.any_finite(at + 2, unit.end):
        return False
    return not any(words.tags[i] in FINITE and _is_said_of(words.lower[i]) for i in range(at, unit.end))


def _is_said_of(word: str) -> bool:
    """Whether a verb can follow what is said: another attribution begins there."""
    return any("aside" in verb.takes for verb in verbs().get(word, ()))


def _goes_on(words: Words, start: int, before: int, stop: int, unit: Stretch) -> bool:
    """Whether a statement without marks goes on after its attribution: no verb has come yet."""
    if stop >= unit.end - 2 or words.lower[stop] not in COMMAS:
        return False
    return not words.finite(start, before)
