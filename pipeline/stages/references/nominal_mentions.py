"""Resolves nominals: "the ministry", "the company", "the province", "the minister"."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.annotations import EntityKind, Ref
from pipeline.resources import words
from pipeline.stages.people.patterns import is_speech, role_heads
from pipeline.stages.references.bodies import Body, matches_head
from pipeline.stages.references.normalise import head_word
from pipeline.stages.references.patterns import OPENERS, Nominal, nominals
from pipeline.stages.references.places import TOPIC_REACH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from pipeline.stages.references.bodies import Bodies
    from pipeline.stages.references.people import People, Speaker
    from pipeline.stages.references.places import Places
    from pipeline.stages.references.setting import Setting


#: A noun that reaches back less than this means nothing farther away, even where the article has only one of the sort.
SHORT = 6
#: How many words may describe a place between the article and the noun.
DESCRIBED = 5
#: How many mentions of one sort a reader keeps in mind.
MEMORY = 60


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
    """What references can go back to; `fitting` keeps what each noun can mean, worked out once a document."""

    places: Places
    bodies: Bodies
    people: People
    fitting: dict[Nominal, Sequence[Body | Speaker]] = field(default_factory=dict)

    def fits(self, nominal: Nominal) -> Sequence[Body | Speaker]:
        """The mentions of organisations or people that a noun can mean, in text order."""
        if nominal not in self.fitting:
            found = _bodies(self.bodies, nominal) if nominal.kind == "organisation" else _holders(self.people, nominal)
            self.fitting[nominal] = found
        return self.fitting[nominal]


def find_nominals(doc: Doc, setting: Setting, known: Antecedents) -> list[Reference]:
    """The nominals that resolve, in text order."""
    found = []
    for token in doc:
        nominal = nominals().get(token.lower_)
        if nominal is None or token.i in setting.named or (nominal.kind == "region" and token.is_title):
            # "countries along the **Belt** and Road"
            continue
        if token.i < setting.headline_end and _speaks_in_headline(doc, token.i):
            ref = _only_body(known.bodies, nominal)
            if ref is not None:
                found.append(Reference(token.i, token.i + 1, nominal.kind, ref, "nominal-headline"))
            continue
        opening = start(doc, token.i, nominal)
        if not _is_bare(doc, token.i, opening):
            continue
        ref = resolve(setting, known, token.i, nominal)
        if ref is not None:
            found.append(Reference(opening, token.i + 1, nominal.kind, ref, f"nominal-{nominal.kind}"))
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


def start(doc: Doc, index: int, nominal: Nominal) -> int:
    """Where the phrase of a nominal begins: at its article, "**the** autonomous region", "**the** scenic province"."""
    before = index - 1
    least = max(0, index - 1 - DESCRIBED)
    while before > least and nominal.kind == "region" and _describes(doc[before], nominal):
        # "the remote **and** hilly city"
        joined = doc[before - 1].lower_ in ("and", ",") and _describes(doc[before - 2], nominal)
        before -= 2 if joined and before - 2 > least else 1
    return before


def _describes(token: Token, nominal: Nominal) -> bool:
    """Tell "the **scenic** province", which means the place at hand, from "the neighbouring" and "the largest one"."""
    if "zone" in nominal.kinds and token.lower_ in words("references/zone_words"):
        # "the **new** area" is one that is called so; a new province would be another one
        return True
    if token.lower_ in words("references/landscape_nouns"):
        return True
    # the tagger takes "western" before "province" for part of a name at times
    described = token.is_lower and token.tag_ in ("JJ", "VBN", "VBG", "NNP")
    return described and token.lower_ not in words("references/telling_apart")


def _is_bare(doc: Doc, index: int, opening: int) -> bool:
    """Tell "**the ministry** said" from "the ministry of …", "the ministry official" and "the two ministries"."""
    if not index or doc[opening].lower_ not in OPENERS:
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
    return _last(known.fits(nominal), token, sentence, reach)


def _country(places: Places, token: int, sentence: int) -> Ref | None:
    """Find the country: a foreign one only where a sentence near by is about it, else China where it is named."""
    countries = [place for place in places.named if place.value.kind == "country"]
    near = [p for p in countries if p.start < token and p.topic and sentence - p.sentence <= TOPIC_REACH]
    if near:
        topics = {place.ref for place in near if place.sentence == near[-1].sentence}
        return near[-1].ref if len(topics) == 1 else None
    return next((place.ref for place in countries if place.value.iso_code == "CN"), None)


def _bodies(bodies: Bodies, nominal: Nominal) -> list[Body]:
    return [body for body in bodies.mentions if _fits(body, nominal, bodies)]


def _fits(body: Body, nominal: Nominal, bodies: Bodies) -> bool:
    if nominal.called is not None:
        return nominal.called in body.called
    if nominal.kinds:
        plain = head_word(bodies.entities[body.ref].name) not in nominals() or "media" in nominal.kinds
        return plain and bodies.entities[body.ref].kind in nominal.kinds
    return matches_head(body, bodies.entities, nominal.heads)


def _holders(people: People, nominal: Nominal) -> list[Speaker]:
    """The mentions of everybody introduced with a title that a noun names, from that title on."""
    since: dict[Ref, int] = {}
    for mention in people.mentions:
        if not mention.value.is_author and any(_names(nominal, role.text) for role in mention.value.roles):
            since.setdefault(mention.ref, mention.start)
    return [mention for mention in people.mentions if mention.start >= since.get(mention.ref, mention.start + 1)]


def _names(nominal: Nominal, title: str) -> bool:
    """Tell whether a noun names a title: "the minister" for "Commerce Minister"."""
    own = title.lower().split(" of ", maxsplit=1)[0].split(" for ", maxsplit=1)[0].split()
    head = next((word for word in reversed(own) if word in role_heads()), "")
    return head in nominal.heads or role_heads().get(head) in nominal.kinds


def _last(candidates: Sequence[Body | Speaker], token: int, sentence: int, reach: int) -> Ref | None:
    """The last candidate before a token; of several organisations in one sentence the subject, else None."""
    near = _near(candidates, token, sentence, reach)
    if not near:
        return None
    topics = [c for c in near if isinstance(c, Body) and c.subject and sentence - c.sentence <= TOPIC_REACH]
    if len({c.ref for c in topics if c.sentence == topics[-1].sentence}) == 1:
        return topics[-1].ref
    group = {c.ref for c in near if c.sentence == near[-1].sentence}
    return near[-1].ref if len(group) == 1 else None


def _near(candidates: Sequence[Body | Speaker], token: int, sentence: int, reach: int) -> list[Body | Speaker]:
    """The candidates within reach before a token; the only one of its sort in the article at any distance."""
    end = bisect_right(candidates, token, key=lambda candidate: candidate.end)
    near: list[Body | Speaker] = []
    for candidate in reversed(candidates[max(0, end - MEMORY) : end]):
        if sentence - candidate.sentence > reach:
            break
        near.insert(0, candidate)
    if not near and end and reach >= SHORT and len({candidate.ref for candidate in candidates}) == 1:
        return [candidates[end - 1]]
    return near
