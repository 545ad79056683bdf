"""How far the name of a programme reaches to the left and to the right of its head words."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.stages.programmes.lexicon import names, verbs

#: How far a name may reach to the left and to the right of its head.
LEFT, RIGHT = 8, 24
#: … and how long what a name quotes may be: 'the "borrow a lamb, give back two" program'.
QUOTED = 14
_NAME_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_INSIDE = frozenset(
    ("of", "for", "between", "and", "the", "a", "an", "&", "'s", "-", "to", "with", "into", "from", "without", "among")
) | {"outside"}
_OPENERS = frozenset({"on", "for", "of", "in", "against", "to", "about", "towards", "toward", "concerning"})
#: Generic words that a name keeps all the same.
_KEPT = frozenset({"national", "comprehensive", "pilot"})
_ARTICLES = frozenset({"the", "a", "an"})
_STOPS = frozenset({"that", "which", "who", "since", "until", "by", "where", "when", "as", "while", "after", "before"})


def name_start(doc: Doc, first: int, taken: set[int]) -> int:
    """The first token of a name whose head words begin at `first`."""
    start = first
    while start > 0 and first - start < LEFT:
        before = doc[start - 1]
        if before.text == '"' and (opening := _opening_quote(doc, start - 1)) is not None:
            return opening
        if before.text == ")" and start > 3 and doc[start - 3].text == "(":
            start -= 3
            continue
        if before.lower_ == "and" and start > 1 and doc[start].text[0].isupper() and doc[start - 2].text[0].isupper():
            start -= 2
            continue
        if before.lower_ == "and" and start < first and _joins_modifiers(doc, start - 1):
            start -= 2
            continue
        joined = "-" in (before.text, doc[start].text, doc[start - 2].text if _is_glued(doc, start - 1) else "")
        if not (joined or before.pos_ in _NAME_TAGS or _is_participle(before)) or before.is_space:
            return start
        if doc[start].is_sent_start or start - 1 in taken or before.lower_ in verbs():
            return start
        start -= 1
    return start


def _joins_modifiers(doc: Doc, i: int) -> bool:
    """Whether an "and" joins nouns before the head: "the rural credit reform **and** innovation pilot zone"."""
    if i < 3 or any(doc[k].tag_ not in ("NN", "JJ") or not doc[k].is_lower for k in (i - 2, i - 1, i + 1)):
        return False
    first = next((k for k in range(i - 2, max(i - 6, -1), -1) if doc[k].tag_ not in ("NN", "JJ")), None)
    return first is not None and doc[i - 1].tag_ == "NN" and doc[first].lower_ in ("the", "a", "an")


def _is_glued(doc: Doc, i: int) -> bool:
    """Whether a token hangs on the one before by a hyphen: "in" of "trade-in"."""
    return i > 0 and doc[i - 1].text == "-" and not doc[i - 1].whitespace_


def _opening_quote(doc: Doc, closing: int) -> int | None:
    for i in range(closing - 1, max(closing - QUOTED, -1), -1):
        if doc[i].text == '"':
            return i
    return None


def _is_participle(token: Token) -> bool:
    return token.tag_ in ("VBN", "VBG") and token.dep_ in ("amod", "compound")


def strip_generic(doc: Doc, start: int, first: int) -> int:
    """Leave out the generic words and the numbers that a name opens with ("two new …"), not "14th", "national"."""
    while start < first and (
        (doc[start].lower_ in names("generic_modifiers") and doc[start].lower_ not in _KEPT)
        or doc[start].text == "-"
        or (doc[start].tag_ == "CD" and doc[start + 1].text != "-")
    ):
        start += 1
    return start


def tells_apart(token: Token) -> bool:
    """Whether a word tells a programme from others: not "new", "national", "pilot"."""
    return token.is_alpha and token.lower_ not in names("generic_modifiers")


def name_end(doc: Doc, head: int, *, proper: bool) -> int:
    """The end of the name: the head, or the last word of "on the integration of domestic and foreign trade"."""
    start = _complement_start(doc, head)
    if start is None:
        return head + 1
    end = start + 1
    for i in range(start + 1, min(start + RIGHT, len(doc))):
        if _ends_name(doc, i, start, proper=proper):
            break
        end = i + 1
    while end > start and (doc[end - 1].lower_ in _INSIDE | _OPENERS or doc[end - 1].is_punct):
        end -= 1
    return end if end > start + 1 else head + 1


def _complement_start(doc: Doc, head: int) -> int | None:
    """The preposition that opens a complement, behind "in place" too; None where there is none."""
    i = head + 1
    if i + 1 < len(doc) and doc[i].lower_ == "in" and doc[i + 1].lower_ in ("place", "force"):
        i += 2
    if i + 1 >= len(doc) or doc[i].lower_ not in _OPENERS:
        return None
    zone = doc[head].lower_ in ("zone", "zones", "ftz", "ftzs")
    vague = doc[i].lower_ == "in" and (zone or (doc[i].head.i != head and doc[head - 1].lower_ != "pilot"))
    goal = doc[i].lower_ == "to" and (zone or not _is_infinitive(doc[i + 1]) or _is_headline(doc[i]))
    counted = doc[i + 1].tag_ == "CD" and doc[head].lower_.startswith("trial")
    return None if vague or goal or counted or _is_setting(doc, i + 1) else i


def _is_headline(token: Token) -> bool:
    """Whether a token stands in the headline, where "to" and a verb tell what comes: "Pilot to take in more cities"."""
    layout = token.doc._.layout
    blocks = layout.blocks if layout else ()
    return any(block.kind == "headline" and block.start <= token.idx < block.end for block in blocks)


def _is_infinitive(token: Token) -> bool:
    """Whether "to" is followed by a verb, or by an adverb and a verb."""
    return token.tag_ == "VB" or (token.tag_ == "RB" and token.head.tag_ == "VB")


def _is_setting(doc: Doc, i: int) -> bool:
    """Whether what follows a preposition is a place, a date or a number of places, no topic."""
    if i >= len(doc):
        return True
    preposition = doc[i - 1]
    objects = [child for child in preposition.children if child.dep_ == "pobj"]
    while i < len(doc) - 1 and (doc[i].pos_ in ("DET", "NUM") or doc[i].lower_ in names("generic_modifiers")):
        i += 1
    local = preposition.lower_ in ("in", "at", "across")
    places = ("GPE", "DATE", "LOC") if local else ("GPE", "DATE")
    return any(t.ent_type_ in places or _is_any_place(t, local=local) for t in (doc[i], *objects))


def _is_any_place(token: Token, *, local: bool) -> bool:
    """Whether a place noun names no topic: "in many cities", "for cities", but not "on zero-waste islands"."""
    if token.lower_ not in names("place_nouns"):
        return False
    own = [child for child in token.children if child.dep_ in ("amod", "compound") and tells_apart(child)]
    return local or not own


def _ends_name(doc: Doc, i: int, start: int, *, proper: bool) -> bool:
    token = doc[i]
    if proper:
        return not (token.text[0].isupper() or token.text[0].isdigit() or token.lower_ in _INSIDE | _OPENERS)
    if token.is_sent_start or token.is_space or token.lower_ in _STOPS or token.is_punct:
        return token.text not in ("-", '"')
    if token.lower_ in ("and", "or"):
        return not _joins_inside(doc, i, start)
    if token.pos_ == "ADP":
        return _leaves_topic(doc, i)
    if token.lower_ == "to" and i + 1 < len(doc) and _is_infinitive(doc[i + 1]) and _is_headline(token):
        return True  # "Care plan for the elderly **to** expand"
    following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    adverb = token.tag_ == "RB" and i + 1 < len(doc) and doc[i + 1].tag_ in ("VBD", "VBZ", "VBP", "MD")
    return (
        adverb  # "the pilot program for home renovation **now** covers"
        or (token.lower_, following) == ("to", "be")
        or token.tag_ in ("VBD", "VBZ", "VBP", "MD")
        or (token.tag_ == "VBN" and token.dep_ in ("acl", "ROOT", "relcl"))
    )


def _leaves_topic(doc: Doc, i: int) -> bool:
    """Whether a preposition leads on from the topic to a place, a date or a way of doing it."""
    word = doc[i].lower_
    if word == "outside":
        return i + 1 < len(doc) and doc[i + 1].ent_type_ in ("GPE", "LOC")
    if word not in _INSIDE | _OPENERS:
        return True
    widened = word in ("to", "into", "from") and i + 1 < len(doc) and doc[i + 1].tag_ == "CD"
    return widened or _is_date(doc, i + 1) or (word not in _INSIDE and _is_setting(doc, i + 1))


def _joins_inside(doc: Doc, i: int, start: int) -> bool:
    """Whether an "and" joins two parts of the complement, by the parse."""
    right = [child for child in doc[i].head.conjuncts if child.i > i]
    if i + 1 < len(doc) and doc[i + 1].lower_ in _ARTICLES and doc[start + 1].lower_ not in _ARTICLES:
        return False  # "a policy for old cars **and the** long holiday"
    return bool(start < doc[i].head.i < i and right and right[0].pos_ in ("NOUN", "PROPN", "ADJ", "VERB"))


def _is_date(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].ent_type_ == "DATE"


def topic_of(doc: Doc, head: int, end: int) -> tuple[int, int] | None:
    """The tokens behind the preposition: "*integration of domestic and foreign trade*"; None for a bare name."""
    start = head + 1
    if start < end and doc[start].lower_ == "in" and doc[start + 1].lower_ in ("place", "force"):
        start += 2
    start += 1
    while start < end and doc[start].lower_ in ("the", "a", "an"):
        start += 1
    return (start, end) if start < end else None
