"""Which places take part in a programme."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc, Span, Token

from pipeline.stages.programmes.clauses import Event, is_outside
from pipeline.stages.programmes.lexicon import names, verbs
from pipeline.stages.programmes.mentions import Mention
from pipeline.stages.programmes.places import PlaceList
from pipeline.stages.programmes.sentences import Rivals

_PREPOSITIONS = frozenset({"in", "at", "across", "throughout"})
_LISTS = frozenset({":", "including", "namely", "covering", "involving", "comprising", "include", "includes", "are"})
_PARTIAL = frozenset({"including", "include", "includes", "as", "among"})
#: Words between a preposition or a colon and the first place: "in *the provinces of* Jiangsu", ": • *the city of* X".
_FILLERS = frozenset({"parts", "the", "of", "both", "municipalities", "(", "•", "-", "*", "–", "--", "selected", "all"})
_BATCHES = frozenset(
    {"batch", "pilots", "regions", "cities", "places", "provinces", "counties", "others", "rest", "newcomers"}
)
#: Nouns of "is under *way* in", "has been in *place* in", "a first *batch* in".
_WAYS = frozenset({"batch", "way", "force", "place", "operation", "pilots"})
#: How many words above a name say what it stands in.
_ABOVE = 8
_MEETINGS = frozenset({"conference", "meeting", "briefing", "forum", "seminar", "symposium", "interview", "exhibition"})
_TOLD = frozenset({"told", "said", "says", "added", "announced"})
_TAKE = frozenset({"take", "takes", "took", "taken", "taking", "is", "are", "was", "were"})
_OWN_WORDS = frozenset({"batch", "pilots", "it", "they", "trial", "others", "rest", "newcomers"})
#: How far behind "The six are:" the list may begin: a bullet, "the city of".
_BULLET = 8
_FOLLOW_UP = frozenset({"it", "they", "these", "those"})


@dataclass(frozen=True, slots=True)
class Places:
    """The places that take part; `partial` where the text names only some."""

    members: tuple[Span, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence that speaks of a programme: what it says of it and where the mention stands."""

    sentence: Span
    mention: Mention | None
    events: tuple[Event, ...]
    rivals: Rivals | None = None

    def owns(self, index: int) -> bool:
        """Whether no mention of another programme stands nearer before a token than this one's."""
        nearest = self.rivals.before(index) if self.rivals else None
        return self.mention is None or nearest is None or nearest < max(self.mention.head, self.sentence.start)


def taking_part(doc: Doc, scenes: list[Scene], lists: list[PlaceList]) -> Places:
    """The members of every list that a scene ties to the programme, in text order, each place once."""
    found: dict[str, Span] = {}
    partial = False
    for scene in scenes:
        for places in _near(scene.sentence, lists):
            cue = _cue(doc, scene, places) if scene.owns(places.start) else None
            if cue is None or is_outside(doc, scene.sentence.start, places.start):
                continue
            partial |= cue in _PARTIAL
            for span in places.members:
                found.setdefault(span._.region.key, span)
    return Places(tuple(sorted(_without_wholes(list(found.values())), key=lambda span: span.start)), partial)


def _without_wholes(members: list[Span]) -> list[Span]:
    """Leave out an area whose parts take part themselves: "the scheme in the **Bay Area** covers Macao and Zhuhai"."""
    codes = {span._.region.adcode for span in members}
    wholes = [span for span in members if len(codes.intersection(span._.region.members)) > 1]
    return [span for span in members if span not in wholes]


def _near(sentence: Span, lists: list[PlaceList]) -> list[PlaceList]:
    """The lists that begin in a sentence, or right behind one that ends in a colon."""
    colon = any(token.text == ":" for token in sentence[-3:])
    first = bisect_left(lists, sentence.start, key=lambda places: places.start)
    last = bisect_left(lists, sentence.end + colon * _BULLET, key=lambda places: places.start)
    return lists[first:last]


def _cue(doc: Doc, scene: Scene, places: PlaceList) -> str | None:
    """The word that ties a list to the programme of a scene, None where nothing does."""
    before = _word_before(doc, scene.sentence.start, places.start)
    word = before.lower_ if before is not None else ""
    if word in _PREPOSITIONS and (listing := _before_count(before)) is not None and _counts_places(scene, listing):
        return listing.lower_
    if before is None or word in _PREPOSITIONS | {"to"}:
        tied = before is not None and is_tied(before, scene)
    elif word in _LISTS or verbs().get(word) == "cover" or (word == "as" and before.nbor(-1).lower_ == "such"):
        return word if _counts_places(scene, before) else None
    else:
        tied = word in names("place_nouns") and before.head.lower_ in _PREPOSITIONS and is_tied(before.head, scene)
    return word if tied else _as_subject(scene, places)


def _before_count(preposition: Token | None) -> Token | None:
    """The "including" of "including five cities **in** Zhejiang - Huzhou, Jiaxing": places are counted between."""
    if preposition is None or preposition.i < 2 or preposition.nbor(-1).lower_ not in names("place_nouns"):
        return None
    i = preposition.i - 2
    while i > preposition.sent.start and (preposition.doc[i].pos_ in ("ADJ", "NUM") or preposition.doc[i].text == "-"):
        i -= 1
    counted = any(preposition.doc[k].like_num for k in range(i, preposition.i))
    return preposition.doc[i] if counted and preposition.doc[i].lower_ in _LISTS else None


