"""Joins the mentions of people: full names by themselves, family names to the last person introduced with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.annotations import Extent, FlagValue, PersonEntity, Ref
from pipeline.stages.people.patterns import is_speech, role_heads
from pipeline.stages.references.normalise import fold, is_part_of_name
from pipeline.stages.references.patterns import gender_of
from pipeline.stages.references.setting import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pipeline.annotations import PersonMention, Role
    from pipeline.stages.references.setting import Setting


#: The confidence in a person whose employer is named in words that lead to no organisation.
OPEN_EMPLOYER = 0.8
#: The confidence in a person of whom the article gives the family name alone.
UNINTRODUCED = 0.85
#: The confidence in a person whose titles or employer the text may say in a way that was missed.
LOOSE_TITLE = 0.88
#: So many titles, and so many words in one, are seldom all right.
MANY, LONG = 3, 7


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
    """All mentions of people by name, and what was said of each person; indexed as they are added."""

    mentions: list[Speaker] = field(default_factory=list)
    flags: dict[Ref, list[FlagValue]] = field(default_factory=dict)
    by_ref: dict[Ref, list[Speaker]] = field(default_factory=dict)
    genders: dict[Ref, str] = field(default_factory=dict)
    #: Who was introduced with a family name (or a word of a name without one), outside the byline.
    bearers: dict[str, dict[Ref, None]] = field(default_factory=dict)

    def add(self, mention: Speaker) -> None:
        """Take in the next mention."""
        self.mentions.append(mention)
        self.by_ref.setdefault(mention.ref, []).append(mention)
        if mention.gender:
            self.genders[mention.ref] = mention.gender
        if not mention.value.surname_only and not mention.value.is_author:
            for word in short_forms(mention.value):
                self.bearers.setdefault(word, {})[mention.ref] = None

    def of(self, ref: Ref) -> list[Speaker]:
        """The mentions of one person."""
        return self.by_ref.get(ref, [])

    def roles(self, ref: Ref) -> list[Role]:
        """The titles of one person in text order."""
        return [role for mention in self.of(ref) for role in mention.value.roles]


def short_forms(person: PersonMention) -> list[str]:
    """The words that may stand for a person later: the family name, or any word where the order is not known."""
    return [person.family_name] if person.family_name else person.name.split()


def join_people(doc: Doc, setting: Setting) -> People:
    """Join `doc.spans["people"]`; a family name that nobody introduces is a person of its own, never resolved."""
    people = People()
    spans = sorted(doc.spans.get("people", ()), key=lambda span: span.start)
    keys = _full_keys([span for span in spans if not span._.person.surname_only])
    later = _introduced(spans, keys)
    for span in spans:
        value, gender = span._.person, _gender(span)
        ref = keys.get(span.start) or _short(
            value.name, gender, people, later if span.start < setting.headline_end else {}
        )
        extent, sentence = Extent(span.start_char, span.end_char), setting.sentence(span.start)
        people.add(Speaker(span.start, span.end, sentence, extent, value, ref, _speaks(span), gender))
    return people


def _full_keys(full: list[Span]) -> dict[int, Ref]:
    """The person of every full name: equal names, and a shorter form of a longer one, are one person."""
    names = sorted({span._.person.name for span in full}, key=lambda name: (-len(name.split()), name))
    longest: dict[str, str] = {}
    by_word: dict[str, list[str]] = {}
    for name in names:
        first = fold(name).split()[:1]
        others = by_word.get(first[0], []) if first else []
        longest[name] = next((longest[other] for other in others if is_part_of_name(name, other)), name)
        for word in set(fold(name).split()):
            by_word.setdefault(word, []).append(name)
    return {span.start: Ref("person", fold(longest[span._.person.name])) for span in full}


def _introduced(spans: list[Span], keys: dict[int, Ref]) -> dict[str, set[Ref]]:
    """Everybody whom the article introduces, by short form: a headline may name them before."""
    found: dict[str, set[Ref]] = {}
    for span in spans:
        if span.start in keys and not span._.person.is_author:
            for word in short_forms(span._.person):
                found.setdefault(word, set()).add(keys[span.start])
    return found


def _short(text: str, gender: str | None, people: People, later: dict[str, set[Ref]]) -> Ref:
    """Who a family name alone means: the last person introduced with it, in a headline the one who follows."""
    fits = [r for r in people.bearers.get(text, ()) if gender is None or people.genders.get(r) in (None, gender)]
    if fits:
        last = max(fits, key=lambda ref: people.of(ref)[-1].start)
        if len(fits) > 1:
            message = f"{len(fits)} people of this article are called {text}; the last one named before was taken"
            people.flags.setdefault(last, [FlagValue("ambiguous-surname", message)])
        return last
    if len(later.get(text, ())) == 1:
        return next(iter(later[text]))
    ref = Ref("person", "? " + fold(text))
    message = f"no full name in this article introduces {text}"
    people.flags.setdefault(ref, [FlagValue("unresolved-surname", message)])
    return ref


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
    return {ref: _entity(ref, people, employers.get(ref), regions) for ref in people.by_ref}


def _confidence(mentions: list[Speaker], fullest: Speaker, employer: Ref | None, regions: list[Extent]) -> float:
    """How sure the record is: as its name, less where a title names an employer that nothing in the text explains."""
    name = max(m.value.confidence for m in mentions if m.value.surname_only == fullest.value.surname_only)
    roles = [role for m in mentions for role in m.value.roles]
    if employer is None and not fullest.value.is_author and _is_loose(mentions, roles):
        name = min(name, LOOSE_TITLE)
    if len({fold(role.text) for role in roles}) >= MANY or any(len(role.text.split()) > LONG for role in roles):
        name = min(name, LOOSE_TITLE)
    named = [role.employer for role in roles if role.employer]
    open_ = [e for e in named if not any(e.start <= r.start < e.end for r in regions)]
    return min(name, OPEN_EMPLOYER) if open_ and employer is None else name


def _is_loose(mentions: list[Speaker], roles: list[Role]) -> bool:
    """Tell where an employer or a title may have been missed: somebody quoted without one, a manager of nothing."""
    if not roles:
        return any(mention.speaks for mention in mentions)
    heads = {word for role in roles for word in role.text.lower().split()}
    return any(role_heads().get(word) == "executive" for word in heads)


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
    roles: dict[str, str] = {}
    for title in titles:
        roles.setdefault(fold(title), title)
    return PersonEntity(
        ref=ref,
        name=fullest.value.name,
        family_name=fullest.value.family_name,
        given_name=fullest.value.given_name,
        roles=tuple(roles.values()),
        organisation=employer,
        is_author=any(mention.value.is_author for mention in mentions),
        resolved=resolved,
        rule=fullest.value.rule,
        confidence=_confidence(mentions, fullest, employer, regions) if resolved else UNINTRODUCED,
        flags=tuple(people.flags.get(ref, ())),
    )
