"""The stamp between headline and body: writers, source, day and hour, in any order, on one line or several."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from pipeline.layout.days import DAY, MONTH, day_of
from pipeline.layout.outlets import is_outlet_like, leading_outlet, outlet, outlet_pattern

#: How far into a page a stamp is looked for, and how long one can be.
REACH = 12_000
#: So many characters before a stamp can be an outlet's name.
_LONGEST_OUTLET = 60
#: How many parts a stamp has at most: writers, source, days, editors and addresses, some of them said twice.
_MOST_PARTS = 16

_NAME_WORD = r"[A-Z\u00c0-\u00de][\w'.\u00b7-]{0,24}(?![\w'.-]*:)"
_STOPS = (
    r"(?!(?:Source|Updated|Update|Published|Posted|Editors?|Time|Date|Last|Xinhua|Share|Comments?|Photos?|Video|Print|"
    r"App|Download|From|Staff|Reporters?|Writers?|Correspondents?)\b)"
)
NAME = rf"{_STOPS}{_NAME_WORD}(?: (?:(?:de|van|von|der|bin|al|la|le|du|da|dos) )?{_STOPS}{_NAME_WORD}){{0,3}}"
#: "in Wuhan", "in Nantong, Jiangsu": where a writer is.
PLACE = r"[A-Z][\w'.-]{1,24}(?:[ ,]{1,2}[A-Z][\w'.-]{1,24}){0,2}"
IN = rf"(?: in {PLACE})?"
_CREW = r"(?:(?:Xinhua |our )?(?:staff )?(?:writers?|reporters?|correspondents?) )?"
#: Labels of Chinese sites around an English article: "published", "updated", "time", "date"; "source", "from".
_LABEL_ZH = r"(?:\u53d1\u5e03|\u53d1\u8868|\u66f4\u65b0)?(?:\u65f6\u95f4|\u65e5\u671f)"
_SOURCE_ZH = r"(?:\u6587\u7ae0|\u4fe1\u606f|\u7a3f\u4ef6)?\u6765\u6e90"
_LABEL = (
    r"(?:(?:(?:Last )?(?:[Uu]pdated|Update|UPDATED|Published|PUBLISHED|Posted|Release(?:d| date)|Time"
    r"|(?:Pub|Publish(?:ed|ing)?|Publication|Post(?:ed|ing)?|Issue|Update) [Dd]ate|Date)|" + _LABEL_ZH + r")"
    r"\s?(?:on|at)?\s?:?\s?)"
)
_HOUR = r"(?:\d{1,2}:\d{2}(?::\d{2})?\s?(?:[AaPp]\.?[Mm]\.?)?)"
#: A label that no day follows: its value is missing, it is an hour, or another label comes at once.
EMPTY_LABEL = re.compile(rf"(?:{_LABEL_ZH}|{_SOURCE_ZH})\s?:\s{{0,8}}|{_LABEL}{_HOUR}(?!\w)")
_ZONE = r"(?:\s?\(?(?:GMT|UTC|BJT|CST|HKT)(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?\)?)?"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"


@dataclass(slots=True)
class Stamp:
    """What the stamp says, and its extent."""

    start: int
    end: int
    authors: list[tuple[int, int]] = field(default_factory=list)
    publisher: str | None = None
    published: date | None = None
    labelled: bool = False
    named: bool = False


_BARRED = re.compile(r"([A-Z][\w'&.-]{1,20}(?: (?:[A-Z][\w'&.-]{1,20}|and|of|the|&)){0,5}) ?\|")


@cache
def _trigger() -> re.Pattern[str]:
    """Where a stamp can begin."""
    return re.compile(
        r"\b(?:By|BY)\b:?\s[A-Z]|\bby (?:Xinhua|staff|our) |\b(?:Source|SOURCE)\s?:|\bEditors?\s?:|"
        + _SOURCE_ZH
        + r"\s?:|"
        + _LABEL
        + r"(?=\w)|\(\s?[A-Z]|"
        rf"{_HOUR},|{_WEEKDAY}{DAY}"
    )


@cache
def _by() -> re.Pattern[str]:
    """`By Wang Yufei`, `By LI MEI and TOM GRANT in Beijing`, `by Xinhua writers Li Mei, Tom Grant`, `By: Li Mei`."""
    one = rf"{NAME}{IN}"
    return re.compile(rf"(?:By|BY|by):?\s{{1,2}}{_CREW}(?P<names>{one}(?:(?:, and |, | and | & |; ){one}){{0,11}})")


@cache
def single_name() -> re.Pattern[str]:
    """One writer of several, and where that one writes: `Li Mei in Beijing, `."""
    return re.compile(rf"(?P<name>{NAME}){IN}(?:, and |, | and | & |; |$)")


@cache
def _when() -> re.Pattern[str]:
    """`Updated: 2024-01-11 09:05`, `10:02, November 18, 2020`, `Published: Jan 11, 2024 09:00 PM`."""
    hour = rf"(?:\s{{0,2}},?\s{{0,2}}(?:\|\s)?{_HOUR}{_ZONE})?"
    return re.compile(
        rf"(?P<label>{_LABEL}\s{{0,2}})?(?P<hour>{_HOUR}{_ZONE}\s?,?\s{{1,2}})?{_WEEKDAY}{DAY}{hour}{_ZONE}"
        rf"(?P<after>,? [Uu]pdated(?: at)?:? {_HOUR}{_ZONE})?"
    )


@cache
def _source() -> re.Pattern[str]:
    """`Source: China Daily`, `Source:Xinhua`, up to what follows it."""
    return re.compile(rf"(?:Source|SOURCE|{_SOURCE_ZH})\s?:\s{{0,2}}(?P<source>[^\s|:][^|\n:]{{0,60}})")


@cache
def _bracket() -> re.Pattern[str]:
    """`( Xinhua )`; any name in brackets before an hour and a day: `( Shanxi Evening News ) 10:02, May 18, 2020`."""
    known = rf"(?i:{outlet_pattern()})"
    other = rf"[A-Z][\w'.&-]{{0,24}}(?: [\w'.&-]{{1,24}}){{0,6}}(?=\s?\)\s{{0,3}}{_HOUR}{_ZONE},?\s{{1,2}}{MONTH})"
    return re.compile(rf"\(\s?(?P<outlet>{known}|{other})\s?\)")


@cache
def _editor() -> re.Pattern[str]:
    desk = "(?:(?:Web|Copy|Photo|Chief|Online|Responsible) )?"
    return re.compile(rf"{desk}Editors?\s?:\s{{0,2}}(?:{NAME}|[a-z]{{2,20}}\b)(?:, ?{NAME}){{0,3}}")


@cache
def _email() -> re.Pattern[str]:
    return re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}")


def find_stamp(page: str, lines: frozenset[int]) -> Stamp | None:
    """The first stamp in `page`; `lines` are the offsets at which a line begins.

    A name after "By" alone is a stamp only where it is a line of its own; a day alone never is one.
    """
    for match in _trigger().finditer(page, 0, REACH):
        stamp = _read(page, match.start())
        stamp = _with_outlet_before(page, stamp) if stamp else None
        if stamp and _convinces(page, stamp, lines):
            return stamp
    return None


def _convinces(page: str, stamp: Stamp, lines: frozenset[int]) -> bool:
    if stamp.published and (stamp.named or stamp.labelled):
        return True
    own_line = stamp.start in lines and (stamp.end >= len(page) or page[stamp.end] == "\n")
    return own_line and (stamp.named or stamp.labelled)


def _read(page: str, start: int) -> Stamp | None:
    """Read one part after another from `start`; None where there is none.

    No more than `_MOST_PARTS`: else "Source: Xinhua" without end would be read anew from each of its repetitions.
    """
    stamp, at = Stamp(start, start), start
    for _ in range(_MOST_PARTS):
        end = read_part(page, at, stamp) if at < len(page) else None
        if end is None:
            break
        stamp.end = end
        at = _skip(page, end)
    return stamp if stamp.end > start else None


def _with_outlet_before(page: str, stamp: Stamp) -> Stamp:
    """The stamp with the outlet that stands before it in its line: `Xinhua | Updated: …`, `XinhuaUpdated: …`."""
    line = page.rfind("\n", 0, stamp.start) + 1
    name = outlet(page[line : stamp.start].rstrip(" |,\u00b7")) if stamp.start - line <= _LONGEST_OUTLET else None
    if name and not stamp.publisher:
        stamp.start, stamp.publisher, stamp.named = line, name, True
    return stamp


def _skip(page: str, at: int) -> int:
    """Over what stands between the parts of a stamp: blanks, bars, dots, commas."""
    limit = min(len(page), at + 400)
    while at < limit and (page[at].isspace() or page[at] in "|\u00b7\u2022,/"):
        at += 1
    return at


def read_part(page: str, at: int, stamp: Stamp, *, known_outlets: bool = True) -> int | None:
    """Take the part of a stamp that begins at `at` into `stamp`; where it ends, or None."""
    when = _when().match(page, at)
    if when and (stamp.published is None or when["label"]):
        stamp.published = stamp.published or day_of(when)
        stamp.labelled = stamp.labelled or ":" in (when["label"] or "") or bool(when["after"])
        return when.end()
    if (by := _by().match(page, at)) and not stamp.authors:
        return _take_names(page, by, stamp)
    if source := _source().match(page, at):
        return _take_source(page, source, stamp)
    if bracket := _bracket().match(page, at):
        name = bracket["outlet"].strip()
        stamp.publisher, stamp.named = stamp.publisher or outlet(name) or name, True
        return bracket.end()
    known = leading_outlet(page, at, len(page)) if known_outlets and stamp.end > stamp.start else None
    if known and (end := _take_outlet(page, at, known, stamp)):
        return end
    rest = _editor().match(page, at) or _email().match(page, at)
    return rest.end() if rest else _take_barred(page, at, stamp)


def _take_barred(page: str, at: int, stamp: Stamp) -> int | None:
    """An outlet that no table knows, between two bars of a stamp: `By Li Mei | Daily Economic Herald | Updated: …`."""
    barred = stamp.end > stamp.start and "|" in page[stamp.end : at]
    match = _BARRED.match(page, at) if barred and not stamp.publisher else None
    if match is None:
        return None
    stamp.publisher, stamp.named = match[1], True
    return match.end(1)


def _take_outlet(page: str, at: int, known: tuple[str, int], stamp: Stamp) -> int | None:
    """`| CHINA DAILY |`, `2024-01-11 Xinhua`: between bars, before a day or an editor, or to the line's end."""
    name, end = known
    after = _skip(page, end)
    closed = page[end : end + 2].lstrip(" ")[:1] in ("|", "\n", "") or _when().match(page, after)
    closed = closed or _editor().match(page, after)
    if not closed:
        return None
    stamp.publisher, stamp.named = stamp.publisher or name, True
    return end


