"""Rules for a place that stands earlier: that of the number before, of the sentence before."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from pipeline.resources import table
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import Sentence
from pipeline.stages.claims.timing.verbs import stands_aside
from pipeline.stages.claims.whereabouts.elsewhere import counts_wider
from pipeline.stages.claims.whereabouts.groups import Group
from pipeline.stages.claims.whereabouts.scene import Found, Scene

#: "Chile and Peru **were** its largest partners"
_COPULAS = frozenset({"are", "were", "be", "been", "became", "become", "remain", "remained"})
#: ""**Our** exports go to Chile": a speaker's own figures in direct speech.
_OURS = frozenset({"our", "we", "my"})
#: "**Although** Jilin grew, it ranked 28th"
_SUBORDINATORS = frozenset({"although", "though", "while", "whereas", "as", "since", "because", "after", "if"})
#: What a clause about another place opens with.
_TURNS = frozenset({";", "while", "whereas", "but"})
#: Rules whose place belongs to their number alone.
_OWN = frozenset({"of_measure", "right_before", "respective", "sourced", "partner"})
#: Rules whose place is one of its own clause: the next sentence need not be about it.
_WEAK = frozenset({"in_clause", "of_sentence", "elided"})


def inherited(scene: Scene, draft: Draft) -> Found | None:
    """As in "(about 2.42 trillion dollars)", "…, an increase of 8.1 percent": as the figure that it belongs to."""
    earlier = draft.related if draft.relation == "equivalent" else None
    if earlier is None and draft.measure_rule in ("level-before",) and scene.done:
        earlier = scene.done[-1]
    if earlier is None or not earlier.regions or _new_subject(scene, earlier, draft):
        return None
    return earlier.regions, earlier.evidence.get("regions")


def itself(scene: Scene, draft: Draft) -> Found | None:
    """As in "Although Jilin grew by 4 percent, while Japan managed only 2, **it** ranked 28th": the first one's."""
    pronoun = next(iter(scene.subjects(draft.root)), None)
    if pronoun is None or pronoun.lower_ != "it":
        return None
    opened = draft.sentence.tokens[0].lower_ in _SUBORDINATORS
    for group in scene.groups(draft.sentence):
        verb = group.first.head
        under = verb.dep_ == "advcl" and (verb.head == pronoun.head or opened)
        if group.first.dep_ == "nsubj" and under and verb.i < pronoun.i:
            return None if counts_wider(scene, draft, group.refs) else (group.refs, group.extent)
    return None


def carried(scene: Scene, draft: Draft) -> Found | None:
    """The sentence before, in the same paragraph, unless a name in the subject turns to something else."""
    renamed = _renamed(scene, draft)
    owned = _is_its(scene, draft)
    if not owned and _of_company(scene, draft):
        return None
    if owned and (place := _subject_before(scene, draft)) is not None:
        return place
    levels = [draft for draft in scene.done[-4:] if draft.kind != "rank"]
    for earlier in reversed(levels):
        gap = draft.sentence.number - earlier.sentence.number
        together = owned or earlier.sentence.paragraph == draft.sentence.paragraph
        near = gap <= (0 if renamed and not owned else 1) and together
        near = near and (gap == 0 or owned or earlier.region_rule not in _WEAK)
        near = near and not (gap == 0 and _place_between(scene, earlier, draft))
        near = near and (draft.relation == "part_of" or not _only_of_part(scene, earlier))
        near = near and not counts_wider(scene, draft, earlier.regions) and not _told_aside(scene, earlier, draft)
        if near and earlier.regions and earlier.region_rule not in _OWN:
            return earlier.regions, earlier.evidence.get("regions")
    return None


