"""Where a claim holds: places in the measured phrase, the subject, the clause, the sentence, the paragraph."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

from spacy.tokens import Span, Token

from pipeline.annotations import Extent, Ref, StatementValue
from pipeline.resources import table
from pipeline.stages.claims.clauses import Part, elided_place, in_other_relative, in_part, of_other_number, parts_among
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.groups import Group, PlaceGroups
from pipeline.stages.claims.index import DocIndex, Sentence
from pipeline.stages.claims.patterns import OPENS_LIST

#: The places that a rule found, and where they stand.
Found = tuple[tuple[Ref, ...], Extent | None]
Rule = Callable[[Draft], Found | None]
#: After these a place is a destination, a partner or a rival, not where the number holds.
_ELSEWHERE = frozenset(
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
_INSIDE = frozenset({"in", "from", "of", "across", "throughout", "within", "at", "around", "for", "on", "off"})
#: Rules whose place is one of its own clause: the next sentence need not be about it.
_WEAK = frozenset({"in_clause", "of_sentence", "elided"})
_NATIONWIDE = frozenset({"nationwide", "nationally"})
#: What a public body does holds where it sits; a company's figures need not.
_SEATED = frozenset({"government", "party"})


class Atlas(PlaceGroups):
    """Gives every claim of a document its places."""

    def __init__(self, index: DocIndex, drafts: list[Draft]) -> None:
        """Group the places of each sentence when first asked for."""
        super().__init__(index, drafts)
        self._subjects_known: dict[int, list[Token]] = {}
        self._parts_known: dict[int, list[Part]] = {}
        self._done: list[Draft] = []

    def fill(self, draft: Draft) -> None:
        """Set regions, their evidence and the rule; nothing where the text doesn't say."""
        rules = () if self._of_world(draft) else self._rules()
        for rule in rules:
            found = rule(draft)
            if found is not None:
                draft.regions, extent = found
                draft.region_rule = rule.__name__.strip("_")
                if extent is not None:
                    draft.evidence["regions"] = extent
                break
        if not draft.regions and self.groups(draft.sentence):
            # the sentence names a place, yet none that is plainly this claim's
            draft.region_rule = "left-out"
        self._done.append(draft)

    def _rules(self) -> tuple[Rule, ...]:
        """The rules in the order in which they are tried."""
        return (
            self._nationwide,
            self._respective,
            self._listed,
            self._elided,
            self._of_measure,
            self._right_before,
            self._inherited,
            self._owner,
            self._where,
            self._subject,
            self._fronted,
            self._in_clause,
            self._of_sentence,
            self._carried,
            self._topic,
        )

    def _of_world(self, draft: Draft) -> bool:
        """As in "the world's second-largest economy": the rank holds everywhere."""
        near = {token.lower_ for token in (draft.before(1), draft.before(2)) if token is not None}
        return draft.kind == "rank" and "world" in near

    def _right_before(self, draft: Draft) -> Found | None:
        """As in "in Hainan (67.5 percent) and Gansu (46 percent)", "ahead of Guangzhou with 4.7 billion"."""
        for group in self.groups(draft.sentence):
            between = self.index.text[group.extent.end : draft.lead].strip() if group.extent.end <= draft.lead else "-"
            if between in ("(", "with", "") and len(group.refs) == 1 and group.cue not in _ELSEWHERE:
                return group.refs, group.extent
        return None

    def _elided(self, draft: Draft) -> Found | None:
        """As in "Shenzhen accounted for 41 percent and Zhuhai for 12 percent"."""
        group = elided_place(draft, self.groups(draft.sentence), self.by_sentence[draft.sentence.number])
        return (group.refs, group.extent) if group is not None else None

    def _of_measure(self, draft: Draft) -> Found | None:
        """As in "154 from Hainan and Macao", "25 companies in Shanghai", "74 counties across the region"."""
        ends = [draft.quantity.end]
        measure = draft.evidence.get("measure")
        if measure is not None and 0 <= measure.start - draft.quantity.end < 20:
            ends.append(measure.end)
        for group in self.groups(draft.sentence):
            gap = min((group.extent.start - end for end in ends if end <= group.extent.start), default=99)
            if group.cue in _INSIDE and gap <= len(group.cue) + 6 and self._straight(max(ends), group):
                return group.refs, group.extent
        return None

    def _inherited(self, draft: Draft) -> Found | None:
        """As in "(about 2.42 trillion dollars)", "…, an increase of 8.1 percent": as the figure that it belongs to."""
        earlier = draft.related if draft.relation == "equivalent" else None
        if earlier is None and draft.measure_rule in ("level-before",) and self._done:
            earlier = self._done[-1]
        if earlier is None or not earlier.regions or self._new_subject(earlier, draft):
            return None
        return earlier.regions, earlier.evidence.get("regions")

    def _new_subject(self, earlier: Draft, draft: Draft) -> bool:
        """As in "by 4 percent in January, when China mined 380 million": a place of its own since the last number."""
        groups = [g for g in self.groups(draft.sentence) if earlier.quantity.end <= g.extent.start < draft.lead]
        return any(group.first.dep_ in ("nsubj", "nsubjpass") for group in groups)

    def _owner(self, draft: Draft) -> Found | None:
        """As in "China's fiscal revenue", "the city's 74 counties": the possessor of the measured phrase."""
        starts = [draft.lead]
        measure = draft.evidence.get("measure")
        if measure is not None:
            starts.append(measure.start)
        for group in self.groups(draft.sentence):
            near = any(0 <= start - group.extent.end <= 12 for start in starts)
            inside = measure is not None and measure.start <= group.extent.start < measure.end
            inside = inside or (
                measure is not None and group.cue == "between" and 0 <= group.extent.start - measure.end <= 10
            )
            if (near and (group.possessive or group.first.dep_ in ("compound", "poss", "nmod"))) or (
                inside and (group.cue not in _ELSEWHERE or group.cue == "between")
            ):
                return group.refs, group.extent
        return None

    def _subject(self, draft: Draft) -> Found | None:
        """As in "Tibet has invested a total of 39.89 billion yuan": a place as the subject, or in it."""
        groups = self.groups(draft.sentence)
        for subject in self._subjects(draft.root):
            span = (subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge))
            for group in groups:
                if span[0] <= group.extent.start < span[1] and self._says_where(group, draft):
                    return group.refs, group.extent
            seat = self._seat_at(subject)
            if seat is not None:
                return seat
        return None

    def _subjects(self, token: Token) -> list[Token]:
        if token.i not in self._subjects_known:
            self._subjects_known[token.i] = _subjects_above(token)
        return self._subjects_known[token.i]

    def _fronted(self, draft: Draft) -> Found | None:
        """As in "In Zhejiang, the government nurtured 812 firms": a place phrase at the head of the sentence."""
        for group in self.groups(draft.sentence):
            opening = draft.sentence.span.doc[draft.sentence.tokens[0].i : group.first.i]
            early = len(opening) <= 6 and not any(t.dep_ in ("nsubj", "nsubjpass") for t in opening)
            if early and (group.cue in ("in", "across", "throughout", "at") or self._labels(group, opening)):
                return group.refs, group.extent
        return None

    def _labels(self, group: Group, opening: Span) -> bool:
        """As in "Macao: Ferries carried 1.04 million passengers": a place as a label."""
        return not len(opening) and self.index.text[group.extent.end : group.extent.end + 1] == ":"

    def _opens(self, group: Group, sentence: Sentence) -> bool:
        """Whether a place phrase stands at the head of a sentence."""
        return group.cue == "in" and group.first.i - sentence.tokens[0].i <= 2

    def _where(self, draft: Draft) -> Found | None:
        """As in "a trial in Jiading, a suburban district, where 218 kitchens cook": the place before "where"."""
        words = [token for token in draft.sentence.tokens if token.lower_ == "where" and token.i < draft.span.start]
        if not words:
            return None
        before = [group for group in self.groups(draft.sentence) if group.extent.end <= words[-1].idx]
        if not before:
            return None
        clause = self.index.text[words[-1].idx : draft.start]
        return None if ";" in clause else (before[-1].refs, before[-1].extent)

    def _in_clause(self, draft: Draft) -> Found | None:
        """The nearest place before the claim in its clause, else the nearest behind it."""
        usable = [
            g for g in self.groups(draft.sentence) if self._says_where(g, draft) and (g.cue != "from" or _comes_from(g))
        ]
        before = [group for group in usable if group.extent.end <= draft.start]
        behind = [group for group in usable if group.extent.start >= draft.quantity.end and group.cue in _INSIDE]
        verbs = _verb_ids(draft.root)
        for group in [*reversed(before), *behind]:
            if verbs & _verb_ids(group.first):
                return group.refs, group.extent
        return None

    def _of_sentence(self, draft: Draft) -> Found | None:
        """The only place that the sentence names."""
        usable = [g for g in self.groups(draft.sentence) if self._says_where(g, draft) and g.cue != "from"]
        behind = [group for group in usable if group.extent.start > draft.start]
        if len({group.refs for group in usable}) == 1 and not (behind and len(usable[0].refs) > 1):
            return usable[0].refs, usable[0].extent
        return None

    def _carried(self, draft: Draft) -> Found | None:
        """The sentence before, in the same paragraph, unless a name in the subject turns to something else."""
        renamed = any(t.tag_ in ("NNP", "NNPS") for s in self._subjects(draft.root) for t in s.subtree)
        owned = self._is_its(draft)
        if not owned and self._of_company(draft):
            return None
        levels = [draft for draft in self._done[-4:] if draft.kind != "rank"]
        for earlier in reversed(levels):
            gap = draft.sentence.number - earlier.sentence.number
            together = owned or earlier.sentence.paragraph == draft.sentence.paragraph
            near = gap <= (0 if renamed and not owned else 1) and together
            near = near and (gap == 0 or owned or earlier.region_rule not in _WEAK)
            near = near and (draft.relation == "part_of" or not self._only_of_part(earlier))
            if near and earlier.regions and earlier.region_rule not in ("of_measure", "right_before", "respective"):
                return earlier.regions, earlier.evidence.get("regions")
        return None

    def _of_company(self, draft: Draft) -> bool:
        """As in "The firm sold 3.2 million cells": a company's figures hold wherever it works."""
        for subject in self._subjects(draft.root)[:1]:
            if subject.lower_ in company_nouns():
                return True
            for mention in self.index.mentions_by_sentence.get(self.index.sentence_of(subject).number, ()):
                if mention.kind == "organisation" and mention.extent.start <= subject.idx < mention.extent.end:
                    entity = self.index.entities.organisations.get(mention.ref) if mention.ref else None
                    return entity is not None and entity.kind == "company"
        return False

    def _only_of_part(self, draft: Draft) -> bool:
        """As in "64 laboratories, nine of which are in Hefei": a place that the whole does not share."""
        return draft.relation == "part_of" and draft.related is not None and draft.related.regions != draft.regions

    def _is_its(self, draft: Draft) -> bool:
        """As in "Its trade with members rose 28.1 percent": the paragraph before says whose."""
        measure = draft.evidence.get("measure")
        if measure is None:
            return False
        first = self.index.token_at(measure.start)
        return first.i > first.sent.start and first.nbor(-1).lower_ == "its"

    def _topic(self, draft: Draft) -> Found | None:
        """A place that is the subject of the sentence before, in the same paragraph."""
        number = draft.sentence.number - 1
        if number < 0 or self._of_company(draft) or self.index.sentences[number].paragraph != draft.sentence.paragraph:
            return None
        label = self.index.sentences[number].text.rstrip().endswith(":")
        for group in self.groups(self.index.sentences[number]):
            if label or group.first.dep_ in ("nsubj", "nsubjpass") or self._opens(group, self.index.sentences[number]):
                return group.refs, group.extent
        return None

    def _respective(self, draft: Draft) -> Found | None:
        """As in "Qinzhou and Beihai add 411 and 208 hectares respectively": the n-th place for the n-th number."""
        members = [d for d in self.by_sentence[draft.sentence.number] if d.relation != "equivalent"]
        same = [d for d in members if d.quantity.unit == draft.quantity.unit]
        if draft not in same or not ("respectively" in draft.sentence.words or self._is_list(same)):
            return None
        for group in self.groups(draft.sentence):
            if len(group.refs) == len(same) > 1:
                return (group.refs[same.index(draft)],), group.extent
        return None

    def _is_list(self, members: list[Draft]) -> bool:
        """As in "with 29.5, 17.8 and 6.4 billion yuan": nothing but commas and "and" between the numbers."""
        pairs = pairwise(members)
        gaps = [self.index.text[one.quantity.end : other.quantity.start].strip() for one, other in pairs]
        return bool(gaps) and all(gap in (",", "and", ", and") for gap in gaps)

    def _nationwide(self, draft: Draft) -> Found | None:
        """As in "compared with 18.7 percent nationwide": the country, where the article names it."""
        after = draft.after(1)
        behind = after is not None and after.lower_ in _NATIONWIDE
        opened = draft.sentence.tokens[0].lower_ in _NATIONWIDE
        if not behind and not (opened and all(g.extent.start > draft.start for g in self.groups(draft.sentence))):
            return None
        regions = self.index.entities.regions
        countries = [ref for ref, value in regions.items() if value.kind == "country" and value.iso_code == "CN"]
        return (tuple(countries), None)

    def _listed(self, draft: Draft) -> Found | None:
        """As in "four cities -- Beijing, Shanghai, Guangzhou and Shenzhen": the places counted are named."""
        measure = draft.evidence.get("measure")
        if draft.kind != "count" or measure is None or measure.start < draft.quantity.end:
            return None
        for group in self.groups(draft.sentence):
            opened = OPENS_LIST.fullmatch(self.index.text, measure.end, max(measure.end, group.extent.start))
            if opened and len(group.refs) == draft.quantity.value > 1:
                return group.refs, group.extent
        return None

    def _taken(self, group: Group, draft: Draft) -> bool:
        """Whether a place belongs to another number: "19 clinics, five in Shenzhen"."""
        if len(self.groups(draft.sentence)) < 2:
            return False
        for other in self.by_sentence[draft.sentence.number]:
            if other is draft:
                continue
            measure = other.evidence.get("measure")
            ends = [other.quantity.end]
            if measure is not None and 0 <= measure.start - other.quantity.end < 20:
                ends.append(measure.end)
            clause = self.index.text[min(draft.start, other.start) : max(draft.start, other.start)]
            if not any(mark in clause for mark in ",;:("):
                continue
            if group.cue in _INSIDE and any(0 < group.extent.start - end <= len(group.cue) + 6 for end in ends):
                return other.start > draft.start or draft.start > group.extent.end
        return False

    def _says_where(self, group: Group, draft: Draft) -> bool:
        if self._in_attribution(group, draft) or self._ranks(group, draft):
            return False
        if group.cue in _ELSEWHERE or self._taken(group, draft) or _narrows_superlative(group):
            return False
        others = self.by_sentence[draft.sentence.number]
        text = self.index.text
        if in_part(group, draft, self._parts(draft.sentence)) or of_other_number(group, draft, others, text):
            return False
        if in_other_relative(group, draft):
            return False
        return not _subject_elsewhere(group, draft)

    def _parts(self, sentence: Sentence) -> list[Part]:
        if sentence.number not in self._parts_known:
            self._parts_known[sentence.number] = parts_among(self.by_sentence[sentence.number], self.index.text)
        return self._parts_known[sentence.number]

    def _in_attribution(self, group: Group, draft: Draft) -> bool:
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

    def _ranks(self, group: Group, draft: Draft) -> bool:
        """As in "ranking third in the province": the field of the ranking, no place of the other numbers."""
        ranks = [d for d in self.by_sentence[draft.sentence.number] if d.kind == "rank" and d is not draft]
        return any(0 < group.extent.start - rank.quantity.end <= 9 for rank in ranks)

    def _straight(self, end: int, group: Group) -> bool:
        """Whether no comma stands between, but for "two shipyards, in Taizhou and Nantong, have asked"."""
        between = self.index.text[end : group.extent.start]
        closed = between == ", in " and self.index.text[group.extent.end : group.extent.end + 1] in (",", ".", ";")
        return end > group.extent.start or "," not in between or closed

    def _seat_at(self, subject: Token) -> Found | None:
        """As in "The port authority handled 3 million containers": where the acting organisation belongs."""
        number = self.index.sentence_of(subject).number
        for mention in self.index.mentions_by_sentence.get(number, ()):
            if mention.kind == "organisation" and mention.extent.start <= subject.idx < mention.extent.end:
                entity = self.index.entities.organisations.get(mention.ref) if mention.ref else None
                if entity is not None and entity.region is not None and entity.kind in _SEATED:
                    return (entity.region,), mention.extent
        return None


@cache
def company_nouns() -> frozenset[str]:
    """Nouns that mean a company: "firm", "carmaker"."""
    return frozenset(row["noun"] for row in table("references/nominals") if "kind:company" in row["matches"])


def _comes_from(group: Group) -> bool:
    """As in "40 percent of the patients come from Gansu": where they are from is what is told."""
    return group.first.head.lower_ == "from" and group.first.head.head.lower_ in ("come", "comes", "hail")


def _narrows_superlative(group: Group) -> bool:
    """As in "the largest base in China": where it is the largest, not where the number holds."""
    noun = group.first
    if group.cue not in _INSIDE:
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


def _subjects_above(token: Token) -> list[Token]:
    found: list[Token] = []
    node = token
    for _ in range(12):
        found.extend(child for child in node.lefts if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i)
        if node.head == node:
            break
        node = node.head
    return found


def _verb_ids(token: Token) -> set[int]:
    node = token
    for _ in range(12):
        if node.pos_ in ("VERB", "AUX") or node.head == node:
            return {node.i}
        node = node.head
    return set()
