"""Which words of a sentence report what somebody says, and in which form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.stages.statements.verbs import Verb, convictions, source_nouns, verbs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.stages.statements.words import Words

CueForm = Literal["finite", "participle", "quoted", "source", "conviction"]

_NEGATIONS = frozenset({"not", "n't", "never"})
#: "went on to say", "continued to insist": an infinitive that tells of something said.
_CARRIERS = frozenset(
    {
        "seem",
        "seems",
        "seemed",
        "appear",
        "appears",
        "appeared",
        "went",
        "goes",
        "go",
        "going",
        "continued",
        "continues",
        "continue",
        "came",
        "come",
        "hastened",
    }
)
_AUXILIARIES = frozenset({"have", "has", "had", "having", "'ve", "'s", "'d"})
_PROGRESSIVE = frozenset({"is", "are", "was", "were", "been", "be", "'s", "'re", "am"})
#: Of verbs of thought a negation is part of what is thought: "he did not believe that …".
_THOUGHT = frozenset({"believe", "think", "expect", "feel", "see", "doubt", "want"})
#: "if he says", "whether they believe": nothing has been said.
_HYPOTHETICAL = frozenset({"if", "unless", "whether"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting expression: the index of its verb, its extent, its entry in the table and its form."""

    at: int
    start: int
    end: int
    verb: Verb
    form: CueForm


_SOURCE = Verb("according", ("to",), frozenset({"aside"}), "any")
_CONVICTION = Verb("be", (), frozenset({"that"}), "people")


def find_cues(words: Words, start: int, end: int) -> Iterator[Cue]:
    """The cues in `start:end`, none inside somebody's words."""
    table = verbs()
    for i in range(start, end):
        word = words.lower[i]
        if word in table and (cue := _verb_cue(words, i, end, table[word])) and not words.in_speech(i):
            yield cue
        elif word == "according" and i + 1 < end and words.lower[i + 1] == "to" and not words.in_speech(i):
            yield Cue(i, i, i + 2, _SOURCE, "source")
        elif word == "as" and (told := _told_by(words, i, end, table)) and not words.in_speech(i):
            yield told
        elif word == "that" and words.lower[i - 1] in convictions() and not words.in_speech(i):
            yield from _conviction(words, i - 1, start)


def _told_by(words: Words, i: int, end: int, table: dict[str, tuple[Verb, ...]]) -> Cue | None:
    """`…, as announced by Li`: behind a comma or at the head of a sentence; not "as agreed by", "as forecast by"."""
    opens = words.lower[i - 1] == "," or words.unit_of[i] != words.unit_of[i - 1] if i else True
    for verb in table.get(words.lower[i + 1], ()) if opens and i + 2 < end else ():
        by = i + 2 + len(verb.particle)
        if "passive" in verb.takes and _has_particle(words, i + 1, end, verb) and by < end and words.lower[by] == "by":
            return Cue(i + 1, i, by + 1, verb, "source")
    return None


def _verb_cue(words: Words, i: int, end: int, entries: tuple[Verb, ...]) -> Cue | None:
    tag = words.tags[i]
    if not tag.startswith("VB") and not _mistagged(words, i):
        return None
    if words.lower[i + 1 : min(end, i + 2)] == ["by"] and (tag in ("VBZ", "VBP") or words.tags[i + 2] == "VBG"):
        return None  # "recalls **by** toy makers", "concluded **by** saying"
    verb = next((verb for verb in entries if _has_particle(words, i, end, verb)), None)
    form = _form(words, i, verb) if verb else None
    if verb is None or form is None:
        return None
    if form == "quoted":
        return Cue(i, i, _quoted_end(words, i) or i + 1, verb, form)
    return Cue(i, i, i + 1 + len(verb.particle), verb, form)


def _mistagged(words: Words, i: int) -> bool:
    """A plural noun in the tagger's eyes that is a verb: "Li notes that"; an adjective: "The bank estimated that"."""
    after = words.lower[i + 1] if i + 1 < len(words) else ""
    told = after == "that" and words.tokens[i].dep_ in ("ROOT", "ccomp", "advcl")
    return words.tags[i] in ("NNS", "NN", "JJ") and (told or _closes_behind_data(words, i, after))


