"""The component `resolve_references`: joins mentions to entities and resolves nominals and pronouns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.annotations import Entities, EntityMention, Extent
from pipeline.resources import words
from pipeline.stages.references.bodies import join_bodies
from pipeline.stages.references.nominal_mentions import Antecedents, Reference, find_nominals, resolve
from pipeline.stages.references.normalise import fold, ministry_subject
from pipeline.stages.references.patterns import nominals
from pipeline.stages.references.people import join_people, to_entities
from pipeline.stages.references.places import read_places
from pipeline.stages.references.pronouns import find_body_pronouns, find_pronouns
from pipeline.stages.references.setting import read_setting
from pipeline.stages.references.sites import owner_of_site
from pipeline.stages.references.speaker_nominals import find_speaker_nominals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.annotations import OrganisationEntity, Ref, Role
    from pipeline.schema import Form
    from pipeline.stages.references.setting import Setting

#: How many sentences back the owner of "its founder" may stand.
OWNER_REACH = 2
#: How titles of the past begin.
_PAST = ("former", "ex-", "then-", "one-time", "retired")
#: How many mentions of organisations a reader keeps in mind.
MEMORY = 60

Said = tuple[int, int, "Ref"]

if not Doc.has_extension("entities"):
    Doc.set_extension("entities", default=None)


@Language.component(
    "resolve_references",
    assigns=["doc.spans", "doc._.entities"],
    requires=["doc.spans", "span._.organisation", "span._.person", "span._.region"],
)
def resolve_references(doc: Doc) -> Doc:
    """Fill `doc._.entities` and `doc.spans["references"]`, the nominals and pronouns that resolve.

    ``"Zhou Rui … at the ministry … Zhou said. He added"`` → one person with three mentions, whose employer is the
    ministry named before. What the text leaves open is left out, never guessed.
    """
    setting = read_setting(doc)
    places = read_places(doc, setting)
    known = Antecedents(places, join_bodies(doc, setting, places), join_people(doc, setting))
    references = find_nominals(doc, setting, known)
    employers = _employers(doc, setting, known, _said(setting, known, references))
    taken = frozenset(index for reference in references for index in range(reference.start, reference.end))
    references += find_speaker_nominals(doc, setting, known.people, taken)
    employers |= {r: body for r, body in _leaders(doc, known, references) if r not in employers}
    references += find_pronouns(doc, setting, known.people)
    references += find_body_pronouns(doc, setting, known.bodies, references)
    references.sort(key=lambda reference: reference.start)
    doc._.entities = Entities(
        regions={place.ref: place.value for place in reversed(places.named)},
        people=to_entities(known.people, employers, [_extent(doc[p.start : p.end]) for p in places.named]),
        organisations=_with_parents(known, employers),
        mentions=_mentions(doc, known, references),
    )
    doc.spans["references"] = [_span(doc, reference) for reference in references]
    return doc


def _employers(doc: Doc, setting: Setting, known: Antecedents, said: list[Said]) -> dict[Ref, Ref]:
    """Whom each person works for: the body that the titles name or mean, the first that is known."""
    employers: dict[Ref, Ref] = {}
    current = {m.ref for m in known.people.mentions if any(not _is_past(role) for role in m.value.roles)}
    for mention in known.people.mentions:
        held = [role for role in mention.value.roles if mention.ref not in current or not _is_past(role)]
        extents = [role.employer for role in held] + [mention.value.workplace]
        for extent in extents:
            if extent is not None and mention.ref not in employers:
                ref = known.bodies.at(extent) or _meant(doc, setting, known, extent, said)
                if ref is not None:
                    employers[mention.ref] = ref
        if mention.ref not in employers:
            ref = _ministry(known, mention.value.roles)
            if ref is not None:
                employers[mention.ref] = ref
    return employers


def _is_past(role: Role) -> bool:
    """Tell a title that somebody held: "founder Bi Lan, a **former** engineer at Moxu" works there no more."""
    return role.text.lower().startswith(_PAST)


def _leaders(doc: Doc, known: Antecedents, references: list[Reference]) -> Iterator[tuple[Ref, Ref]]:
    """Whom a speaker's relative clause puts at the head of a body: "said the breeder, **who heads the institute**"."""
    for reference in references:
        clause = [token.lower_ for token in doc[reference.end : reference.end + 3]]
        if reference.kind == "person" and clause[:2] == [",", "who"] and clause[2] in words("people/leading"):
            body = known.bodies.at(_extent(doc[reference.end + 3 : reference.end + 12]))
            if body is not None:
                yield reference.ref, body


