"""Resolves "he" and "she": by speaker turns, subject position, nearness and what is known of the person's gender."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.stages.references.nominal_mentions import Reference
from pipeline.stages.references.patterns import LONG_PRONOUN_REACH, PRONOUN_REACH, pronouns
from pipeline.stages.references.setting import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.annotations import Ref
    from pipeline.stages.references.people import People
    from pipeline.stages.references.setting import Setting


class Spot(NamedTuple):
    """A place where a person is named or meant."""

    start: int
    sentence: int
    ref: Ref
    #: The speaker of the sentence, or a pronoun in subject position, outranks the others in it.
    leads: bool


def find_pronouns(doc: Doc, setting: Setting, people: People) -> list[Reference]:
    """The pronouns that mean one person for certain, in text order."""
    genders = {m.ref: m.gender for m in people.mentions if m.gender}
    named = [Spot(m.start, m.sentence, m.ref, m.speaks) for m in people.mentions if not m.value.is_author]
    spots: list[Spot] = []
    found: list[Reference] = []
    for token in doc:
        while named and named[0].start <= token.i:
            spots.append(named.pop(0))
        gender = pronouns().get(token.lower_)
        if gender is None or token.i in setting.named:
            continue
        sentence = setting.sentence(token.i)
        barred = _owner_in_apposition(doc, token.i, spots)
        fits = [s for s in spots if genders.get(s.ref) in (None, gender) and s.ref != barred]
        ref = _antecedent(fits, sentence) or _antecedent([s for s in fits if genders.get(s.ref) == gender], sentence)
        if ref is not None:
            genders.setdefault(ref, gender)
            subject = token.dep_ in SUBJECTS
            spots.append(Spot(token.i, sentence, ref, subject))
            found.append(Reference(token.i, token.i + 1, "person", ref, "pronoun", subject))
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


def _owner_in_apposition(doc: Doc, index: int, spots: list[Spot]) -> Ref | None:
    """The person whom a possessive right after the name cannot mean: "Xiang Tao, **her** deputy"."""
    if index < 2 or doc[index - 1].text != "," or not spots:
        return None
    last = spots[-1]
    return last.ref if last.start < index - 1 <= last.start + 4 else None
