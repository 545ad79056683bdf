"""Resolves nominals: "the ministry", "the company", "the province", "the minister"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.annotations import EntityKind, Ref
from pipeline.stages.people.patterns import is_speech, role_heads
from pipeline.stages.references.bodies import Body, matches_head
from pipeline.stages.references.normalise import head_word
from pipeline.stages.references.patterns import OPENERS, Nominal, nominals
from pipeline.stages.references.places import TOPIC_REACH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from pipeline.stages.references.bodies import Bodies
    from pipeline.stages.references.people import People, Speaker
    from pipeline.stages.references.places import Places
    from pipeline.stages.references.setting import Setting


#: A noun that reaches back less than this means nothing farther away, even where the article has only one of the sort.
SHORT = 6


@dataclass(frozen=True, slots=True)
class Reference:
    """A nominal or pronoun at tokens `start:end` and what it means."""

    start: int
    end: int
    kind: EntityKind
    ref: Ref
    rule: str
    subject: bool = False


@dataclass(frozen=True, slots=True)
class Antecedents:
    """What references can go back to."""

    places: Places
    bodies: Bodies
    people: People


def find_nominals(doc: Doc, setting: Setting, known: Antecedents) -> list[Reference]:
    """The nominals that resolve, in text order."""
    found = []
    for token in doc:
        nominal = nominals().get(token.lower_)
        if nominal is None or token.i in setting.named:
            continue
        if token.i < setting.headline_end and _speaks_in_headline(doc, token.i):
            ref = _only_body(known.bodies, nominal)
            if ref is not None:
                found.append(Reference(token.i, token.i + 1, nominal.kind, ref, "nominal-headline"))
            continue
        if not _is_bare(doc, token.i):
            continue
        ref = resolve(setting, known, token.i, nominal)
        if ref is not None:
            found.append(Reference(start(doc, token.i), token.i + 1, nominal.kind, ref, f"nominal-{nominal.kind}"))
    return found


def _speaks_in_headline(doc: Doc, index: int) -> bool:
    """Tell a speaker without an article: "Trial to be widened, **ministry** says"."""
    after = doc[index + 1] if index + 1 < len(doc) else None
    before = doc[index - 1] if index else None
    opened = before is None or before.is_space or before.text in (",", ":", ";", "-", "--")
    return opened and after is not None and is_speech(after.text)


def _only_body(bodies: Bodies, nominal: Nominal) -> Ref | None:
    """The one organisation of the article that a noun can mean."""
    if nominal.kind != "organisation":
        return None
    refs = {body.ref for body in bodies.mentions if _fits(body, nominal, bodies)}
    return refs.pop() if len(refs) == 1 else None


def start(doc: Doc, index: int) -> int:
    """Where the phrase of a nominal begins: at its article, "**the** autonomous region"."""
    return index - 2 if index > 1 and doc[index - 1].lower_ in ("autonomous", "municipal", "free") else index - 1


def _is_bare(doc: Doc, index: int) -> bool:
    """Tell "**the ministry** said" from "the ministry of …", "the ministry official" and "the two ministries"."""
    if not index or doc[start(doc, index)].lower_ not in OPENERS:
        return False
    after = doc[index + 1] if index + 1 < len(doc) else None
    if after is None:
        return True
    if after.lower_ == "of" or after.text == "-" or (after.text == "'" and not after.is_space):
        return False
    return after.pos_ not in ("NOUN", "PROPN", "ADJ") or after.is_space


def resolve(setting: Setting, known: Antecedents, token: int, nominal: Nominal) -> Ref | None:
    """What a nominal at a token means, or None where the text leaves a choice."""
    sentence, reach = setting.sentence(token), nominal.reach
    if nominal.kind == "region":
        if "country" in nominal.kinds:
            return _country(known.places, token, sentence)
        place = known.places.meant(token, sentence, nominal.kinds, reach=reach)
        return place.ref if place else None
    if nominal.kind == "organisation":
        entities = known.bodies.entities
        fits = [b for b in known.bodies.mentions if _fits(b, nominal, known.bodies)]
        return _last([b for b in fits if b.ref in entities], token, sentence, reach)
    holders = [m for m in known.people.mentions if _holds(known.people, m, nominal, token)]
    return _last(holders, token, sentence, reach, subjects=False)


def _country(places: Places, token: int, sentence: int) -> Ref | None:
    """Find the country: a foreign one only where a sentence near by is about it, else China where it is named."""
    countries = [place for place in places.named if place.value.kind == "country"]
    near = [p for p in countries if p.start < token and p.topic and sentence - p.sentence <= TOPIC_REACH]
    if near:
        topics = {place.ref for place in near if place.sentence == near[-1].sentence}
        return near[-1].ref if len(topics) == 1 else None
    return next((place.ref for place in countries if place.value.iso_code == "CN"), None)


def _fits(body: Body, nominal: Nominal, bodies: Bodies) -> bool:
    if nominal.kinds:
        plain = head_word(bodies.entities[body.ref].name) not in nominals() or "media" in nominal.kinds
        return plain and bodies.entities[body.ref].kind in nominal.kinds
    return matches_head(body, bodies.entities, nominal.heads)


def _holds(people: People, mention: Speaker, nominal: Nominal, token: int) -> bool:
    """Tell whether a person was introduced with the title that a noun names."""
    if mention.value.is_author:
        return False
    titles = [role.text.lower() for m in people.of(mention.ref) if m.start < token for role in m.value.roles]
    heads = [next((w for w in reversed(_title_head(title)) if w in role_heads()), "") for title in titles]
    if nominal.kinds:
        return any(role_heads().get(head) in nominal.kinds for head in heads)
    return any(head in nominal.heads for head in heads)


def _title_head(title: str) -> list[str]:
    return title.split(" of ", maxsplit=1)[0].split(" for ", maxsplit=1)[0].split()


def _last(
    candidates: Sequence[Body | Speaker], token: int, sentence: int, reach: int, *, subjects: bool = True
) -> Ref | None:
    """The last candidate before a token; of several in one sentence the subject (with `subjects`), else None."""
    before = [c for c in candidates if c.end <= token]
    if before and (len({c.ref for c in before}) > 1 or reach < SHORT):
        before = [c for c in before if sentence - c.sentence <= reach]
    if not before:
        return None
    topics = [c for c in before if isinstance(c, Body) and c.subject and sentence - c.sentence <= TOPIC_REACH]
    if subjects and topics and len({c.ref for c in topics if c.sentence == topics[-1].sentence}) == 1:
        return topics[-1].ref
    group = [c for c in before if c.sentence == before[-1].sentence]
    if len({c.ref for c in group}) == 1:
        return group[-1].ref
    first = {c.ref for c in group if subjects and isinstance(c, Body) and c.subject}
    return first.pop() if len(first) == 1 else None
