"""Noun phrases as they are written: what a head noun takes in to its left and to its right."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from pipeline.annotations import Extent
from pipeline.resources import words

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_LEFT = NOUNS | {"JJ", "JJR", "VBN", "VBG", "HYPH", "AFX", "FW", "ADD"}
_RIGHT_PREPOSITIONS = frozenset(
    {"along", "of", "from", "for", "on", "with", "in", "to", "between", "per", "among", "against"}
)

#: Nouns of a stretch of time that something holds in.
_STRETCHES = frozenset({"season", "seasons", "period", "periods", "holiday", "holidays", "phase", "month", "months"})

Stop = Callable[[Token], bool]


def is_noun(token: Token) -> bool:
    """Whether the token is tagged as a noun."""
    return token.tag_ in NOUNS


def left_edge(head: Token) -> Token:
    """The first token of the modifiers before `head`: articles, possessives and numbers stay outside.

    "China's annual net income" with head "income" → "annual".
    """
    edge = head
    first = head.sent.start
    while edge.i > first:
        token = edge.nbor(-1)
        if hyphened(token, edge) or (token.i > first and hyphened(token.nbor(-1), token)):
            edge = token
            continue
        if token.tag_ == "CD" and not token.whitespace_ and edge.is_alpha:
            # "5G users"
            edge = token
            continue
        if is_second_verb(token) or (token.tag_ not in _LEFT and not _joins(token, edge)):
            break
        if (
            token.tag_ in ("VBN", "VBG")
            and not _gerund_before(token, head)
            and token.dep_
            in (
                "ROOT",
                "advcl",
                "acl",
                "relcl",
                "ccomp",
                "conj",
                "xcomp",
                "prep",
            )
        ):
            break
        if (
            token.tag_ in NOUNS
            and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "npadvmod", "appos")
            and not (token.head.i <= head.i and token.head.i > token.i)
        ):
            break
        edge = token
    return _with_per(_without_light_words(edge, head), head)


def _with_per(edge: Token, head: Token) -> Token:
    """As in "per capita disposable income", "per mu yields": what opens with "per" keeps it; not "yuan per ton"."""
    first = edge.sent.start
    if edge.i - first >= 2 and edge.nbor(-1).lower_ == "capita" and edge.nbor(-2).lower_ == "per":
        return edge.nbor(-2)
    if edge.i >= head.i or edge.i <= first or edge.nbor(-1).lower_ != "per":
        return edge
    per = edge.nbor(-1)
    return edge if per.i > first and (is_noun(per.nbor(-1)) or per.nbor(-1).tag_ == "CD") else per


def hyphened(left: Token, right: Token) -> bool:
    """Whether a hyphen without spaces ties two neighbours: "paid|-|in", "value|-|added"."""
    hyphen = left.text in ("-", "–") or right.text in ("-", "–")
    return hyphen and left.idx + len(left) == right.idx


def _gerund_before(token: Token, head: Token) -> bool:
    """As in "cut charging fees", which the parser may read as cutting the charging of fees."""
    if token.tag_ != "VBG" or token.dep_ != "xcomp" or token.i == token.sent.start:
        return False
    return head.dep_ == "dobj" and head.head == token and token.nbor(-1) == token.head


def _joins(token: Token, edge: Token) -> bool:
    """As in "oil and gas throughput", "highly skilled workers", "R&D spending", "new and old drivers"."""
    if token.tag_ == "CC" and token.i > token.sent.start:
        left = token.nbor(-1)
        return (
            left.tag_ in _LEFT
            and left.dep_ in ("compound", "nmod", "amod", "conj", "npadvmod")
            and left.head.i > token.i
        )
    if token.tag_ == "," and token.i > token.sent.start:
        left = token.nbor(-1)
        inner = ("compound", "nmod", "amod")
        return (
            left.tag_ in ("JJ", "NN") and left.dep_ in inner and edge.dep_ in (*inner, "conj") and left.head.i > token.i
        )
    if f"{token.lower_} {edge.lower_}" in words("claims/adverb_compounds"):
        return True
    return token.tag_ == "RB" and edge.tag_ in ("JJ", "VBN", "VBG") and token.head == edge


def _without_light_words(edge: Token, head: Token) -> Token:
    while edge.i < head.i and (edge.lower_ in words("claims/light_adjectives") or edge.tag_ in ("HYPH", "CC", ",")):
        edge = edge.nbor(1)
    return edge


def right_edge(head: Token, *, prepositions: frozenset[str] = _RIGHT_PREPOSITIONS, stop: Stop, depth: int = 3) -> Token:
    """The last token of what `head` takes in to its right: coordinated nouns, then prepositional phrases.

    "retail sales | of consumer goods", "enterprises | and organizations"; `stop` refuses an object (a date, a place).
    """
    edge = _coordinated(head, stop)
    while depth > 0:
        following = _next(edge)
        if following is not None and edge.i > head.i:
            sized = _size_class(following)
            if sized is not None:
                return sized
        if following is None or following.lower_ not in prepositions or following.tag_ not in ("IN", "TO"):
            break
        target = _object_of(following)
        if target is None or stop(target) or stop(target.nbor(-1)) or _tells_where(following, target):
            break
        depth -= 1
        edge = _coordinated(target, stop)
    if edge.i > head.i and _opens_age(edge):
        # "the population of residents over the age of 60": all of it or nothing
        return _coordinated(head, stop)
    return edge


def _opens_age(noun: Token) -> bool:
    """As in "residents | over the age of 60", "people | aged 65 and above": which of them, by their years."""
    run = [token.lower_ for token in noun.doc[noun.i + 1 : min(noun.i + 5, noun.sent.end)]]
    bounded = run[:1] and run[0] in ("over", "above", "under", "below", "aged", "beyond")
    return bool(bounded) and ("age" in run[1:3] or "ages" in run[1:3] or run[0] == "aged")


def _size_class(preposition: Token) -> Token | None:
    """As in "profits of enterprises above the designated size": which enterprises, so that it belongs to the phrase."""
    target = _object_of(preposition) if preposition.lower_ in ("above", "below") else None
    return target if target is not None and target.lower_ in ("size", "scale") else None


def _tells_where(preposition: Token, target: Token) -> bool:
    """As in "property investment on the mainland", "output in the harvest season": where or when, no part of it."""
    if preposition.lower_ in ("in", "on", "for") and target.lower_ in _STRETCHES:
        return True
    return preposition.lower_ in ("in", "on", "across", "at") and target.lower_ in words("claims/place_nouns")


def _next(token: Token) -> Token | None:
    return token.nbor(1) if token.i + 1 < token.sent.end else None


def _object_of(preposition: Token) -> Token | None:
    """The noun that ends the phrase after a preposition, found by scanning: "of the new energy vehicles" → vehicles."""
    last: Token | None = None
    end = min(preposition.sent.end, preposition.i + 14)
    for token in preposition.doc[preposition.i + 1 : end]:
        if token.lower_ in ("every", "each") and last is None:
            return None
        if token.tag_ in NOUNS:
            last = token
        elif hyphened(token.nbor(-1), token) or (last and _list_inside(token, end)):
            continue
        elif token.tag_ == "VBG" and last is None and token.dep_ == "pcomp":
            return None
        elif token.tag_ == "CD" and last is not None and last.text[0].isdigit():
            # "targets of the 13th Five-Year Plan": a name that the tagger takes apart
            return None
        elif token.tag_ not in ("DT", "PRP$", "JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "POS") or (
            last is not None and token.tag_ in ("DT", "PRP$", "VBN", "VBG")
        ):
            break
    return last


def _list_inside(joint: Token, end: int) -> bool:
    """As in "the added value of the paper, printing and furniture industries": the joint stands inside the phrase."""
    return joint.tag_ in ("CC", ",") and _compound_goes_on(joint, end)


def _coordinated(head: Token, stop: Stop) -> Token:
    """The last noun of "galleries and shops", "tourists, traders and guests", where none has an article of its own."""
    edge = _noun_run(head)
    for _ in range(4):
        following = _next(edge)
        if following is None or following.tag_ not in ("CC", ",") or following.lower_ in ("but", "yet"):
            return edge
        other = _next(following)
        if other is not None and following.tag_ == "," and other.tag_ == "CC":
            if edge.i == _noun_run(head).i:
                # "reached 240,000 households, and power …": a comma before "and" ends a list of three, none of two
                return edge
            following, other = other, _next(other)
        tail = _plain_noun(other) if other is not None else None
        if tail is None or stop(tail) or not _same_list(head, tail):
            return edge
        if following.tag_ == "," and not _list_goes_on(tail):
            return edge
        edge = tail
    return edge


def _same_list(head: Token, tail: Token) -> bool:
    """Whether the parser, too, coordinates the two nouns."""
    node = tail
    for _ in range(6):
        if node.dep_ == "conj":
            node = node.head
            if node.i <= head.i and node.i >= left_edge_index(head):
                return True
        elif node.dep_ in ("compound", "nmod", "amod") and node.head.i >= tail.i:
            node = node.head
        else:
            return False
    return False


def left_edge_index(head: Token) -> int:
    """Index of the first token of the phrase of `head`."""
    return left_edge(head).i


def _list_goes_on(tail: Token) -> bool:
    following = _next(tail)
    return following is not None and following.tag_ in ("CC", ",")


def is_second_verb(token: Token) -> bool:
    """As in "broke up 41 gangs and seized goods": a past tense behind "and" that the tagger has for a participle."""
    if token.tag_ != "VBN" or token.i < token.sent.start + 2 or token.nbor(-1).lower_ != "and":
        return False
    first = token.nbor(-2)
    verb = first.head
    return is_noun(first) and first.dep_ == "dobj" and verb.tag_ == "VBD" and verb.i < first.i


def _plain_noun(token: Token) -> Token | None:
    """The noun that ends "related organizations"; None where an article, number or verb opens the phrase."""
    last: Token | None = None
    if is_second_verb(token):
        return None
    while token.tag_ in _LEFT:
        if token.tag_ in NOUNS:
            last = token
        if token.i + 1 >= token.sent.end:
            break
        token = token.nbor(1)
    return last


def _noun_run(head: Token) -> Token:
    """The last noun of an unbroken run that the parser may have cut: "base | stations"."""
    edge = head
    while edge.i + 1 < edge.sent.end:
        following = edge.nbor(1)
        hyphen = following.tag_ == "HYPH" and following.i + 1 < edge.sent.end and is_noun(following.nbor(1))
        if hyphen:
            edge = following.nbor(1)
        elif is_noun(following) and following.dep_ not in ("npadvmod", "nsubj", "appos"):
            edge = following
        else:
            # "the value added by the industry"
            return following if (edge.lower_, following.lower_) == ("value", "added") else edge
    return edge


def counted_noun(first: Token, last: int) -> tuple[Token, Token] | None:
    """First token and head noun of the phrase that begins at `first`, at most up to token `last`.

    "registered impoverished residents", "poverty alleviation relocation sites", "other countries".
    """
    head: Token | None = None
    start: Token | None = None
    inside = 0
    for token in first.doc[first.i : last]:
        if token.i < inside:
            continue
        if head is not None and token.text == "(":
            inside = _past_bracket(token, head, last)
        if token.i < inside:
            continue
        if not _continues(token, head, last):
            break
        start = start or token
        if token.tag_ in NOUNS:
            head = token
    if head is None or start is None:
        return None
    return _skip_light(start, head), head


def _past_bracket(opening: Token, head: Token, last: int) -> int:
    """The token behind "(FTZ)" in "free trade zone (FTZ) projects", which only explains a noun inside the phrase; or 0.

    In "free trade zones (FTZs) companies like" the phrase has ended.
    """
    inside = opening.doc[opening.i + 1 : min(opening.i + 6, last)]
    close = next((token.i for token in inside if token.text == ")"), 0)
    named = all(token.tag_ in _LEFT | {"CC", ","} for token in inside if token.i < close)
    if not close or not named or close + 1 >= last or head.tag_ in ("NNS", "NNPS"):
        return 0
    rest = opening.doc[close + 1 : min(close + 5, last)]
    run = [token for position, token in enumerate(rest) if all(t.tag_ in _LEFT for t in rest[: position + 1])]
    plural = any(token.tag_ in ("NNS", "NNPS") for token in run)
    return close + 1 if plural and run[0].tag_ in NOUNS and not any(token.tag_ == "VBG" for token in run) else 0


def _continues(token: Token, head: Token | None, last: int) -> bool:
    """Whether `token` still belongs to a counted phrase whose last noun so far is `head`."""
    if token.is_space or token.tag_ == "POS":
        return False
    if token.tag_ == "HYPH" or (head is not None and hyphened(token.nbor(-1), token)):
        return True
    if token.tag_ in NOUNS:
        return _noun_continues(token, head, last)
    return _opens(token) if head is None else _goes_on(token, head, last)


def _noun_continues(token: Token, head: Token | None, last: int) -> bool:
    """As in "impoverished residents"; not "5 percent growth | year on year", nor a noun with a role of its own."""
    following = token.nbor(1).lower_ if token.i + 1 < last else ""
    if token.i + 1 < last and hyphened(token, token.nbor(1)):
        # "hydrogen fuel cell-powered buses", whatever the parser makes of the cell
        return True
    if token.lower_ in ("year", "month", "quarter") and following in ("on", "over", "-"):
        return False
    if head is not None and head.tag_ == "NN" and token.tag_ == "NNS" and token.nbor(-1).i == head.i:
        # "two ice rinks", whatever the parser makes of a headline
        return True
    own_phrase = token.dep_ in ("npadvmod", "nsubj", "nsubjpass", "appos")
    return head is None or not own_phrase or head.head.i == token.i or token.nbor(-1).i != head.i


def _opens(token: Token) -> bool:
    """Whether a word may stand before the first noun of a counted phrase."""
    if token.lower_ == "per":
        return token.i + 1 < token.sent.end and token.nbor(1).lower_ == "capita"
    if token.tag_ == "CD":
        # "718,000 5G base stations", "30 zero-carbon parks"
        glued = token.i + 1 < token.sent.end and not token.whitespace_
        return glued and (token.nbor(1).is_alpha or token.nbor(1).tag_ == "HYPH")
    if token.tag_ == ",":
        return token.nbor(-1).tag_ in ("JJ", "VBN")
    return token.tag_ in ("CC", "VBN", "VBG", "JJ", "JJR", "JJS", "RB", "RBR", "``", "''", "AFX", "FW")


def _goes_on(token: Token, head: Token, last: int) -> bool:
    """Whether a word after a noun leads on to another noun of the phrase: "oil and gas projects"."""
    if token.tag_ == "CD":
        # "300 Fortune 500 enterprises"
        return head.tag_ == "NNP" and token.i + 1 < last and token.nbor(1).tag_ == "NNS"
    if token.tag_ == "CC":
        return _compound_goes_on(token, last)
    if token.tag_ in ("VBN", "VBG"):
        return token.dep_ in ("amod", "compound")
    return _premodifies(token, last)


def _premodifies(token: Token, last: int) -> bool:
    """Whether an adjective after a noun still belongs before a later noun: "state level key projects"."""
    return token.tag_ in ("JJ", "JJS") and token.head.i > token.i and token.head.i < last and is_noun(token.head)


def _compound_goes_on(token: Token, last: int) -> bool:
    """As in "oil and gas projects": the noun before "and" only modifies the one after it."""
    before = token.nbor(-1)
    return before.dep_ in ("compound", "nmod", "amod") and token.i < before.head.i < last


def _skip_light(start: Token, head: Token) -> Token:
    while start.i < head.i and (
        start.lower_ in words("claims/light_adjectives") or start.tag_ in ("HYPH", ",", "CC", "``", "''")
    ):
        start = start.nbor(1)
    return start


def extent_of(first: Token, last: Token) -> Extent:
    """The offsets from one token to another."""
    return Extent(first.idx, last.idx + len(last))
