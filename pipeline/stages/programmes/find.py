"""The component `find_programmes`: policy programmes, plans, pilots and zones."""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.annotations import Extent, FlagValue, ProgrammeValue, Ref
from pipeline.schema import Form, OrganisationKind
from pipeline.stages.programmes.clauses import Event, events
from pipeline.stages.programmes.declared import Declared, declared_in
from pipeline.stages.programmes.grouping import ENOUGH, Group, group_mentions, weigh
from pipeline.stages.programmes.initiators import Actors, initiators_of
from pipeline.stages.programmes.lexicon import names
from pipeline.stages.programmes.mentions import Mention, find_mentions
from pipeline.stages.programmes.normalise import clean_name
from pipeline.stages.programmes.participation import Places, Scene, follows_up, taking_part
from pipeline.stages.programmes.places import PlaceList, place_lists
from pipeline.stages.programmes.sentences import Heads, Sentences, read_heads
from pipeline.stages.programmes.timing import Dates, end_of, period_of, start_of

if not Span.has_extension("programme"):
    Span.set_extension("programme", default=None)

#: Families whose names companies, universities and other countries use as well ("Global Leaders Program").
_LOOSE = frozenset({"initiative", "strategy", "pilot", "scheme", "policy"})
#: How sure a programme is at best, by its name's shape and where several cues agree: a weight of `AGREED`.
BY_SHAPE, AT_BEST = 0.8, 0.88
AGREED = 6
#: Groups of verbs that set a programme going.
_ACTS = frozenset({"start", "issue", "announce"})
#: … and of those that say whom it reached: "The plan *subsidized* 3 million pupils".
_SERVES = "serve"
#: What belongs to a nominal mention: "*the* program".
_ARTICLES = frozenset({"the", "this", "that", "these", "a", "an"})
#: How many sentences behind a mention may go on about it without naming it.
_FOLLOW = 2


@Language.component(
    "find_programmes",
    assigns=["doc.spans", "span._.programme"],
    requires=["doc.spans", "doc._.entities", "span._.region", "span._.date", "span._.claim"],
)
def find_programmes(doc: Doc) -> Doc:
    """Fill `doc.spans["programmes"]` with the best name of each programme; `span._.programme` is a `ProgrammeValue`."""
    groups = group_mentions(doc, find_mentions(doc))
    claims = sorted(doc.spans.get("claims", ()), key=lambda span: span.start)
    index = _index(doc, groups, claims) if groups else None
    spans = [_programme(doc, group, number, index) for number, group in enumerate(groups)] if index else []
    doc.spans["programmes"] = sorted((span for span in spans if span is not None), key=lambda span: span.start)
    return doc


class _Index(NamedTuple):
    """What every programme of a document is looked up in."""

    dates: Dates
    actors: Actors
    lists: list[PlaceList]
    claims: list[Span]
    sentences: Sentences
    heads: Heads


def _index(doc: Doc, groups: list[Group], claims: list[Span]) -> _Index:
    sentences = Sentences(doc)
    heads = read_heads(sentences, [[mention.head for mention, _ in group.mentions] for group in groups])
    return _Index(Dates(doc), Actors(doc), place_lists(doc), claims, sentences, heads)


def _programme(doc: Doc, group: Group, number: int, index: _Index) -> Span | None:
    told = [(mention, list(events(doc, mention))) for mention, _ in group.mentions]
    initiators = initiators_of(doc, told, index.actors)
    score = _score(doc, group, told, [index.actors.kinds.get(ref) for ref in initiators])
    if score < ENOUGH:
        return None
    best = group.best
    span = Span(doc, best.start, best.end, label=best.kind, span_id="named" if best.proper else "described")
    scenes = _scenes(doc, number, told, index)
    places = taking_part(doc, scenes, index.lists)
    loose = best.kind in ("pilot_program", "pilot_zone")
    declared = declared_in(doc, scenes, index.claims, strict=not loose) if best.kind != "free_trade_zone" else None
    start, end = period_of(doc, best, index.dates)
    span._.programme = ProgrammeValue(
        name=clean_name(span.text),
        kind=best.kind,
        topic=doc[best.topic[0] : best.topic[1]].text if best.topic else None,
        initiators=initiators,
        start=start_of(doc, told, index.dates) or start,
        end=end_of(doc, told, index.dates) or end,
        regions=tuple(Ref("region", member._.region.key) for member in places.members) or _inside_name(doc, best),
        declared_regions=declared.number if declared else None,
        mentions=_mentions(doc, group),
        rule=span.id_,
        confidence=_confidence(score, len(group.mentions)),
        flags=_flags(places, declared),
    )
    return span


