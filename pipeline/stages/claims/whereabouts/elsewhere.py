"""Which places of a sentence do not say where a number holds: destinations, rivals, places of other numbers."""

from __future__ import annotations

from spacy.tokens import Span

from pipeline.annotations import Extent, Ref, StatementValue
from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.patterns import BASED, OF_WHICH_ARE, TIMES_THAT
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
        "via",
        "through",
        "unlike",
    }
)
#: A link between a place and its number is no longer than this.
_CLOSE = 8
#: "Tibet **(**67.5 percent)", "the United States **with** 63.9 billion": links to the number that the place belongs to.
_TIGHT = ("(", "with")
#: "**After** eight years in Germany", "**Unlike** in Hubei": the place is not where the sentence goes on.
_AWAY = frozenset({"after", "before", "since", "unlike", "besides", "despite"})
_TOWARD = frozenset({"to", "into", "toward", "towards"})
#: What is measured of the way between two places.
_OF_WAY = frozenset({"length", "time", "speed"})
#: Places that no place of these kinds has inside.
_SMALL = frozenset({"prefecture", "county", "other"})
_DIVISION = _SMALL | {"province", "municipality", "autonomous_region", "special_administrative_region"}
_NOT_INSIDE = {
    "cities": _SMALL,
    "counties": frozenset({"county", "other"}),
    "provinces": _DIVISION,
    "regions": _DIVISION,
    "countries": _DIVISION | {"country"},
}
#: What is said goes on behind an attribution with one of these.
_RESUMES = frozenset({"while", "as", "because", "but", "and", "although", "whereas"})
#: "a firm **based** in Lima"
_SEATED = frozenset({"based", "headquartered", "registered", "listed"})
INSIDE = frozenset({"in", "from", "of", "across", "throughout", "within", "at", "around", "for", "on", "off"})


def says_where(scene: Scene, group: Group, draft: Draft) -> bool:
    """Whether a place of the sentence can be where the number holds."""
    away = _is_home(group) or _is_base(scene, group) or _leads_elsewhere(group) or _narrows_superlative(group)
    if away or _in_attribution(scene, group, draft) or _ranks(scene, group, draft) or _taken(scene, group, draft):
        return False
    others = scene.by_sentence[draft.sentence.number]
    text = scene.index.text
    if in_part(group, draft, scene.parts(draft.sentence)) or of_other_number(group, draft, others, text):
        return False
    if in_other_relative(group, draft) or _in_comparison(scene, group, draft):
        return False
    if _ends_route(scene, group, draft) or leads_away(scene, group, draft) or _is_destination(group, draft):
        return False
    return not _subject_elsewhere(group, draft)


def _leads_elsewhere(group: Group) -> bool:
    """As in "trade **with** Japan"; not so "with Guangdong making a third", "840 trains **passed through** Erenhot"."""
    link = group.first.head
    if group.cue == "through" and link.head.i + 1 == link.i and link.head.lower_ in words("claims/passing_verbs"):
        return False
    if _comes_here(group):
        return False
    return group.cue in ELSEWHERE and not (group.cue == "with" and group.first.dep_ == "nsubj")


def _comes_here(group: Group) -> bool:
    """As in "**visitors to** Guangxi spent 8 billion", "49 million **came to** the province": where they come to."""
    link = group.first.head if group.first.tag_ not in ("DT", "JJ") else group.first.head.head
    word = link.head.lower_
    noun = word.removesuffix("s")
    told = noun in words("claims/comers") or noun in words("claims/visits") or word in words("claims/arriving_verbs")
    return group.cue == "to" and told


def _is_base(scene: Scene, group: Group) -> bool:
    """As in "Shenzhen-based **firm** Lanhai", "a **firm** based in Shenzhen": one firm's seat, not where it acts."""
    tied = BASED.match(scene.index.text, group.extent.end)
    if tied is None:
        seated = group.first.head.head
        return group.cue == "in" and seated.lower_ in _SEATED and seated.head.tag_ in ("NN", "NNP")
    behind = scene.index.token_at(tied.end())
    return next((token.tag_ for token in (behind, *behind.rights, behind.head) if token.tag_[:2] == "NN"), "") != "NNS"


