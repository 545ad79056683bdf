"""Names that their own words give away: "Zhejiang Provincial Department of Commerce", "Lanqiao Technology Co"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.schema import OrganisationKind
from pipeline.stages.organisations.candidates import EVENT, Candidate
from pipeline.stages.organisations.known import foreign_owner
from pipeline.stages.organisations.lexicon import heads, levels, names
from pipeline.stages.organisations.patterns import JOINT, RUN, STUDIES_IN

#: Heads after which "of" or "for" leads on to the rest of the name.
_OPEN_KINDS = frozenset({"government", "academic", "association", "other", "party", "company", "military"})
_INTERNATIONAL = (
    "United Nations",
    "UN ",
    "World ",
    "International ",
    "Asian ",
    "European ",
    "African ",
    "Asia-Pacific ",
)
#: Openers that make a name with a head alone: "State Council", "Supreme Court", not "Advisory Council".
_SOLE_OPENERS = frozenset({"national", "state", "central", "supreme", "federal", "general"})
#: No name of an organisation has more words.
_LONGEST = 25
#: Letters that must stand before a head: "Hong Kong Government" is one, "Chinese Government", "Xilingol League" not.
_CARRIERS = {"league": "AOWC", "government": "GNV"}
#: "State Grid *Corp* of China", "Commercial Aircraft *Corporation* of China Ltd".
_OPEN_SUFFIXES = frozenset({"Corp", "Corporation"})
#: Heads that "on" and any subject may follow.
_ON_HEADS = frozenset({"Committee", "Council", "Commission"})
_LEADING = frozenset({"leading", "working", "steering"})
#: Kinds whose place in the name is where they belong; a university or a bank may sit elsewhere.
_NAMED_FOR_SEAT = frozenset({"government", "party", "association", "other", "military"})
_PARTY = ("CPC", "Communist Party", " Party ", "Party ")
_CONFIDENCE: dict[OrganisationKind, float] = {"other": 0.85, "association": 0.93, "company": 0.95, "military": 0.9}


def find_names(doc: Doc, shape: str) -> Iterator[Candidate]:
    """Propose every run of name words that has the head of an organisation, with its "of …"."""
    position = 0
    while match := RUN.search(shape, position):
        position = max(match.end(), position + 1)
        head = _last_head(shape, match.start(), match.end())
        if head is None or _is_event(doc, shape, match.end()):
            continue
        start = _skip_nationality(doc, shape, match.start(), head)
        open_ended = shape[head] in "HY" or doc[head].text in _OPEN_SUFFIXES or doc[head - 1].lower_ in _LEADING
        end = _extend(doc, shape, head + 1) if open_ended and head + 1 == match.end() else head + 1
        end = _with_its_place(doc, shape, start, head, end)
        position = max(position, end)
        if _is_party_congress(doc, start, head):
            yield Candidate(start, end, "other", EVENT, 0)
            continue
        candidate = _candidate(doc, shape, start, head, end)
        if candidate is not None:
            yield candidate


def _is_party_congress(doc: Doc, start: int, head: int) -> bool:
    """Whether a name is that of a meeting: "the 20th National Congress of the CPC"."""
    if doc[head].text != "Congress":
        return False
    return doc[head - 1].text == "National" or (start > 0 and doc[start - 1].ent_type_ == "ORDINAL" and head == start)


def _last_head(shape: str, start: int, end: int) -> int | None:
    """The last head of a run; a weak company word counts only at the run's end."""
    for i in range(end - 1, start - 1, -1):
        if shape[i] in "HSY" or (shape[i] == "R" and i == end - 1):
            return i
    return None


def _is_event(doc: Doc, shape: str, end: int) -> bool:
    """Whether a run ends in the word of an event, a law or a building ("Bank of China Tower")."""
    return shape[end - 1] == "E"


def _skip_nationality(doc: Doc, shape: str, start: int, head: int) -> int:
    """Leave "Chinese" before "Ministry" or "National" outside the name."""
    if (
        doc[start].text == "Chinese"
        and start < head
        and (doc[start + 1].text in ("Ministry", "National", "State", "Foreign"))
    ):
        return start + 1
    return start


def _extend(doc: Doc, shape: str, end: int) -> int:
    """The end of a name whose head ends at `end`, with up to three "of X", "for the X" behind it."""
    for _ in range(3):
        joint = _joint(doc, shape, end)
        run = RUN.match(shape, joint.end()) if joint else None
        if run is None or shape[run.start()] in "TVP" or (doc[end].text == "on" and not _is_on(doc, shape, end, run)):
            return end
        end = _object_end(doc, shape, run.start(), run.end())
    return end


def _is_on(doc: Doc, shape: str, end: int, run: re.Match[str]) -> bool:
    """Whether "on" leads to what a body is for: "Commission *on Ethics*", "National Committee *on Ageing*"."""
    subject = shape[run.start()] in "WO"
    return subject or (doc[end - 1].text in _ON_HEADS and run.group() == "N")


