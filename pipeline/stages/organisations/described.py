"""Public bodies in lower case: "the provincial department of commerce", "Suzhou municipal government"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from pipeline.gazetteer.gazetteer import gazetteer
from pipeline.schema import OrganisationKind
from pipeline.stages.organisations.candidates import Candidate
from pipeline.stages.organisations.lexicon import heads, levels, names
from pipeline.stages.organisations.patterns import (
    BODY_OF_PLACE,
    INSIDE_TITLE,
    LEVELLED,
    MINISTRY,
    OWNED,
    PLACED,
    POSSESSED,
)

#: Bodies that need no subject: "the provincial government", "the county people's congress".
_BARE = frozenset({"government"})
_PEOPLES = frozenset({"congress", "court", "procuratorate"})
_LEADS = frozenset({"heads", "headed", "leads", "led", "runs", "directs"})
#: Words of rank that stand between a place and a body and name nothing.
_VAGUE = frozenset({"local", "relevant", "other", "same", "new", "various", "grassroots"})


#: Capitalised words right before a level: the body has a name of its own, which no place may complete.
_OWN_NAME = "NGWOA"
#: What makes of a place behind "of" the beginning of another body's name.
_NAME_GOES_ON = re.compile(r"[NWOVAC&-]{0,6}[HE]")
#: "the *Special Administrative Region* government" has no more of a name than "the SAR government".
_SPECIAL = 2


def find_described(doc: Doc, shape: str) -> Iterator[Candidate]:
    """Propose the bodies that the text describes well enough to name."""
    if not any(letter_ in shape for letter_ in "hk"):
        return
    yield from _levelled(doc, shape)
    yield from _possessed(doc, shape)
    yield from _placed(doc, shape)
    yield from _of_places(doc, shape)
    yield from _ministries(doc, shape)
    yield from _inside_titles(doc, shape)


def _levelled(doc: Doc, shape: str) -> Iterator[Candidate]:
    for match in LEVELLED.finditer(shape):
        if not _enough(doc, match) and not _is_of_village(doc, match):
            continue
        start = match.start("place") if match["place"] else match.start("level")
        level = doc[match.end("level") - 1]
        zone = level.text == "Zone"
        named = zone or (start > 0 and shape[start - 1] in _OWN_NAME)
        start = _name_start(shape, start) if named else start
        special = doc[start].lower_ == "special" and level.i == start + _SPECIAL
        yield Candidate(
            start,
            match.end(),
            _kind(doc, match),
            "described-by-level",
            0.92 if match["place"] else 0.7 if named and not (zone or special) else 0.9,
            described=not match["place"] and (special or not named),
            level="SAR" if special else levels()[level.lower_],
            seat=_text(doc, match, "place"),
        )


def _possessed(doc: Doc, shape: str) -> Iterator[Candidate]:
    for match in POSSESSED.finditer(shape):
        ministry = doc[match.start("head")].lower_ == "ministry"
        if ministry or not _enough(doc, match):
            continue
        start, end = match.span("body")
        level = levels()[doc[match.end("level") - 1].lower_] if match["level"] else None
        seat = _text(doc, match, "place")
        yield Candidate(
            start, end, _kind(doc, match), "described-by-owner", 0.85, described=True, level=level, seat=seat
        )


def _placed(doc: Doc, shape: str) -> Iterator[Candidate]:
    for match in PLACED.finditer(shape):
        if doc[match.start("head")].lower_ == "ministry" or not _enough(doc, match):
            continue
        if match["place"][0] == "N" and not _is_division(doc[match.start("place") : match.end("place")]):
            continue
        if match["object"] and doc[match.end() - 1].lower_ in names("descriptors"):
            continue  # "the Beijing office of **consultancy** Ostrava Partners"
        yield Candidate(
            match.start(), match.end(), _kind(doc, match), "described-by-place", 0.85, seat=_text(doc, match, "place")
        )


def _is_division(span: Span) -> bool:
    """Whether words name a place in China, a county too: "the **Haining** civil affairs bureau"."""
    return any(place.country == "CN" for place in gazetteer().lookup(span.text))


def _of_places(doc: Doc, shape: str) -> Iterator[Candidate]:
    for match in BODY_OF_PLACE.finditer(shape):
        plain = doc[match.start("head")].lower_ in ("ministry", "center", "centre")
        if _NAME_GOES_ON.match(shape, match.end()):
            continue  # "the water committee of the Xuzhou **People's Congress**", "… of Suzhou **Tower**"
        if not plain and match["place"][0] == "G" and _enough(doc, match):
            seat, owned = _text(doc, match, "place"), (match["whole"] or "").endswith("q")
            end = match.start("whole") - 1 if owned else match.end()
            yield Candidate(match.start(), end, _kind(doc, match), "described-of-place", 0.85, owned, seat=seat)


def _ministries(doc: Doc, shape: str) -> Iterator[Candidate]:
    for match in MINISTRY.finditer(shape):
        head = match.start("head")
        if doc[head].lower_ == "ministry" and (match["modifiers"] or match["object"]):
            end = match.end() if not match["modifiers"] else head + 1
            yield Candidate(match.start(), end, "government", "ministry-in-lower-case", 0.9)


def _inside_titles(doc: Doc, shape: str) -> Iterator[Candidate]:
    for match in INSIDE_TITLE.finditer(shape):
        start, end = match.span("body")
        owner = _owner(doc, shape, match)
        titled = match.start() > 0 and _is_led(doc, match.start())
        if titled and owner and (match["plain"] is None or shape[match.start("plain")] in "hk"):
            head = match.start("head") if match["head"] else match.start("plain")
            yield Candidate(start, end, heads()[doc[head].lower_], "inside-title", 0.88, parent=owner)
    for match in OWNED.finditer(shape):
        start, end = match.span("body")
        head = next(i for i in range(start, end) if shape[i] in "hk")
        if heads()[doc[match.start("owner")].lower_] == "government" and _enough_of_part(doc, start, end):
            yield Candidate(start, end, heads()[doc[head].lower_], "owned", 0.85, parent=match.span("owner"))


def _enough_of_part(doc: Doc, start: int, end: int) -> bool:
    """Whether the part of a body is named by its subject: "the bureau's *statistics division*", not "its office"."""
    return end - start > 1 and doc[start].lower_ not in _VAGUE


def _is_led(doc: Doc, start: int) -> bool:
    """Whether a title or a verb of leading stands before: "*director* of the …", "who *heads* the …"."""
    return doc[start - 1].lower_ in _LEADS if doc[start].lower_ != "of" else _is_title(doc, start - 1)


def _is_title(doc: Doc, index: int) -> bool:
    return doc[index].lower_ in names("titles") or doc[index].lower_.endswith(("-general", "-chief"))


def _owner(doc: Doc, shape: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The tokens that name whose department it is: "at *the ministry*", "of the *Ministry of Commerce*"."""
    if match["at"] is None:
        return None
    start = match.end("at")
    letter_ = shape[start : start + 1]
    if letter_ == "h":
        return (start, start + 1)
    return (start, start + 1) if letter_ and letter_ in "NGWOAHCS" else None


