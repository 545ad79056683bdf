"""The attributions of one sentence, cue by cue."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from pipeline.stages.statements.according import read_according
from pipeline.stages.statements.after import content_before, is_aside, is_inverted, read_aside, read_inverted
from pipeline.stages.statements.attribution import Attribution
from pipeline.stages.statements.before import content_after
from pipeline.stages.statements.clauses import quote_before, segment_end, subject_above, subject_of
from pipeline.stages.statements.cues import Cue, find_cues
from pipeline.stages.statements.patterns import COMMAS, CONTRASTS, LINKS, RELATIVES, SUBJECTS
from pipeline.stages.statements.speakers import Source, can_speak, phrase, resolve
from pipeline.stages.statements.subjects import left_source
from pipeline.stages.statements.verbs import Verb, verbs
from pipeline.stages.statements.words import Stretch, Words

_SAYING = Verb("say", (), frozenset({"that", "clause", "quote"}), "any")


def read_unit(words: Words, unit: Stretch) -> list[Attribution]:
    """The attributions with a cue in one sentence, in the order of their cues."""
    found: list[Attribution] = []
    for cue in find_cues(words, unit.start, unit.end):
        attribution = _read(words, cue, unit, found)
        if attribution is None or not _is_long_enough(words, attribution.content):
            continue
        if _is_contrast(words, attribution) or not _is_nested(words, attribution, found):
            found[:] = [old for old in found if not _is_covered(words, old, attribution)]
            _cut_previous(words, found, attribution)
            found.append(attribution)
    return found


def _is_long_enough(words: Words, content: Stretch) -> bool:
    """Two words, or one in quotes: '"No," he said'."""
    size = content.end - content.start
    return size >= 2 or (size == 1 and content.start > 0 and words.opening(content.start - 1) is not None)


def _read(words: Words, cue: Cue, unit: Stretch, found: list[Attribution]) -> Attribution | None:
    """The statement of one cue, by the shape in which it stands."""
    if cue.form == "source":
        return read_according(words, cue, unit)
    if cue.form == "participle":
        return _participle(words, cue, unit, found)
    if cue.form == "quoted":
        return _quoted(words, cue, unit)
    if is_inverted(words, cue, unit):
        return read_inverted(words, cue, unit)
    return _after_subject(words, cue, unit, found)


def _after_subject(words: Words, cue: Cue, unit: Stretch, found: list[Attribution]) -> Attribution | None:
    """`…, Li said.` or `Li said that …`: which of the two, the words around them say."""
    source = left_source(words, cue, unit, found) or _initial_source(words, cue, unit)
    if source is None or not can_speak(words, source, cue.verb) or _is_relative(words, source, unit):
        return None
    if is_aside(words, cue, source, unit):
        return read_aside(words, cue, source, unit)
    content = content_after(words, cue, unit, source)
    return Attribution(content, cue, source, f"{cue.verb.name}_before") if content else None


def _initial_source(words: Words, cue: Cue, unit: Stretch) -> Source | None:
    """`Said Ida Moreau: "…"`: the subject right of a verb that begins its sentence."""
    subject = subject_of(words, words.tokens[cue.at])
    if subject is None or cue.start != unit.start or words.place(subject) < cue.end:
        return None
    return resolve(words, phrase(words, subject, cue.end, segment_end(words, cue.end, unit.end)), unit.end)


def _is_relative(words: Words, source: Source, unit: Stretch) -> bool:
    """`What the mayor thinks`, `than analysts expected`: nothing of it is said; "at which Li stressed" is."""
    i = source.start - 1
    return i >= unit.start and words.lower[i] in RELATIVES and (i == unit.start or words.tags[i - 1] != "IN")


def _participle(words: Words, cue: Cue, unit: Stretch, found: list[Attribution]) -> Attribution | None:
    """`…, noting that …`, `a report saying that …`: the source is that of the verb above, or the noun before."""
    token = words.tokens[cue.at]
    own = token.dep_ in ("acl", "relcl") and words.lower[cue.at - 1] not in COMMAS and token.head.tag_.startswith("NN")
    source: Source | None
    if own:
        source = resolve(words, phrase(words, token.head, unit.start, cue.at), cue.at)
    else:
        before = next((a.source for a in reversed(found) if a.cue and a.cue.at < cue.at), None)
        source = before or _above(words, token, unit, cue)
    if source is None or not can_speak(words, source, cue.verb):
        return None
    content = content_after(words, cue, unit, source)
    return Attribution(content, cue, source, f"{cue.verb.name}_{'noun' if own else 'tail'}") if content else None


def _above(words: Words, token: Token, unit: Stretch, cue: Cue) -> Source | None:
    subject = subject_above(words, token)
    if subject is None or not unit.start <= words.place(subject) < cue.at:
        return None
    return resolve(words, phrase(words, subject, unit.start, cue.at), cue.at)


def _quoted(words: Words, cue: Cue, unit: Stretch) -> Attribution | None:
    """`Li was quoted as saying that …`, `"…," Xinhua quoted Li as saying`."""
    token = words.tokens[cue.at]
    told = next((c for c in words.children(token) if c.dep_ == "dobj" and words.place(c) < cue.end), None)
    subject = told or subject_of(words, token)
    if subject is None:
        return None
    low = cue.at + 1 if words.place(subject) > cue.at else unit.start
    source = resolve(words, phrase(words, subject, low, cue.end), cue.end)
    outer = next((c for c in words.children(token) if c.dep_ in SUBJECTS), subject)
    before = min(words.place(outer.left_edge), source.start)
    quote = quote_before(words, before - 1, unit)
    if quote or (before > unit.start and words.lower[before - 1] in COMMAS):
        return content_before(words, cue, source, unit, Stretch(before, segment_end(words, cue.end, unit.end)))
    content = content_after(words, replace(cue, verb=_SAYING), unit, source)
    return Attribution(content, cue, source, "quoted_as_saying") if content else None


def _cut_previous(words: Words, found: list[Attribution], new: Attribution) -> None:
    """End an earlier statement where a later cue of the same source takes over: "…, adding", "… and warned"."""
    cue = new.cue
    if cue is None or not found:
        return
    for i, old in enumerate(found):
        inside = old.content.start < cue.start < old.content.end
        if inside and (new.source is old.source or cue.form == "source" or new.rule.endswith("_tail")):
            end = cue.start
            while end > old.content.start and words.lower[end - 1] in COMMAS | LINKS:
                end -= 1
            found[i] = replace(old, content=words.trimmed(old.content.start, end))
        elif inside and new.source and new.rule.endswith("_after") and new.content.start <= old.content.start:
            # "Li said **the bridge would reopen**, Xinhua reported."
            found[i] = replace(old, content=words.trimmed(old.content.start, min(cue.start, new.source.start)))
        elif inside and new.source and _is_contrast(words, new):
            found[i] = replace(old, content=words.trimmed(old.content.start, new.source.start - 2))


def _is_covered(words: Words, old: Attribution, new: Attribution) -> bool:
    """A nameless source's words in what somebody tells: "**Half of them found work pays well**, said Li Hua".

    So is a promise that the source behind it tells of: "The county has vowed **to plant oaks**, officials said".
    """
    if new.cue is None or old.source is None:
        return False
    promise = words.lower[old.content.start] == "to" and new.source is not old.source
    if not promise and (old.source.ref is not None or not old.rule.startswith("find_")):
        return False
    return new.content.start < old.content.start < new.cue.start and new.rule.endswith(("_after", "_inside"))


def _is_contrast(words: Words, new: Attribution) -> bool:
    """Whether a clause of the writer's begins with the source: there an earlier statement ends.

    "…, though they concede that …", "analysts say …, and strategists doubt …".
    """
    i = new.source.start - 1 if new.source else 0
    if i <= 0 or words.lower[i - 1] != "," or new.cue is None:
        return False
    token = words.tokens[new.cue.at]
    joined = words.lower[i] == "and" and token.dep_ == "conj" and token.head.lower_ in verbs()
    return joined or words.lower[i] in CONTRASTS


def _is_nested(words: Words, new: Attribution, found: list[Attribution]) -> bool:
    """A nameless source's words inside an indirect statement: "Li said many firms think …".

    A promise that somebody tells of is part of what is told: "Li said that the bureau had agreed **to pay half**".
    """
    if new.cue is None or new.source is None or not new.rule.endswith("_before"):
        return False
    if new.source.ref is not None and words.lower[new.content.start] != "to":
        return False
    outer = (a for a in found if a.source is not new.source and a.rule.endswith(("_before", "_tail")))
    return any(a.content.start <= new.cue.start and new.content.end <= a.content.end for a in outer)