def _take_names(page: str, by: re.Match[str], stamp: Stamp) -> int:
    """Writers one by one; "By Global Times" names the publisher, and "By Li Mei China Daily" both."""
    at, end = by.start("names"), by.start("names")
    while match := single_name().match(page, at, by.end("names")):
        first, last = match.span("name")
        name_end, publisher = _cut_outlet(page, first, last)
        if stamp.authors and is_outlet_like(page[first:name_end]):
            publisher = publisher or page[first:name_end]
        elif name_end > first and not outlet(page[first:name_end]):
            stamp.authors.append((first, name_end))
        stamp.publisher = stamp.publisher or publisher
        at = end = match.end()
    stamp.named = True
    return end


def _cut_outlet(page: str, start: int, end: int) -> tuple[int, str | None]:
    """Where the name in `start:end` ends when an outlet's name has run on to it."""
    words = [start, *(m.end() for m in re.finditer(r" ", page[start:end]))]
    for word in words:
        at = word if word == start else start + word
        if name := outlet(page[at:end]):
            return max(start, at - 1), name
    return end, None


def _take_source(page: str, match: re.Match[str], stamp: Stamp) -> int:
    """The source is a known outlet, or what stands before the next label, day, bar or wide gap."""
    start, end = match.span("source")
    known = leading_outlet(page, start, end)
    if known is None:
        stop = re.search(rf"\s{{2,}}|\s\w+:|\s(?:Editor|Updated|Published)\b|\s{DAY}|\s{_HOUR}", page[start : end + 12])
        end = min(end, start + stop.start()) if stop else end
        words = page[start:end].split()
        known = " ".join(words[:5]), (end if len(words) <= 6 else start + len(words[0]))
    stamp.publisher, stamp.named, stamp.labelled = known[0], True, True
    return known[1]