def _enough(doc: Doc, match: re.Match[str]) -> bool:
    """Whether the description names one body: "county committee", "local office" do not."""
    head = doc[match.start("head")].lower_
    spoken = (
        {token.lower_ for token in doc[match.start("modifiers") : match.end("modifiers")]}
        if match["modifiers"]
        else set()
    )
    if spoken & _VAGUE:
        return False
    if head in _PEOPLES:
        return "people" in spoken or "intermediate" in spoken or "high" in spoken
    if head == "service":
        return bool(spoken & names("services"))
    if head in _BARE:
        return spoken <= {"people", "'s", "’s"}
    if head in ("committee", "commission") and (spoken & {"party", "cpc"} or _is_of_party(doc, match.start())):
        return True
    return bool(spoken - {"party"}) or bool(match["object"])


def _is_of_village(doc: Doc, match: re.Match[str]) -> bool:
    """Whether a committee is a named village's own: "the *Dongshan village committee*"."""
    named = match["place"] and doc[match.end("level") - 1].lower_ == "village"
    return bool(named) and match.end() == match.end("level") + 1 and doc[match.end() - 1].lower_ == "committee"


def _is_of_party(doc: Doc, start: int) -> bool:
    """Whether a committee is the party's: "the CPC's *Fuyang city committee*"."""
    return start > 1 and doc[start - 1].text == "'s" and doc[start - 2].text in ("CPC", "Party")


def _kind(doc: Doc, match: re.Match[str]) -> OrganisationKind:
    spoken = match.group()
    if "Y" in spoken or "C" in spoken or _is_of_party(doc, match.start()):
        return "party"
    return heads()[doc[match.start("head")].lower_]


def _text(doc: Doc, match: re.Match[str], group: str) -> str | None:
    return doc[match.start(group) : match.end(group)].text if match[group] else None


def _name_start(shape: str, start: int) -> int:
    """The start of a name of its own: "*Yangtze Economic Development* Zone management committee"."""
    while start > 0 and shape[start - 1] in "NGWOAE-":
        start -= 1
    while shape[start] == "-":
        start += 1
    return start
