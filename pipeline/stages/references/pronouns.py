"""Resolves "he", "she" and a speaker's "it": by turns, subject position, nearness, and what is known of gender."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from pipeline.stages.people.patterns import is_speech
from pipeline.stages.references.nominal_mentions import Reference
from pipeline.stages.references.patterns import LONG_PRONOUN_REACH, PRONOUN_REACH, pronouns
from pipeline.stages.references.setting import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from pipeline.annotations import Ref
    from pipeline.stages.references.bodies import Bodies
    from pipeline.stages.references.people import People
    from pipeline.stages.references.setting import Setting

#: How many sentences back the speaker of "it added" may have spoken.
SPEAKER_REACH = 3
#: How many mentions of people a reader keeps in mind.
MEMORY = 60


class Spot(NamedTuple):
    """A place where a person is named or meant."""

    start: int
    sentence: int
    ref: Ref
    #: The speaker of the sentence, or a pronoun in subject position, outranks the others in it.
    leads: bool


def find_pronouns(doc: Doc, setting: Setting, people: People) -> list[Reference]:
    """The pronouns that mean one person for certain, in text order."""
    genders = dict(people.genders)
    named = deque(Spot(m.start, m.sentence, m.ref, m.speaks) for m in people.mentions if not m.value.is_author)
    spots: deque[Spot] = deque(maxlen=MEMORY)
    found: list[Reference] = []
    for token in doc:
        while named and named[0].start <= token.i:
            spots.append(named.popleft())
        gender = pronouns().get(token.lower_)
        if gender is None or token.i in setting.named:
            continue
        sentence = setting.sentence(token.i)
        barred = _owner_in_apposition(doc, token.i, spots)
        fits = [s for s in spots if genders.get(s.ref) in (None, gender) and s.ref != barred]
        ref = _antecedent(fits, sentence) or _antecedent([s for s in fits if genders.get(s.ref) == gender], sentence)
        if ref is not None:
            genders.setdefault(ref, gender)
            leads = token.dep_ in SUBJECTS
            spots.append(Spot(token.i, sentence, ref, leads))
            found.append(Reference(token.i, token.i + 1, "person", ref, "pronoun", leads))
    return found


def _antecedent(spots: list[Spot], sentence: int) -> Ref | None:
    """The person of the nearest sentence that has one: the only one there, else its speaker."""
    if not spots or sentence - spots[-1].sentence > LONG_PRONOUN_REACH:
        return None
    if sentence - spots[-1].sentence > PRONOUN_REACH and len({spot.ref for spot in spots}) > 1:
        return None
    group = [spot for spot in spots if spot.sentence == spots[-1].sentence]
    if len({spot.ref for spot in group}) == 1:
        return group[-1].ref
    leading = [spot.ref for spot in group if spot.leads]
    return leading[-1] if len(set(leading)) == 1 else None


def _owner_in_apposition(doc: Doc, index: int, spots: Sequence[Spot]) -> Ref | None:
    """The person whom a possessive right after the name cannot mean: "Xiang Tao, **her** deputy"."""
    if index < 2 or doc[index - 1].text != "," or not spots:
        return None
    last = spots[-1]
    return last.ref if last.start < index - 1 <= last.start + 4 else None


def find_body_pronouns(doc: Doc, setting: Setting, bodies: Bodies, nominals: list[Reference]) -> list[Reference]:
    """The "it" of a speaker that is an organisation: "the commission said … **it** added"."""
    speakers = [(b.end, b.sentence, b.ref) for b in bodies.mentions if _is_speaker(doc, b.start, b.end)]
    speakers += [
        (r.end, setting.sentence(r.start), r.ref)
        for r in nominals
        if r.kind == "organisation" and _is_speaker(doc, r.start, r.end)
    ]
    found = []
    for token in doc:
        if token.lower_ != "it" or token.i + 1 >= len(doc) or not is_speech(doc[token.i + 1].text):
            continue
        sentence = setting.sentence(token.i)
        near = [s for s in speakers if s[0] <= token.i and sentence - s[1] <= SPEAKER_REACH]
        spoke, about = {s[2] for s in near}, _subjects(bodies, token, sentence)
        # "the city will invest 3 billion yuan, and it expects": the subject before, whoever spoke last
        joined = token.i > 0 and doc[token.i - 1].lower_ in ("and", "but")
        refs = (about or spoke) if joined else (spoke or about)
        if len(refs) == 1:
            found.append(Reference(token.i, token.i + 1, "organisation", refs.pop(), "pronoun", subject=True))
    return found


def _subjects(bodies: Bodies, token: Token, sentence: int) -> set[Ref]:
    """What the sentence up to a speaker's "it" is about: "**Lanqiao Bank** will raise its rates, it said".

    Of an "It" that opens its sentence, what the one before is about.
    """
    about = sentence - 1 if token.is_sent_start else sentence
    return {b.ref for b in bodies.mentions if b.subject and b.sentence == about and b.start < token.i}


def _is_speaker(doc: Doc, start: int, end: int) -> bool:
    """Tell a name right before or after a verb of saying, or after "according to"."""
    before, after = doc[start - 1] if start else None, doc[end] if end < len(doc) else None
    if before is not None and before.lower_ == "the" and start > 1:
        before = doc[start - 2]
    beside = [token for token in (before, after) if token is not None]
    return any(is_speech(token.text) for token in beside) or (before is not None and before.lower_ == "to")