def _closes_behind_data(words: Words, i: int, after: str) -> bool:
    """`…, customs data show.`: the last word, behind a plural for documents and a comma not far before."""
    plural = words.tags[i] == "NN" and words.tags[i - 1] == "NNS"
    sources = plural and source_nouns().get(words.lower[i - 1]) == "document"
    return sources and after == "." and "," in words.lower[max(0, i - 5) : i - 1]


def _has_particle(words: Words, i: int, end: int, verb: Verb) -> bool:
    size = len(verb.particle)
    return not size or tuple(words.lower[i + 1 : min(end, i + 1 + size)]) == verb.particle


def _form(words: Words, i: int, verb: Verb) -> CueForm | None:
    """The form of a verb in which something has been said, or None."""
    if verb.name in ("quote", "cite"):
        return "quoted" if _quoted_end(words, i) else None
    tag, before = words.tags[i], _auxiliaries(words, i)
    negated = before & _NEGATIONS and verb.name not in _THOUGHT and verb.name != "deny"
    if negated or _is_hypothetical(words, i):
        return None
    if tag == "VBG":
        return "finite" if before & _PROGRESSIVE else "participle"
    if tag == "VB":
        return _bare(words, i, before)
    participle = tag == "VBN" and (before & _PROGRESSIVE or not before & _AUXILIARIES)
    return None if participle and not _is_past(words, i, before) else "finite"


def _quoted_end(words: Words, i: int) -> int | None:
    """Where "quoted (Li) as saying" ends."""
    tail = words.lower[i + 1 : i + 9]
    if "as" not in tail or tail[tail.index("as") + 1 : tail.index("as") + 2] != ["saying"]:
        return None
    return i + tail.index("as") + 3


def _bare(words: Words, i: int, before: set[str]) -> CueForm | None:
    """An infinitive: "will say", "went on to say"; not "declined to say", not "can say"."""
    if words.lower[i - 1] == "to" or words.lower[i - 2 : i - 1] == ["to"]:
        carrier = words.lower[max(0, i - 4) : i]
        return "finite" if _CARRIERS & set(carrier) else None
    if before & {"would", "will", "did", "do", "does", "'d", "'ll", "may", "might", "must"}:
        return "finite"
    return None


def _is_past(words: Words, i: int, before: set[str]) -> bool:
    """A participle in the tagger's eyes that is a past form: ", said Li", "Officials warned that"."""
    return (
        not before & (_PROGRESSIVE | {"being", "get", "got"})
        and words.lower[i + 1 : i + 2] != ["by"]
        and (words.tokens[i].dep_ not in ("acl", "amod", "advcl") or _ends_clause(words, i))
    )


def _ends_clause(words: Words, i: int) -> bool:
    """`…, Edwin Kwok, secretary for health, announced on Tuesday.`: a comma before, no more than a day after."""
    rest = words.lower[i + 1 : i + 5]
    return words.lower[i - 1] == "," and any(mark in rest for mark in (".", "!", "?")) and "," not in rest


def _auxiliaries(words: Words, i: int) -> set[str]:
    """Auxiliaries and negations of the verb at `i`."""
    found = {child.lower_ for child in words.children(words.tokens[i]) if child.dep_ in ("aux", "auxpass", "neg")}
    j = i - 1
    while j >= 0 and i - j < 4 and (words.tags[j] in ("RB", "MD") or words.lower[j] in _AUXILIARIES | _PROGRESSIVE):
        found.add(words.lower[j])
        j -= 1
    return found


def _is_hypothetical(words: Words, i: int) -> bool:
    """`if he says`, and what happens again and again: `when people hear that`."""
    children = [child.lower_ for child in words.children(words.tokens[i]) if child.dep_ in ("mark", "advmod")]
    again = words.tags[i] in ("VBZ", "VBP") and ("when" in children or "whenever" in children)
    return again or any(child in _HYPOTHETICAL for child in children)


def _conviction(words: Words, i: int, start: int) -> Iterator[Cue]:
    """`is confident that`: from the verb to the adjective."""
    j = i - 1
    while j >= start and i - j < 4:
        if words.lower[j] in _PROGRESSIVE | {"remain", "remains", "remained", "feel", "feels", "felt"}:
            yield Cue(j, j, i + 1, _CONVICTION, "conviction")
            return
        j -= 1
