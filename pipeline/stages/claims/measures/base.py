"""What all measure rules share: noun phrases, and what is a place, a time or an actor."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Span, Token

from pipeline.annotations import Extent
from pipeline.resources import words
from pipeline.stages.claims.draft import Draft
from pipeline.stages.claims.index import DocIndex
from pipeline.stages.claims.phrases import counted_noun, extent_of, is_noun, left_edge, right_edge


class Measure(NamedTuple):
    """A noun phrase, where it stands (None for a heading that nobody wrote), and the rule that found it."""

    text: str
    extent: Extent | None
    rule: str


class Phrases:
    """Reads noun phrases of one document; remembers the claims before for what is left out."""

    def __init__(self, index: DocIndex) -> None:
        """Read in the document of `index`."""
        self.index = index
        self.done: list[Draft] = []
        self.numbers: set[int] = set()

    def _limit(self, draft: Draft) -> int:
        """The token that a phrase after the number must not reach: the next date, or the end of the sentence."""
        for span, _ in self.index.dates_by_sentence.get(draft.sentence.number, ()):
            # "its annual target": a date that only modifies a noun ends no phrase
            if span.start >= draft.span.end and not _modifies(span):
                return span.start
        return draft.sentence.span.end

    def _past_owner(self, token: Token) -> Token:
        """As in "half of the province's farmers": the owner is none of what is counted."""
        for step in range(1, 5):
            if token.i + step + 1 >= token.sent.end:
                break
            following = token.nbor(step)
            if following.tag_ == "POS":
                return token.nbor(step + 1)
            if following.tag_ in ("IN", "TO", ",", "CC") or following.pos_ in ("VERB", "AUX"):
                break
        return token

    def _noun_phrase(self, noun: Token, rule: str) -> Measure | None:
        if not is_noun(noun):
            return None
        number_of = self._behind_number_of(noun)
        if number_of is not None and not is_noun(number_of):
            return self._stretch(number_of, number_of, rule)
        noun = number_of or noun
        return self._phrase(left_edge(noun), noun, rule, prepositions=None)

    def _behind_number_of(self, noun: Token) -> Token | None:
        """As in "the number of visitors reached 2 million" counts visitors."""
        if noun.lower_ not in words("claims/container_nouns") or noun.i + 2 >= noun.sent.end:
            return None
        if noun.nbor(1).lower_ != "of":
            return None
        first = self._past_owner(past_articles(noun.nbor(2)))
        found = counted_noun(first, noun.sent.end)
        if found is None and first.tag_ in ("JJ", "VBN"):
            # "the number of unemployed"
            return first
        return found[1] if found else None

    def _phrase(self, first: Token, head: Token, rule: str, *, prepositions: frozenset[str] | None) -> Measure:
        first = self._past_numbers(first, head)
        stop = self._is_place_or_time_or_number
        if prepositions is None:
            last = right_edge(head, stop=stop)
        else:
            last = right_edge(head, prepositions=prepositions, stop=stop)
        return self._stretch(first, last, rule)

    def _past_numbers(self, first: Token, head: Token) -> Token:
        """As in "2 percent and fuel prices": a phrase begins behind numbers and joints that it swallowed."""
        skipped = ("HYPH", "CC", ",")
        while first.i < head.i and (
            first.tag_ in skipped or first.i in self.numbers or first.nbor(1).i in self.numbers
        ):
            first = first.nbor(1)
        return first

    def _stretch(self, first: Token, last: Token, rule: str) -> Measure:
        """The words from one token to another, as they are written."""
        extent = extent_of(first, last)
        return Measure(" ".join(self.index.text[extent.start : extent.end].split()), extent, rule)

    def _is_place_or_time(self, token: Token) -> bool:
        if self.index.dates.touching(token.idx, token.idx + len(token)) is not None:
            return True
        return any(
            mention.kind == "region" and mention.extent.start <= token.idx < mention.extent.end
            for mention in self.index.mentions_by_sentence.get(self.index.sentence_of(token).number, ())
        )

    def _is_place_or_time_or_number(self, token: Token) -> bool:
        return token.i in self.numbers or self._is_place_or_time(token)

    def _is_actor(self, noun: Token) -> bool:
        """Whether a subject is a place, an organisation, a person or a pronoun: it has a measure, it is none."""
        if noun.tag_ in ("PRP", "WP", "EX", "DT") and noun.lower_ not in words("claims/antecedent_words"):
            return True
        number = self.index.sentence_of(noun).number
        return any(
            mention.extent.start <= noun.idx < mention.extent.end
            for mention in self.index.mentions_by_sentence.get(number, ())
        )

    def _is_proper(self, noun: Token) -> bool:
        """Whether a noun is a name: Crescent Lake; not GDP, nor a word that only opens a sentence or a headline."""
        spelled = noun.text[:1].isupper() and not noun.text.isupper() and noun.tag_ in ("NNP", "NNPS")
        return spelled and noun.i > noun.sent.start and not self.index.sentence_of(noun).is_title_case

    def _is_teller(self, noun: Token) -> bool:
        """Whether a subject has the figures that it reports: Hunan, it, the company."""
        return self._is_actor(noun) or noun.lower_ in words("claims/agent_nouns")


def _modifies(span: Span) -> bool:
    """As in "its annual target", "the full-year target": a time that is part of a noun phrase."""
    if len(span) == 1:
        return bool(span[0].tag_ == "JJ")
    following = span.doc[span.end] if span.end < span.sent.end else span[-1]
    return any(token.text == "-" for token in span) and is_noun(following) and following.i >= span.end


def past_articles(token: Token) -> Token:
    """The first token after articles and possessive pronouns."""
    while token.tag_ in ("DT", "PRP$") and token.i + 1 < token.sent.end:
        token = token.nbor(1)
    return token


def own_subject(node: Token) -> Token | None:
    """The subject that depends on `node` itself; of two that a joint divides, the nearer one.

    "Shops opened in 10 parks, and foreign capital rose": the parser may have parks rise, too.
    """
    found = [child for child in node.lefts if child.dep_ in ("nsubj", "nsubjpass")]
    if node.dep_ == "pcomp" and len(found) == 1 and found[0].i == node.i - 1:
        source = node.head.head
        if source.lower_ in words("claims/amount_nouns") and source.dep_ == "pobj" and source.head.lower_ == "with":
            # "with revenue from tourism climbing 9 percent", where the parser has tourism climb
            return source
    if len(found) > 1 and any(token.text in (",", ";") for token in node.doc[found[0].i : found[-1].i]):
        return found[-1]
    return found[0] if found else None


def is_pro_form(token: Token) -> bool:
    """Whether a word only points at something named before: them, those, which."""
    return token.tag_ in ("PRP", "WDT", "WP") or token.lower_ in ("that", "those", "these", "which", "whom", "this")
