"""Which places of a sentence do not say where a number holds: destinations, rivals, places of other numbers."""

from __future__ import annotations

from pipeline.annotations import StatementValue
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.whereabouts.clauses import in_other_relative, in_part, of_other_number
from pipeline.stages.claims.whereabouts.groups import Group
from pipeline.stages.claims.whereabouts.scene import Scene

#: After these a place is a destination, a partner or a rival, not where the number holds.
ELSEWHERE = frozenset(
    {
        "between",
        "linking",
        "connecting",
        "including",
        "like",
        "as",
        "to",
        "with",
        "against",
        "than",
        "into",
        "toward",
        "towards",
        "versus",
    }
)
INSIDE = frozenset({"in", "from", "of", "across", "throughout", "within", "at", "around", "for", "on", "off"})


def says_where(scene: Scene, group: Group, draft: Draft) -> bool:
    """Whether a place of the sentence can be where the number holds."""
    if _in_attribution(scene, group, draft) or _ranks(scene, group, draft):
        return False
    if group.cue in ELSEWHERE or _taken(scene, group, draft) or _narrows_superlative(group):
        return False
    others = scene.by_sentence[draft.sentence.number]
    text = scene.index.text
    if in_part(group, draft, scene.parts(draft.sentence)) or of_other_number(group, draft, others, text):
        return False
    if in_other_relative(group, draft):
        return False
    return not _subject_elsewhere(group, draft)


def _taken(scene: Scene, group: Group, draft: Draft) -> bool:
    """Whether a place belongs to another number: "19 clinics, five in Shenzhen"."""
    if len(scene.groups(draft.sentence)) < 2:
        return False
    for other in scene.by_sentence[draft.sentence.number]:
        if other is draft:
            continue
        measure = other.evidence.get("measure")
        ends = [other.quantity.end]
        if measure is not None and 0 <= measure.start - other.quantity.end < 20:
            ends.append(measure.end)
        clause = scene.index.text[min(draft.start, other.start) : max(draft.start, other.start)]
        if not any(mark in clause for mark in ",;:("):
            continue
        if group.cue in INSIDE and any(0 < group.extent.start - end <= len(group.cue) + 6 for end in ends):
            return other.start > draft.start or draft.start > group.extent.end
    return False


def _in_attribution(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "said Sun Yao of the Guangdong commerce department": where the speaker is from."""
    statement = draft.statement
    if statement is None or statement.start_char <= group.extent.start < statement.end_char:
        return False
    value: StatementValue = statement._.statement
    source = value.speaker_extent
    if source is not None and source.start <= group.extent.start and group.extent.end <= source.end:
        return group.extent != source
    fronted = group.first.i - draft.sentence.tokens[0].i <= 3 and group.extent.end <= statement.start_char
    return not fronted


def _ranks(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "ranking third in the province": the field of the ranking, no place of the other numbers."""
    ranks = [d for d in scene.by_sentence[draft.sentence.number] if d.kind == "rank" and d is not draft]
    return any(0 < group.extent.start - rank.quantity.end <= 9 for rank in ranks)


def _narrows_superlative(group: Group) -> bool:
    """As in "the largest base in China": where it is the largest, not where the number holds."""
    noun = group.first
    if group.cue not in INSIDE:
        return False
    for _ in range(4):
        noun = noun.head
        if noun.tag_ in ("NN", "NNS"):
            return any(child.tag_ == "JJS" or child.lower_ in ("first", "only") for child in noun.lefts)
    return False


def _subject_elsewhere(group: Group, draft: Draft) -> bool:
    """As in "Trade exceeded 230 billion dollars; Guangxi handled a tenth": the subject of a clause that is not ours."""
    ours = {draft.root.i, *(node.i for node in draft.root.ancestors)}
    node = group.first
    for _ in range(8):
        if node.dep_ in ("nsubj", "nsubjpass"):
            return node.head.i not in ours
        if node.head == node or node.pos_ in ("VERB", "AUX"):
            return False
        node = node.head
    return False
