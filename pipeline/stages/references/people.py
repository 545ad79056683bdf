"""Joins the mentions of people: full names by themselves, family names to the last person introduced with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.annotations import Extent, FlagValue, PersonEntity, Ref
from pipeline.stages.people.patterns import is_speech
from pipeline.stages.references.normalise import fold, is_part_of_name
from pipeline.stages.references.patterns import gender_of
from pipeline.stages.references.setting import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pipeline.annotations import PersonMention, Role
    from pipeline.stages.references.setting import Setting


#: The confidence in a person whose employer is named in words that lead to no organisation.
OPEN_EMPLOYER = 0.8


@dataclass(frozen=True, slots=True)
class Speaker:
    """A mention of a person at tokens `start:end`."""

    start: int
    end: int
    sentence: int
    extent: Extent
    value: PersonMention
    ref: Ref
    speaks: bool
    gender: str | None


@dataclass(slots=True)
class People:
    """All mentions of people by name, and what was said of each person."""

    mentions: list[Speaker] = field(default_factory=list)
    flags: dict[Ref, list[FlagValue]] = field(default_factory=dict)

    def of(self, ref: Ref) -> list[Speaker]:
        """The mentions of one person."""
        return [mention for mention in self.mentions if mention.ref == ref]

    def roles(self, ref: Ref) -> list[Role]:
        """The titles of one person in text order."""
        return [role for mention in self.of(ref) for role in mention.value.roles]


def join_people(doc: Doc, setting: Setting) -> People:
    """Join `doc.spans["people"]`; a family name that nobody introduces is a person of its own, never resolved."""
    people = People()
    spans = sorted(doc.spans.get("people", ()), key=lambda span: span.start)
    full = [span for span in spans if not span._.person.surname_only]
    keys = _full_keys(full)
    for span in spans:
        ref = keys[span.start] if span.start in keys else _short(span, setting, people, full, keys)
        extent = Extent(span.start_char, span.end_char)
        sentence = setting.sentence(span.start)
        gender = _gender(span)
        value = span._.person
        people.mentions.append(Speaker(span.start, span.end, sentence, extent, value, ref, _speaks(span), gender))
    return people


def _full_keys(full: list[Span]) -> dict[int, Ref]:
    """The person of every full name: equal names, and a shorter form of a longer one, are one person."""
    names = sorted({span._.person.name for span in full}, key=lambda name: (-len(name.split()), name))
    longest: dict[str, str] = {}
    for name in names:
        longest[name] = next((longest[other] for other in longest if is_part_of_name(name, other)), name)
    return {span.start: Ref("person", fold(longest[span._.person.name])) for span in full}


def _short(span: Span, setting: Setting, people: People, full: list[Span], keys: dict[int, Ref]) -> Ref:
    """Who a family name alone means: the last person introduced with it, in a headline the one who follows."""
    text = span._.person.name
    known = [m for m in people.mentions if not m.value.surname_only and not m.value.is_author and _bears(m.value, text)]
    gender = _gender(span)
    genders = {m.ref: m.gender for m in people.mentions if m.gender}
    fits = [m.ref for m in known if gender is None or genders.get(m.ref) in (None, gender)]
    refs = list(dict.fromkeys(fits))
    if refs:
        last = [m for m in people.mentions if m.ref in refs][-1].ref
        if len(refs) > 1:
            message = f"{len(refs)} people of this article are called {text}; the last one named before was taken"
            people.flags.setdefault(last, [FlagValue("ambiguous-surname", message)])
        return last
    if span.start < setting.headline_end:
        later = {keys[s.start] for s in full if not s._.person.is_author and _bears(s._.person, text)}
        if len(later) == 1:
            return later.pop()
    ref = Ref("person", "? " + fold(text))
    message = f"no full name in this article introduces {text}"
    people.flags.setdefault(ref, [FlagValue("unresolved-surname", message)])
    return ref


def _bears(person: PersonMention, text: str) -> bool:
    return text in (person.family_name,) if person.family_name else text in person.name.split()


def _speaks(span: Span) -> bool:
    """Tell the speaker of a sentence: the subject of a verb of saying, or a name beside one."""
    doc = span.doc
    beside = [doc[index] for index in (span.start - 1, span.end) if 0 <= index < len(doc)]
    verb = [span.root.head] if span.root.dep_ in SUBJECTS else []
    return any(is_speech(token.text) for token in beside + verb)


def _gender(span: Span) -> str | None:
    before = span.doc[span.start - 1].text if span.start else ""
    titles = [word for role in span._.person.roles for word in role.text.split()]
    return next((found for word in [before, *titles] if (found := gender_of(word))), None)


def to_entities(people: People, employers: dict[Ref, Ref], regions: list[Extent]) -> dict[Ref, PersonEntity]:
    """The joined people; `employers` says which organisation each works for."""
    return {
        ref: _entity(ref, people, employers.get(ref), regions) for ref in dict.fromkeys(m.ref for m in people.mentions)
    }


def _confidence(mentions: list[Speaker], fullest: Speaker, employer: Ref | None, regions: list[Extent]) -> float:
    """How sure the record is: as its name, less where a title names an employer that nothing in the text explains."""
    name = max(m.value.confidence for m in mentions if m.value.surname_only == fullest.value.surname_only)
    named = [role.employer for m in mentions for role in m.value.roles if role.employer]
    open_ = [e for e in named if not any(e.start <= r.start < e.end for r in regions)]
    return min(name, OPEN_EMPLOYER) if open_ and employer is None else name


def without_place(role: Role, regions: list[Extent]) -> str:
    """Cut the place that a title is held in, as it is no part of it: "mayor of Shenzhen" → "mayor"."""
    inside = [r for r in regions if role.extent.start < r.start and r.end <= role.extent.end]
    if not inside:
        return role.text
    cut = re.sub(r" (?:of|for|in) (?:the )?$", "", role.text[: inside[0].start - role.extent.start])
    return cut if len(cut) + role.extent.start < inside[0].start else role.text


def _entity(ref: Ref, people: People, employer: Ref | None, regions: list[Extent]) -> PersonEntity:
    mentions = people.of(ref)
    fullest = max(mentions, key=lambda m: (not m.value.surname_only, len(m.value.name.split())))
    resolved = not fullest.value.surname_only
    titles = [without_place(role, regions) for role in people.roles(ref)]
    roles = {fold(title): title for title in reversed(titles)}
    return PersonEntity(
        ref=ref,
        name=fullest.value.name,
        family_name=fullest.value.family_name,
        given_name=fullest.value.given_name,
        roles=tuple(reversed(roles.values())),
        organisation=employer,
        is_author=any(mention.value.is_author for mention in mentions),
        resolved=resolved,
        rule=fullest.value.rule,
        confidence=_confidence(mentions, fullest, employer, regions),
        flags=tuple(people.flags.get(ref, ())),
    )