def _score(
    doc: Doc, group: Group, told: list[tuple[Mention, list[Event]]], behind: list[OrganisationKind | None]
) -> int:
    """The weight of a group; companies' own plans and programs count against it."""
    acts = _ACTS | {"run", "cover", "join"} if group.best.family == "pilot" else _ACTS
    acted_on = any(event.group in acts for _, found in told for event in found)
    acted_on |= any(event.group == _SERVES and mention.definite for mention, found in told for event in found)
    if not acted_on and _is_in_passing(doc, group):
        return 0
    company = bool(behind) and set(behind) == {"company"} and group.best.kind in ("plan", "policy")
    return weigh(doc, group, acted_on=acted_on, by_company=company)


def _confidence(score: int, mentions: int) -> float:
    """How sure a programme is with all its slots: a name found by its shape alone is never surer than `BY_SHAPE`."""
    return round(min(BY_SHAPE if score < AGREED or mentions < 2 else AT_BEST, 0.35 + 0.08 * score), 2)


def _is_in_passing(doc: Doc, group: Group) -> bool:
    """Whether a standing framework is only mentioned, or a loose name with capitals said once and nothing of it."""
    best = group.best
    text = doc[best.start : best.end].text.lower()
    if any(text.startswith(framework) for framework in names("frameworks")):
        return True
    once = len(group.mentions) == 1 and not group.in_headline and best.topic is None
    under = any(doc[i].lower_ == "under" for i in range(max(best.start - 2, 0), best.start))
    return once and not under and best.proper and best.weight < ENOUGH - 1 and best.family in _LOOSE


def _scenes(doc: Doc, group: int, told: list[tuple[Mention, list[Event]]], index: _Index) -> list[Scene]:
    """The sentences that speak of a programme, and those right behind them that go on about it."""
    at, heads = index.sentences.at, index.heads
    scenes = [Scene(at(mention.head), mention, tuple(found), heads.rivals(group)) for mention, found in told]
    own = {scene.sentence.start for scene in scenes}
    for scene in list(scenes):
        sentence = scene.sentence
        for _ in range(_FOLLOW):
            if sentence.end >= len(doc):
                break
            sentence = at(sentence.end)
            named = sentence.start in own or heads.named_by_others(sentence.start, group)
            if named or not follows_up(sentence):
                break
            scenes.append(Scene(sentence, None, ()))
    return sorted(scenes, key=lambda scene: scene.sentence.start)


def _inside_name(doc: Doc, best: Mention) -> tuple[Ref, ...]:
    """Where a zone lies by its name, if the text speaks of that place too: "Zhejiang Pilot Free Trade Zone"."""
    if best.kind != "free_trade_zone":
        return ()
    words = {token.text for token in doc[best.start : best.end]}
    regions = doc._.entities.regions if doc._.entities else {}
    return tuple(ref for ref, value in regions.items() if value.name in words and value.kind != "country")


def _flags(places: Places, declared: Declared | None) -> tuple[FlagValue, ...]:
    listed = len(places.members)
    if declared is None or not listed or not declared.counts(places.members):
        return ()
    if listed == declared.number or (places.partial and listed < declared.number):
        return ()
    message = f"the text says {declared.number} {declared.noun} and lists {listed}"
    return (FlagValue("region-count-mismatch", message),)


def _mentions(doc: Doc, group: Group) -> tuple[tuple[Extent, Form], ...]:
    found: list[tuple[Extent, Form]] = []
    for mention, form in group.mentions:
        article = form == "nominal" and mention.start > 0 and doc[mention.start - 1].lower_ in _ARTICLES
        span = doc[mention.start - article : mention.end]
        found.append((Extent(span.start_char, span.end_char), form))
    return tuple(found)