def _word_before(doc: Doc, start: int, index: int) -> Token | None:
    """The last word before a list that says something: fillers, counts and place nouns are passed over."""
    i = index - 1
    while i >= start:
        token = doc[i]
        if token.lower_ in names("place_nouns") and i + 1 < index and doc[i + 1].lower_ == "of":
            i -= 1
            while i >= start and (doc[i].pos_ in ("ADJ", "NUM", "DET") or doc[i].text == "-" or doc[i].tag_ == "VBN"):
                i -= 1
            continue
        if token.lower_ in _FILLERS or token.is_space:
            i -= 1
            continue
        return token
    return None


def is_tied(preposition: Token, scene: Scene) -> bool:
    """Whether "in X" hangs on the programme or on a verb about it, not on "a news conference in Beijing"."""
    head = preposition.head
    beside = {head.lower_, preposition.nbor(-1).lower_ if preposition.i else ""}
    if not beside.isdisjoint(_MEETINGS | _TOLD) or _says_where_issued(preposition, scene) or _is_meeting(scene):
        return False
    if _stands_behind(preposition, scene):
        return True
    zone = scene.mention is not None and scene.mention.kind == "free_trade_zone"
    if not zone and head.dep_ == "nsubj" and (_joins(head.head, scene) or _acts_there(head.head, scene)):
        return True
    for _ in range(4):
        if _is_about(head, scene):
            return True
        if head.lower_ not in names("place_nouns") | _WAYS:
            break
        head = head.head.head if head.head.pos_ == "ADP" else head.head
    return head.dep_ in ("xcomp", "conj", "advcl") and head.pos_ == "VERB" and _is_about(head.head, scene)


def _stands_behind(preposition: Token, scene: Scene) -> bool:
    """Whether "in" follows the name at once, or its abbreviation: "pilot free trade zone (FTZ) *in* Harbin"."""
    if scene.mention is None or not 0 <= preposition.i - scene.mention.end <= 3:
        return False
    between = [token.text for token in preposition.doc[scene.mention.end : preposition.i]]
    return between == [] if len(between) < 3 else (between[0], between[-1], len(between)) == ("(", ")", 3)


def _is_meeting(scene: Scene) -> bool:
    """Whether a name stands in what a meeting was about: "a *conference* on the zones in Beijing"."""
    head = scene.sentence.doc[scene.mention.head] if scene.mention else None
    return head is not None and any(above.lower_ in _MEETINGS for above in islice(head.ancestors, _ABOVE))


def _is_about(token: Token, scene: Scene) -> bool:
    """Whether a word is part of the programme's name or a verb about it."""
    mention = scene.mention
    named = mention is not None and mention.start <= token.i < mention.end
    return named or any(event.verb == token for event in scene.events)


def _says_where_issued(preposition: Token, scene: Scene) -> bool:
    """Whether a place before the programme only says whose plan it is: "*In Sichuan*, the department issued a plan"."""
    issued = any(event.group in ("issue", "announce") for event in scene.events)
    return issued and scene.mention is not None and preposition.i < scene.mention.start


def _acts_there(verb: Token, scene: Scene) -> bool:
    """Whether people of a place start it there: "*Police in Guizhou* launched a campaign"."""
    return any(event.verb == verb and event.active and event.group == "start" for event in scene.events)


def _counts_places(scene: Scene, cue: Token) -> bool:
    """Whether "including", "covers" or ":" lists the programme's places: a place noun or itself stands before."""
    if scene.mention is None:
        return True
    for i in range(cue.i - 1, max(scene.sentence.start, cue.i - 9) - 1, -1):
        token = cue.doc[i]
        if token.lower_ in names("place_nouns") or token.lower_ in _OWN_WORDS:
            return True
        if (scene.mention and scene.mention.start <= i < scene.mention.end) or _opens_count(scene, token):
            return True
    return False


def _opens_count(scene: Scene, token: Token) -> bool:
    """Whether a number opens its sentence: "The *six* are: …"."""
    return token.like_num and token.i <= scene.sentence.start + 2


def _as_subject(scene: Scene, places: PlaceList) -> str | None:
    """Places that join: "*Jilin and Heilongjiang* take part in the pilot", "Under the plan, *Yibin* will get …"."""
    if scene.mention is None or scene.mention.kind == "free_trade_zone":
        return None
    for member in places.members:
        root = member.root
        while root.dep_ in ("conj", "appos", "compound", "nmod") and root.head.i >= scene.sentence.start:
            if root.head == root:
                break
            root = root.head
        if root.dep_ in ("nsubj", "nsubjpass") and (_joins(root.head, scene) or _acts_there(root.head, scene)):
            return "joins"
    return None


def _joins(verb: Token, scene: Scene) -> bool:
    mention = scene.mention
    if mention is None or any(child.dep_ == "neg" for child in verb.children):
        return False
    before = [token.lower_ for token in scene.sentence if not token.is_space][:1]
    if before == ["under"] and mention.start < verb.i:
        return True
    if verb.i < mention.start and scene.sentence.doc[mention.head].head.lower_ == "under":
        return True
    group = verbs().get(verb.lower_)
    taking_part = verb.lower_ in _TAKE and any(child.lower_ == "part" for child in verb.children)
    return (group == "join" or taking_part) and verb.i < mention.start


def follows_up(sentence: Span) -> bool:
    """Whether a sentence goes on about the programme before: "It covers …", "The second batch …", "The six are:"."""
    opening = [token for token in sentence if not token.is_space and token.text not in ("-", "•", "*")][:5]
    spoken = [token.lower_ for token in opening]
    if len(spoken) < 2 or spoken[0] in _FOLLOW_UP or verbs().get(spoken[0]) == "cover":
        return len(spoken) > 1
    if spoken[0] == "another" and opening[1].like_num:
        return True
    return spoken[0] == "the" and (opening[1].like_num or not _BATCHES.isdisjoint(spoken[1:]))
