"""Rules for a place that stands earlier: that of the number before, of the sentence before."""

from __future__ import annotations

from functools import cache

from pipeline.resources import table
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import Sentence
from pipeline.stages.claims.whereabouts.groups import Group
from pipeline.stages.claims.whereabouts.scene import Found, Scene

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


def carried(scene: Scene, draft: Draft) -> Found | None:
    """The sentence before, in the same paragraph, unless a name in the subject turns to something else."""
    renamed = any(t.tag_ in ("NNP", "NNPS") for s in scene.subjects(draft.root) for t in s.subtree)
    owned = _is_its(scene, draft)
    if not owned and _of_company(scene, draft):
        return None
    levels = [draft for draft in scene.done[-4:] if draft.kind != "rank"]
    for earlier in reversed(levels):
        gap = draft.sentence.number - earlier.sentence.number
        together = owned or earlier.sentence.paragraph == draft.sentence.paragraph
        near = gap <= (0 if renamed and not owned else 1) and together
        near = near and (gap == 0 or owned or earlier.region_rule not in _WEAK)
        near = near and (draft.relation == "part_of" or not _only_of_part(scene, earlier))
        if near and earlier.regions and earlier.region_rule not in ("of_measure", "right_before", "respective"):
            return earlier.regions, earlier.evidence.get("regions")
    return None


def topic(scene: Scene, draft: Draft) -> Found | None:
    """A place that is the subject of the sentence before, in the same paragraph."""
    number = draft.sentence.number - 1
    if number < 0 or _of_company(scene, draft) or scene.index.sentences[number].paragraph != draft.sentence.paragraph:
        return None
    label = scene.index.sentences[number].text.rstrip().endswith(":")
    for group in scene.groups(scene.index.sentences[number]):
        if label or group.first.dep_ in ("nsubj", "nsubjpass") or _opens(scene, group, scene.index.sentences[number]):
            return group.refs, group.extent
    return None


def _new_subject(scene: Scene, earlier: Draft, draft: Draft) -> bool:
    """As in "by 4 percent in January, when China mined 380 million": a place of its own since the last number."""
    groups = [g for g in scene.groups(draft.sentence) if earlier.quantity.end <= g.extent.start < draft.lead]
    return any(group.first.dep_ in ("nsubj", "nsubjpass") for group in groups)


def _of_company(scene: Scene, draft: Draft) -> bool:
    """As in "The firm sold 3.2 million cells": a company's figures hold wherever it works."""
    for subject in scene.subjects(draft.root)[:1]:
        if subject.lower_ in company_nouns():
            return True
        for mention in scene.index.mentions_by_sentence.get(scene.index.sentence_of(subject).number, ()):
            if mention.kind == "organisation" and mention.extent.start <= subject.idx < mention.extent.end:
                entity = scene.index.entities.organisations.get(mention.ref) if mention.ref else None
                return entity is not None and entity.kind == "company"
    return False


def _only_of_part(scene: Scene, draft: Draft) -> bool:
    """As in "64 laboratories, nine of which are in Hefei": a place that the whole does not share."""
    return draft.relation == "part_of" and draft.related is not None and draft.related.regions != draft.regions


def _is_its(scene: Scene, draft: Draft) -> bool:
    """As in "Its trade with members rose 28.1 percent": the paragraph before says whose."""
    measure = draft.evidence.get("measure")
    if measure is None:
        return False
    first = scene.index.token_at(measure.start)
    return first.i > first.sent.start and first.nbor(-1).lower_ == "its"


def _opens(scene: Scene, group: Group, sentence: Sentence) -> bool:
    """Whether a place phrase stands at the head of a sentence."""
    return group.cue == "in" and group.first.i - sentence.tokens[0].i <= 2


@cache
def company_nouns() -> frozenset[str]:
    """Nouns that mean a company: "firm", "carmaker"."""
    return frozenset(row["noun"] for row in table("references/nominals") if "kind:company" in row["matches"])