def _ministry(known: Antecedents, roles: tuple[Role, ...]) -> Ref | None:
    """The ministry of a minister, where the article names it: "**Vice-Minister of Civil Affairs** Duan Kexin"."""
    subjects = {subject for role in roles if (subject := ministry_subject(role.text)) is not None}
    names = {fold(name) for subject in subjects for name in (f"Ministry of {subject}", f"{subject} Ministry")}
    return next((ref for ref, entity in known.bodies.entities.items() if fold(entity.name) in names), None)


def _with_parents(known: Antecedents, employers: dict[Ref, Ref]) -> dict[Ref, OrganisationEntity]:
    """Give a department named inside a title its parent: "director of **the department of …** at the ministry"."""
    entities = dict(known.bodies.entities)
    for mention in known.people.mentions:
        employer = employers.get(mention.ref)
        for role in mention.value.roles:
            unit = known.bodies.at(role.extent)
            if unit is not None and employer is not None and unit != employer and entities[unit].parent is None:
                entities[unit] = replace(entities[unit], parent=employer)
    return entities


def _meant(doc: Doc, setting: Setting, known: Antecedents, extent: Extent, said: list[Said]) -> Ref | None:
    """The organisation that a title's noun means: "director … at **the ministry**"."""
    span = doc.char_span(extent.start, extent.end, alignment_mode="contract")
    if span is None or not len(span):
        return None
    if span.text.lower() == "its":
        return _owner(setting, said, span.start)
    nominal = nominals().get(span[-1].lower_)
    if nominal is None:
        return owner_of_site(doc, setting, known.bodies, span[-1].i)
    if nominal.kind != "organisation":
        return None
    return resolve(setting, known, span[-1].i, nominal)


def _owner(setting: Setting, said: list[Said], token: int) -> Ref | None:
    """Whose founder or chairman it is: "Yuhe Sensors saves money, said **its** founder", one company near by.

    "**The exchange** plans a fund, its president said": a noun for it will do.
    """
    end = bisect_left(said, token, key=itemgetter(0))
    near = [(there, ref) for _, there, ref in said[max(0, end - MEMORY) : end]]
    near = [one for one in near if setting.sentence(token) - one[0] <= OWNER_REACH]
    refs = {ref for there, ref in near if there == near[-1][0]}
    return refs.pop() if len(refs) == 1 else None


def _said(setting: Setting, known: Antecedents, references: list[Reference]) -> list[Said]:
    """Where organisations are named or meant: token, sentence, and which."""
    meant = [(r.start, setting.sentence(r.start), r.ref) for r in references if r.kind == "organisation"]
    return sorted([*meant, *((b.start, b.sentence, b.ref) for b in known.bodies.mentions)], key=itemgetter(0))


def _mentions(doc: Doc, known: Antecedents, references: list[Reference]) -> tuple[EntityMention, ...]:
    names = [EntityMention("region", "name", _extent(doc[p.start : p.end]), p.ref) for p in known.places.named]
    names += [EntityMention("organisation", "name", body.extent, body.ref) for body in known.bodies.mentions]
    names += [EntityMention("person", "name", person.extent, person.ref) for person in known.people.mentions]
    for reference in references:
        form: Form = "pronoun" if reference.rule == "pronoun" else "nominal"
        names.append(EntityMention(reference.kind, form, _extent(doc[reference.start : reference.end]), reference.ref))
    return tuple(sorted(names, key=lambda mention: (mention.extent.start, -mention.extent.end)))


def _extent(span: Span) -> Extent:
    return Extent(span.start_char, span.end_char)


def _span(doc: Doc, reference: Reference) -> Span:
    span = Span(doc, reference.start, reference.end, label=reference.kind)
    span.id_ = reference.rule
    span.kb_id_ = reference.ref.key
    return span