def topic(scene: Scene, draft: Draft) -> Found | None:
    """A place that is the subject of the sentence before, in the same paragraph."""
    number = draft.sentence.number - 1
    if (
        number < 0
        or _body(scene, draft) is not None
        or _of_company(scene, draft)
        or scene.index.sentences[number].paragraph != draft.sentence.paragraph
    ):
        return None
    if _with_partner(scene, draft) or any(other.region_rule == "among" for other in scene.by_sentence.get(number, ())):
        return None
    if not scene.subjects(draft.root) and _renamed(scene, draft):
        return None
    label = scene.index.sentences[number].text.rstrip().endswith(":")
    for group in scene.groups(scene.index.sentences[number]):
        if label or group.first.dep_ in ("nsubj", "nsubjpass") or _opens(scene, group, scene.index.sentences[number]):
            return group.refs, group.extent
    return None


def _subject_before(scene: Scene, draft: Draft) -> Found | None:
    """As in "The zone earned a tenth of Anhui's money. **Its** trade …": whose, unless this sentence has told."""
    if draft.sentence.number < 1 or (scene.done and scene.done[-1].sentence.number == draft.sentence.number):
        return None
    for group in scene.groups(scene.index.sentences[draft.sentence.number - 1]):
        if group.first.dep_ in ("nsubj", "nsubjpass"):
            return group.refs, group.extent
        node = scene.index.token_at(group.extent.end - 1)
        if node.dep_ in ("nsubj", "nsubjpass"):
            return group.refs, group.extent
    return None


def _with_partner(scene: Scene, draft: Draft) -> bool:
    """As in "that with the United States dropped by 31 percent": a partner is told, not whose trade it is."""
    spans = [(s.left_edge.idx, s.right_edge.idx) for s in scene.subjects(draft.root)[:1]]
    groups = [group for group in scene.groups(draft.sentence) if group.cue == "with"]
    return any(start <= group.extent.start <= end for start, end in spans for group in groups)


def there(scene: Scene, draft: Draft) -> Found | None:
    """As in "Hefei has turned to chips. Forty firms have set up shop there": the place of the sentence before."""
    number = draft.sentence.number - 1
    verbs = {draft.root.i, *(node.i for node in draft.root.ancestors)}
    adverbs = [t for t in draft.sentence.tokens if t.lower_ == "there" and t.dep_ == "advmod" and t.head.i in verbs]
    if not adverbs or number < 0:
        return None
    inside = [group for group in scene.groups(draft.sentence) if group.extent.end <= min(draft.start, adverbs[0].idx)]
    groups = inside or scene.groups(scene.index.sentences[number])
    subjects = [group for group in groups if group.first.dep_ in ("nsubj", "nsubjpass")]
    found = subjects or groups
    return (found[-1].refs, found[-1].extent) if subjects or len(found) == 1 else None


def its_own(scene: Scene, draft: Draft) -> Found | None:
    """As in "Chile, Peru and Japan were its three largest partners": not the subject's, but whose they are."""
    last = scene.done[-1] if scene.done else None
    if last is not None and last.region_rule == "its_own" and last.sentence.number == draft.sentence.number:
        return last.regions, last.evidence.get("regions")
    copula = draft.root.head.head if draft.root.dep_ == "nummod" else draft.root.head
    if copula.lower_ not in _COPULAS or copula.i > draft.root.i or not _is_its(scene, draft):
        return None
    return carried(scene, draft) or topic(scene, draft) or ((), None)


def sourced(scene: Scene, draft: Draft) -> Found | None:
    """As in "Some 190,000 tons were collected, according to the Hancheng Bureau of Forestry": where the source sits."""
    seat = scene.seat(draft.speaker)
    if seat is None or scene.groups(draft.sentence):
        return None
    return (seat,), draft.evidence.get("speaker")


def _renamed(scene: Scene, draft: Draft) -> bool:
    """Whether a name in the subject turns to something else."""
    subjects = scene.subjects(draft.root) or scene.subjects_behind(draft.root)
    return any(t.tag_ in ("NNP", "NNPS") for s in subjects for t in s.subtree)