def _joint(doc: Doc, shape: str, end: int) -> re.Match[str] | None:
    """The "of (the)" behind a head; "in" and "with" only before a subject: "Studies *in* Energy Policy"."""
    if shape.startswith("iW", end) and doc[end].text in ("in", "with"):
        return STUDIES_IN.match(shape, end)
    return JOINT.match(shape, end)


def _object_end(doc: Doc, shape: str, start: int, end: int) -> int:
    """The end of what a body is of: up to its own head, else up to a person's name ("Ministry of Commerce Li Hua")."""
    head = _last_head(shape, start, end)
    if head is not None:
        return head + 1
    for i in range(start + 1, end):
        if shape[i] == "N" and doc[i].ent_type_ == "PERSON" and shape[start] in "WG":
            return i
    return _with_place_noun(shape, end)


def _with_place_noun(shape: str, end: int) -> int:
    """Take in "province" behind the place: "People's Government of Hainan province", "… Tibet autonomous region"."""
    if shape[end - 1] not in "GA":
        return end
    return end + 1 if shape[end : end + 1] == "p" else end + 2 if shape.startswith("vp", end) else end


def _with_its_place(doc: Doc, shape: str, start: int, head: int, end: int) -> int:
    """Take in where a chamber is, as part of its name: "British Chamber of Commerce in Guangdong"."""
    placed = shape.startswith("iG", end) and doc[end].text == "in" and end > head + 1
    chamber = doc[head].text == "Chamber" or (doc[head].text == "Association" and start == head)
    return end + 2 if placed and chamber else end


def _candidate(doc: Doc, shape: str, start: int, head: int, end: int) -> Candidate | None:
    start, left = _trim_left(doc, shape, start, head)
    bare = end == head + 1
    if end - start > _LONGEST or (doc[head].text == "Board" and start == head):
        return None
    if bare and not _carries(doc, shape, start, head):
        return None
    text = doc[start:end].text
    owner = foreign_owner(doc, start) if doc[head].text in ("Ministry", "Department") else None
    kind = _kind(doc, shape, head, text)
    described = kind in ("government", "party") and left in ("V", "VP") and shape[start:head].strip("VWO-&P") == ""
    return Candidate(
        start,
        end,
        kind,
        f"head-{doc[head].lower_.rstrip('.')}",
        _CONFIDENCE.get(kind, 0.96) if end - start > 1 else 0.5,
        described=described and bare,
        level=levels().get(doc[start].lower_) if described else None,
        canonical=f"{text} ({owner})" if owner else None,
        seat=_seat(doc, shape, start, end, named=kind in _NAMED_FOR_SEAT),
    )


def _trim_left(doc: Doc, shape: str, start: int, head: int) -> tuple[int, str]:
    """Drop joints at the start, and what stands before a job title ("Foreign Ministry" keeps, "President X" not)."""
    while start < head and shape[start] in "-&,)":
        start += 1
    return start, shape[start]


def _carries(doc: Doc, shape: str, start: int, head: int) -> bool:
    """Whether the words before a head without "of" make a name of it ("the Bureau", "Advisory Council" do not)."""
    left = set(shape[start:head].replace("-", "").replace("&", ""))
    word, before = doc[head].lower_, doc[head - 1].lower_
    if shape[head] == "S" or word == "service":
        return before in names("services") if word == "service" else bool(left & set("NGWAC"))
    if shape[head] == "R":
        leading = word == "group" and before in _LEADING
        return leading or (bool(left & set("NG")) and shape[start] != "O")
    if shape[head] == "Y":
        return bool(left & set("NWAC")) and before != "the"
    if heads()[word] == "military" or word in _CARRIERS:
        return bool(left & set(_CARRIERS.get(word, "GAOWC")))
    if word in ("center", "centre") and before in names("building_centers"):
        return False
    return before in _SOLE_OPENERS if left == {"O"} else bool(left & set("NGWACVO"))


def _kind(doc: Doc, shape: str, head: int, text: str) -> OrganisationKind:
    if shape[head] in "SR":
        if doc[head].text == "Group" and doc[head - 1].lower_ in _LEADING:
            return "government"
        return "company"
    kind = "party" if shape[head] == "Y" else heads()[doc[head].lower_]
    if doc[head].text == "Agency" and doc[head - 1].text in ("News", "Press"):
        return "media"
    if kind in ("government", "academic") and any(word in text for word in _PARTY) and "University" not in text:
        return "party"
    if kind in ("government", "association", "other", "company") and text.startswith(_INTERNATIONAL):
        return "international"
    return kind


def _seat(doc: Doc, shape: str, start: int, end: int, *, named: bool) -> str | None:
    """The place that a body's name opens with, or that stands beside it: "in Huizhou", "Zhejiang's"."""
    if named and shape[start] == "G":
        last = start + 1
        while shape[last : last + 1] == "G":
            last += 1
        return doc[start:last].text
    if end + 1 < len(doc) and doc[end].lower_ == "in" and shape[end + 1] == "G":
        return doc[end + 1].text
    if start > 1 and shape[start - 1] == "q" and shape[start - 2] == "G":
        return doc[start - 2].text
    return None
