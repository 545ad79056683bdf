"""Rules for a place in the clause or the sentence of the number: its owner, its subject, a place phrase."""

from __future__ import annotations

from spacy.tokens import Span, Token

from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.patterns import THAT_WITH
from pipeline.stages.claims.whereabouts.elsewhere import (
    ELSEWHERE,
    INSIDE,
    counts_wider,
    leads_away,
    of_talk,
    says_where,
)
from pipeline.stages.claims.whereabouts.groups import Group
from pipeline.stages.claims.whereabouts.scene import Found, Scene

_EDGES = frozenset({",", ";", ":", "(", "--"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def owner(scene: Scene, draft: Draft) -> Found | None:
    """As in "China's fiscal revenue", "the city's 74 counties": the possessor of the measured phrase."""
    starts = [draft.lead]
    measure = draft.evidence.get("measure")
    if measure is not None:
        starts.append(measure.start)
    own = next(iter(scene.subjects(draft.root)), None)
    if measure is not None and own is not None and measure.end <= own.left_edge.idx:
        # "Hunan's trade rose, and Yiyang accounted for 9 percent of it": measured in another clause
        measure, starts = None, [draft.lead]
    for group in scene.groups(draft.sentence):
        near = any(_adjoins(scene, group, start) for start in starts)
        inside = measure is not None and measure.start <= group.extent.start < measure.end
        inside = inside or (
            measure is not None and group.cue == "between" and 0 <= group.extent.start - measure.end <= 10
        )
        if (near and (group.possessive or group.first.dep_ in ("compound", "poss", "nmod"))) or (
            inside and (group.cue not in ELSEWHERE or group.cue == "between")
        ):
            return group.refs, group.extent
    return None


def partner(scene: Scene, draft: Draft) -> Found | None:
    """As in "Trade with Japan was flat, while **that with** India fell 3 percent": whose is told before."""
    before = [group for group in scene.groups(draft.sentence) if group.extent.end <= draft.start]
    if not before or not THAT_WITH.search(
        scene.index.text, max(0, before[-1].extent.start - 16), before[-1].extent.start
    ):
        return None
    return (
        (before[-1].refs, before[-1].extent)
        if ";" not in scene.index.text[before[-1].extent.end : draft.start]
        else None
    )


def subject(scene: Scene, draft: Draft) -> Found | None:
    """As in "Tibet has invested a total of 39.89 billion yuan": a place as the subject, or in it."""
    groups = scene.groups(draft.sentence)
    for subject in scene.subjects(draft.root):
        span = (subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge))
        for group in groups:
            if not span[0] <= group.extent.start < span[1] or _in_aside(group, subject, draft):
                continue
            if not says_where(scene, group, draft):
                continue
            if group.cue != "from" or not _is_origin(group):
                return group.refs, group.extent
        seat = _seat_at(scene, subject)
        if seat is not None:
            return seat
    return None


def fronted(scene: Scene, draft: Draft) -> Found | None:
    """As in "In Zhejiang, the government nurtured 812 firms": a place phrase at the head of the sentence."""
    for group in scene.groups(draft.sentence):
        opening = draft.sentence.span.doc[draft.sentence.tokens[0].i : group.first.i]
        early = len(opening) <= 6 and not any(t.dep_ in ("nsubj", "nsubjpass") for t in opening)
        early = early and not leads_away(scene, group, draft) and not _of_saying(group, opening, draft)
        if early and (group.cue in ("in", "across", "throughout", "at") or _labels(scene, group, opening)):
            return group.refs, group.extent
    return None


def where(scene: Scene, draft: Draft) -> Found | None:
    """As in "a trial in Jiading, a suburban district, where 218 kitchens cook": the place before "where"."""
    words = [token for token in draft.sentence.tokens if token.lower_ == "where" and token.i < draft.span.start]
    if not words:
        return None
    before = [group for group in scene.groups(draft.sentence) if group.extent.end <= words[-1].idx]
    if not before or leads_away(scene, before[-1], draft):
        return None
    clause = scene.index.text[words[-1].idx : draft.start]
    return None if ";" in clause else (before[-1].refs, before[-1].extent)


def ahead(scene: Scene, draft: Draft) -> Found | None:
    """As in "With growth of 10 percent, **Ningbo's** trade ranked ninth", "Covering 119 sq km, **Mianyang** is …"."""
    subjects = scene.subjects_behind(draft.root)
    if len(subjects) != 1 or any(
        t.tag_ in _FINITE for t in subjects[0].doc[draft.sentence.tokens[0].i : subjects[0].i]
    ):
        return None
    start, end = subjects[0].left_edge.idx, subjects[0].right_edge.idx
    before = [group for group in scene.groups(draft.sentence) if group.extent.end <= draft.lead]
    told = [group for group in scene.groups(draft.sentence) if start <= group.extent.start <= end]
    if before or not told or not says_where(scene, told[0], draft):
        return None
    return told[0].refs, told[0].extent


def in_clause(scene: Scene, draft: Draft) -> Found | None:
    """The nearest place before the claim in its clause, else the nearest behind it."""
    usable = [
        g for g in scene.groups(draft.sentence) if says_where(scene, g, draft) and (g.cue != "from" or _comes_from(g))
    ]
    before = [group for group in usable if group.extent.end <= draft.start]
    behind = [
        group for group in usable if group.extent.start >= draft.quantity.end and group.cue in (*INSIDE, "through")
    ]
    verbs = _verb_ids(draft.root)
    for group in [*reversed(before), *behind]:
        if verbs & _verb_ids(group.first):
            return group.refs, group.extent
    return None


def of_sentence(scene: Scene, draft: Draft) -> Found | None:
    """The only place that the sentence names."""
    usable = [g for g in scene.groups(draft.sentence) if says_where(scene, g, draft) and g.cue != "from"]
    behind = [group for group in usable if group.extent.start > draft.start]
    usable = [group for group in usable if not _of_later(scene, group, draft)]
    if usable and counts_wider(scene, draft, usable[0].refs):
        return None
    if len({group.refs for group in usable}) == 1 and not (behind and len(usable[0].refs) > 1):
        return usable[0].refs, usable[0].extent
    return None


def _is_origin(group: Group) -> bool:
    """As in "a buyer from Chile wants 300 tons": where those who act come from; not so "orders from Chile rose"."""
    noun = group.first.head.head if group.first.head.lower_ == "from" else group.first.head
    singular = noun.lower_.removesuffix("s")
    return singular in words("claims/agent_nouns") or singular in words("claims/comers")


def _of_later(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "She earns 2,200 yuan, and her husband earns 3,500 yuan in Hefei": behind the number of a later clause."""
    others = [other for other in scene.by_sentence[draft.sentence.number] if other.start > draft.start]
    place = _verb_ids(group.first)
    later = [other for other in others if other.quantity.end <= group.extent.start and place & _verb_ids(other.root)]
    subjects = scene.subjects(later[-1].root)[:1] if later else []
    return bool(subjects) and subjects[0].i > draft.root.i


def _in_aside(group: Group, subject: Token, draft: Draft) -> bool:
    """As in "Li, **who grew up in Wuhan**, owns two shops": a relative clause, between commas, without the number."""
    node = group.first
    for _ in range(12):
        if node.i == subject.i or node.head == node:
            return False
        if node.dep_ == "relcl":
            ours = {draft.root.i, *(above.i for above in draft.root.ancestors)}
            edge = node.left_edge
            return node.i not in ours and edge.i > 0 and edge.nbor(-1).text == ","
        node = node.head
    return False


def _seat_at(scene: Scene, subject: Token) -> Found | None:
    """As in "The port authority handled 3 million containers": where the acting organisation belongs."""
    number = scene.index.sentence_of(subject).number
    for mention in scene.index.mentions_by_sentence.get(number, ()):
        if mention.kind == "organisation" and mention.extent.start <= subject.idx < mention.extent.end:
            seat = scene.seat(mention.ref)
            if seat is not None:
                return (seat,), mention.extent
    return None


def _adjoins(scene: Scene, group: Group, start: int) -> bool:
    """As in "**China's** total trade", not in "**Hunan**, has moved 300 people"."""
    if not 0 <= start - group.extent.end <= 12:
        return False
    between = scene.index.span(group.extent.end, start)[:-1] if start > group.extent.end + 1 else ()
    return not any(token.text in _EDGES or token.tag_ in _FINITE for token in between)


def _of_saying(group: Group, opening: Span, draft: Draft) -> bool:
    """As in "**Speaking at** a meeting in Nanning, Huang said that 20 counties": where it was said."""
    said = draft.statement is not None and group.extent.end <= draft.statement.start_char
    return said and of_talk(opening)


def _labels(scene: Scene, group: Group, opening: Span) -> bool:
    """As in "Macao: Ferries carried 1.04 million passengers": a place as a label."""
    return not len(opening) and scene.index.text[group.extent.end : group.extent.end + 1] == ":"


def _comes_from(group: Group) -> bool:
    """As in "40 percent of the patients come from Gansu": where they are from is what is told."""
    return group.first.head.lower_ == "from" and group.first.head.head.lower_ in ("come", "comes", "hail")


def _verb_ids(token: Token) -> set[int]:
    node = token
    for _ in range(12):
        if node.pos_ in ("VERB", "AUX") or node.head == node:
            return {node.i}
        node = node.head
    return set()