def _place_between(scene: Scene, earlier: Draft, draft: Draft) -> bool:
    """As in "300 in Basel, and a venture with Norway's Fjell, of which it holds 51 percent": another place since."""
    groups = scene.groups(draft.sentence)
    return any(earlier.quantity.end <= g.extent.start < draft.lead and g.refs != earlier.regions for g in groups)


def _told_aside(scene: Scene, earlier: Draft, draft: Draft) -> bool:
    """As in "Li, whose four goats graze **in Yulin**, owns a flat": a place of a relative clause without the number."""
    place = earlier.evidence.get("regions")
    return place is not None and stands_aside(scene.index.token_at(place.start), draft.root)


def _new_subject(scene: Scene, earlier: Draft, draft: Draft) -> bool:
    """As in "in January, when China mined 380 million", "; in Hubei it was 9,800": a place since the last number."""
    groups = [g for g in scene.groups(draft.sentence) if earlier.quantity.end <= g.extent.start < draft.lead]
    return any(group.first.dep_ in ("nsubj", "nsubjpass") or _opens_clause(group) for group in groups)


def _opens_clause(group: Group) -> bool:
    """As in "; **in** Hubei it was 9,800", "while **in** Hubei"."""
    before = group.first.i - 2
    return group.cue == "in" and before >= 0 and group.first.doc[before].lower_ in _TURNS


def _of_company(scene: Scene, draft: Draft) -> bool:
    """As in "The firm sold 3.2 million cells": a company's figures hold wherever it works."""
    subjects = scene.subjects(draft.root)
    nouns = [_antecedent(subject).lower_ for subject in subjects[:1]]
    own = draft.is_spoken and any(t.lower_ in _OURS for s in subjects[:1] for t in s.subtree)
    return own or not company_nouns().isdisjoint(nouns) or _body(scene, draft) == "company"


def _body(scene: Scene, draft: Draft) -> str | None:
    """The kind of the organisation that is the subject: "the **People's Bank of China** cut the rate by 0.5 points"."""
    subjects = scene.subjects(draft.root)
    pronouns = [subject for subject in subjects[1:] if subject.tag_ == "PRP"]
    for subject in [*map(_antecedent, subjects[:1]), *pronouns]:
        for mention in scene.index.mentions_by_sentence.get(scene.index.sentence_of(subject).number, ()):
            if mention.kind == "organisation" and mention.extent.start <= subject.idx < mention.extent.end:
                entity = scene.index.entities.organisations.get(mention.ref) if mention.ref else None
                return entity.kind if entity is not None else "other"
    return None


def _only_of_part(scene: Scene, draft: Draft) -> bool:
    """As in "64 laboratories, nine of which are in Hefei": a place that the whole does not share."""
    return draft.relation == "part_of" and draft.related is not None and draft.related.regions != draft.regions


def _is_its(scene: Scene, draft: Draft) -> bool:
    """As in "Its trade with members rose 28.1 percent", "its three largest partners": the text before says whose."""
    measure = draft.evidence.get("measure")
    if measure is None:
        return False
    first = scene.index.token_at(measure.start)
    opening = first.doc[max(first.sent.start, first.i - 3) : first.i]
    return any(
        token.lower_ == "its" and all(t.tag_ in ("CD", "JJ", "JJS", "JJR") for t in opening[k + 1 :])
        for k, token in enumerate(opening)
    )


def _opens(scene: Scene, group: Group, sentence: Sentence) -> bool:
    """Whether a place phrase stands at the head of a sentence."""
    return group.cue == "in" and group.first.i - sentence.tokens[0].i <= 2


def _antecedent(subject: Token) -> Token:
    """The noun that a relative pronoun stands for: "His **company**, which employs 85 people"."""
    relative = subject.tag_ in ("WDT", "WP") and subject.head.dep_ == "relcl"
    return subject.head.head if relative else subject


@cache
def company_nouns() -> frozenset[str]:
    """Nouns that mean a company: "firm", "carmaker"."""
    return frozenset(row["noun"] for row in table("references/nominals") if "kind:company" in row["matches"])