def _taken(scene: Scene, group: Group, draft: Draft) -> bool:
    """Whether a place belongs to another number: "19 clinics, five in Shenzhen"."""
    others = [other for other in scene.by_sentence[draft.sentence.number] if other is not draft]
    if any(o.start > draft.start and stands_before(scene, group, o, links=_TIGHT) for o in others):
        return True
    later = [other for other in others if other.start > draft.start]
    if any(_is_placed(scene, group, other) or _is_share_of(scene, group, other, draft) for other in later):
        return True
    if len(scene.groups(draft.sentence)) < 2:
        return False
    for other in others:
        ends = ends_behind(scene, other)
        clause = scene.index.text[min(draft.start, other.start) : max(draft.start, other.start)]
        parted = ";" in scene.index.text[other.quantity.end : group.extent.start]
        if parted or not any(mark in clause for mark in ",;:("):
            continue
        if group.cue in INSIDE and any(0 < group.extent.start - end <= len(group.cue) + 6 for end in ends):
            return other.start > draft.start or draft.start > group.extent.end
    return False


def _is_placed(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "Of the 10 worst cities, six **were in** Hebei": where those are, and the others need not be."""
    copula = OF_WHICH_ARE.match(scene.index.text, draft.quantity.end)
    if copula is None or copula["copula"] is None:
        return False
    return group.cue in INSIDE and 0 < group.extent.start - copula.end() <= len(group.cue) + 6


def _is_share_of(scene: Scene, group: Group, share: Draft, draft: Draft) -> bool:
    """As in "They yielded 140,000 tonnes, or 98 percent **of China's** tea": the place of what it is a share of."""
    near = 0 < group.extent.start - share.quantity.end <= len(group.cue) + 6
    parted = "," in scene.index.text[draft.quantity.end : share.start]
    return share.kind == "percent" and group.cue == "of" and near and parted


def ends_behind(scene: Scene, draft: Draft) -> list[int]:
    """Where a place of its own may follow a number: behind it, its noun, its copula: "six **were** in Hebei"."""
    ends = [draft.quantity.end]
    measure = draft.evidence.get("measure")
    if measure is not None and 0 <= measure.start - draft.quantity.end < 20:
        ends.append(measure.end)
    behind = OF_WHICH_ARE.match(scene.index.text, draft.quantity.end)
    if behind is not None:
        ends.append(behind.end())
    return ends


def _in_attribution(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "said Sun Yao of the Guangdong commerce department": where the speaker is from."""
    statement = draft.attribution
    if statement is None:
        return False
    value: StatementValue = statement._.statement
    if statement.start_char <= group.extent.start < statement.end_char:
        inserted = value.cue is not None and value.cue.start > statement.start_char
        return inserted and _in_inserted(scene, group, value)
    source = value.speaker_extent
    if source is not None and source.start <= group.extent.start and group.extent.end <= source.end:
        return group.extent != source and not _surveyed(scene, group, source)
    opening = draft.sentence.span.doc[draft.sentence.tokens[0].i : group.first.i]
    fronted = len(opening) <= 3 and group.extent.end <= statement.start_char
    return not fronted or of_talk(opening)


def _surveyed(scene: Scene, group: Group, source: Extent) -> bool:
    """As in "A survey of drivers **in Qinghai** found that 43 percent": what is found holds where it was looked for."""
    phrase = scene.index.doc.char_span(source.start, source.end, alignment_mode="expand")
    head = phrase.root.lower_.removesuffix("s") if phrase is not None else ""
    return group.cue in INSIDE and head in words("claims/survey_nouns")


def of_talk(opening: Span) -> bool:
    """As in "**Speaking at** a fair in Nanning, …", "At a **conference** in Nanning, Huang said": where it was said."""
    return any(token.tag_ == "VBG" or token.lower_ in words("claims/meeting_nouns") for token in opening)


def _in_inserted(scene: Scene, group: Group, value: StatementValue) -> bool:
    """As in "costs 800 yuan, said Sun Yao, an engineer in Xining, while …": with the speaker, inside what is said."""
    source = value.speaker_extent
    if source is None or value.cue is None or not value.cue.start < group.extent.start >= source.start:
        return False
    between = scene.index.doc.char_span(source.start, group.extent.start, alignment_mode="contract")
    return between is None or not any(t.pos_ in ("VERB", "AUX") or t.lower_ in _RESUMES for t in between)


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


def _is_home(group: Group) -> bool:
    """As in "**Shanghai** resident Xu Li bought two watches": where one person comes from, not where this was."""
    noun = group.first.head
    named = noun.tag_ == "NN" and noun.i == group.first.i + 1 and noun.i + 1 < len(noun.doc)
    return named and noun.nbor(1).tag_ == "NNP" and noun.nbor(1).ent_type_ != "GPE"


def _ends_route(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "The railway from Chengdu to Kunming is 915 km long": a number of the way, not of either end."""
    text = scene.index.text
    if group.cue != "from" or draft.quantity.unit.dimension not in _OF_WAY:
        # "Trains from Chengdu to Kunming made 812 trips": told where they start
        return False
    if not text.startswith(" to ", group.extent.end):
        return False
    sentence = scene.index.sentence_of(group.first)
    return any(text[group.extent.end : other.extent.start] in (" to ", " to the ") for other in scene.groups(sentence))


def leads_away(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "After eight years in Germany, she sold 300 boxes": the phrase at the head is no place phrase."""
    first = draft.sentence.tokens[0]
    if first.lower_ not in _AWAY or not group.extent.end <= draft.start:
        return False
    text = scene.index.text
    return "," not in text[first.idx : group.extent.start] and "," in text[group.extent.end : draft.start]


def _is_destination(group: Group, draft: Draft) -> bool:
    """As in "The 300 sensors send their readings to a control room in Hefei": the number is not where they go."""
    node = group.first
    for _ in range(0 if _comes_here(group) else 6):
        if node.head == node or node.pos_ in ("VERB", "AUX"):
            return False
        node = node.head
        if node.tag_ in ("IN", "TO") and node.lower_ in _TOWARD:
            inside = node.doc[node.left_edge.i : min(node.right_edge.i + 1, node.i + 40)]
            return not any(token.like_num or token.i == draft.root.i for token in inside)
    return False


def _in_comparison(scene: Scene, group: Group, draft: Draft) -> bool:
    """As in "in three of them it was better than what I saw in Europe": what ours is compared with."""
    if TIMES_THAT.search(scene.index.text, max(0, group.extent.start - 24), group.extent.start):
        return True
    node = group.first
    for _ in range(8):
        if node.lower_ == "than":
            return not node.left_edge.i <= draft.root.i <= node.right_edge.i
        if node.head == node:
            return False
        node = node.head
    return False


def stands_before(scene: Scene, group: Group, draft: Draft, *, links: tuple[str, ...]) -> bool:
    """Whether nothing but a link stands between a place and the number behind it: "Tibet (67.5 percent)"."""
    if not 0 <= draft.lead - group.extent.end <= _CLOSE:
        return False
    return scene.index.text[group.extent.end : draft.lead].strip() in links


def counts_wider(scene: Scene, draft: Draft, refs: tuple[Ref, ...]) -> bool:
    """As in "It began in Foshan and now runs in 21 cities": what is counted does not fit into the place."""
    barred = _NOT_INSIDE.get(draft.noun if draft.kind == "count" else "", frozenset())
    places = (scene.index.entities.regions.get(ref) for ref in refs)
    return any(place is not None and place.kind in barred for place in places)
