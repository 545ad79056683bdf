"""Lines above the body that are nothing but writer, outlet and day: the stamp of papers that no table knows."""

from __future__ import annotations

import re
from functools import cache

from pipeline.layout.days import DAY, day_of
from pipeline.layout.outlets import is_address, is_outlet_like, outlet
from pipeline.layout.stamp import EMPTY_LABEL, IN, NAME, PLACE, Stamp, read_part, single_name

Extent = tuple[int, int]

#: What parts the parts: bars, dots, dashes and slashes between spaces, commas, wide gaps, a bracket that opens nowhere.
_GAP = re.compile(r"(?:\.\s+|\s*[|\u00b7\u2022)]\s*|\s+[-/\u2013\u2014]+\s+|,\s+|\s*\n\s*|\s{2,})+")
_CHUNK = re.compile(
    r"(?:(?!\s*[|\u00b7\u2022)]|\s+[-/\u2013\u2014]+\s|,\s|\s{2,}|\s\(|\s(?:\w+ )?Editors?\s?:)[^\n]){1,80}"
)
#: "11:29 AM", "29 minutes ago", "2 Min Read": clocks beside a day.
_CLOCK = re.compile(
    r"(?:\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?!\w)|\d{1,3} (?:minute|hour|day|week|month|year)s? ago\b"
    r"|\d{1,3}[ -][Mm]in(?:ute)?s? [Rr]ead\b)"
)
#: "0 Comment(s)Print E-mail Xinhua, May 3, 2021", "… Download"
_BUTTONS = re.compile(
    r"(?:(?:\d{1,6}\s?)?(?:[Cc]omments?(?:\(s\)|\b)"
    r"|(?:Print|E-?mail|Share|Save|Bookmark|(?:App )?Download)(?![\w:'-]))\s{0,3})+"
)
#: "- Li Mei and Tom Grant": how some papers sign below the headline.
_SIGNED = re.compile(r"[-\u2013\u2014]{1,2}\s{0,2}(?=[A-Z])")
#: "(Daily Steppe News)"
_BRACKET = re.compile(r"\(\s?([^()\n]{2,60}?)\s?\)")
#: "Interview: Bo Yan", "Text: Ma Yining"
_WRITER = re.compile(r"(?:Interview(?:er)?|Text|Words|Story|Report(?:er|ing)?|Author|Writer)s?(?: by)?\s?:\s{0,2}")
#: "Ma Yining for Field and Table"
_FOR = re.compile(r" (?:for|of|at) (?=[A-Z])")
_SMALL = frozenset({"and", "of", "the", "&", "for", "in", "on", "de", "la"})
MOST_WORDS = 7
LONGEST = 200


@cache
def _person() -> re.Pattern[str]:
    return re.compile(rf"{NAME}(?:(?: and | & ){NAME})?")


@cache
def _seated() -> re.Pattern[str]:
    """`Emma Chan Siu-wai in Hong Kong`, `Ma Lin in Lhasa and Bo Yu in Xining`: writers with where they write."""
    return re.compile(rf"{NAME} in {PLACE}(?: and {NAME}{IN})?")


@cache
def _day() -> re.Pattern[str]:
    return re.compile(DAY)


@cache
def _single() -> re.Pattern[str]:
    return re.compile(NAME)


def read_stamp_line(page: str, line: Extent) -> Stamp | None:
    """The stamp that a whole line is, or None where some of it is anything else.

    ``"Shen Lingxi | Green Coast News | Updated: 2025-02-19"`` has a writer, an outlet and a day;
    ``"goqinling.com | Updated: 2025-02-19"`` has the address of its site for an outlet.
    """
    at, end = line
    if end - at > LONGEST:
        return None
    stamp = Stamp(at, end)
    opened = _SIGNED.match(page, at, end) or _GAP.match(page, at, end)
    at = opened.end() if opened else at
    while at < end:
        stop = _button(page, at, end) or read_part(page, at, stamp, known_outlets=False)
        stop = stop or _empty(page, at, stamp)
        stop = stop or _chunk(page, at, end, stamp)
        if stop is None or page[end:stop].strip():
            return None
        gap = _GAP.match(page, stop, end)
        at = gap.end() if gap and gap.end() > stop else stop + (page[stop : stop + 1] == " ")
    says_something = stamp.published or stamp.authors or is_outlet_like(stamp.publisher or "") or stamp.labelled
    return stamp if says_something else None


def is_signed(line: str) -> bool:
    """Whether a line begins with the dash before a signature: ``is_signed("- Li Mei and Tom Grant")`` → True."""
    return _SIGNED.match(line) is not None


def _button(page: str, at: int, end: int) -> int | None:
    """Over the buttons and counters that have run on to a stamp."""
    match = _BUTTONS.match(page, at, end)
    return match.end() if match else None


def _empty(page: str, at: int, stamp: Stamp) -> int | None:
    """Over a label without its value, or a clock without its day."""
    label = EMPTY_LABEL.match(page, at)
    stamp.labelled = stamp.labelled or label is not None
    match = label or _CLOCK.match(page, at)
    return match.end() if match else None


def _chunk(page: str, at: int, end: int, stamp: Stamp) -> int | None:
    """Take the words up to the next gap as a writer or as the outlet; where they end, or None."""
    if bracket := _BRACKET.match(page, at, end):
        return _take_bracket(bracket, stamp)
    if (label := _WRITER.match(page, at, end)) and (names := _person().match(page, label.end(), end)):
        _take_people(page, label.end(), names.end(), stamp)
        return names.end()
    match = _CHUNK.match(page, at, end)
    if match and not stamp.authors and _seated().fullmatch(match[0]) and _is_full_name(match[0].split(" in ")[0]):
        stamp.authors.extend(name.span("name") for name in single_name().finditer(page, at, match.end()))
        stamp.named = True
        return match.end()
    if match is None or not (_is_title_case(match[0]) or outlet(match[0]) or is_address(match[0])):
        return None
    return match.end() if _take_words(page, at, match, stamp) else None


def _take_words(page: str, at: int, match: re.Match[str], stamp: Stamp) -> bool:
    """Take words as a writer, an outlet, both, or a site's address; False where the stamp has them already.

    A name that comes later is better than an address.
    """
    if is_address(match[0]):
        stamp.publisher = stamp.publisher or match[0]
        return True
    by = _FOR.search(match[0])
    if by and _person().fullmatch(match[0], 0, by.start()) and not stamp.authors:
        _take_people(page, at, at + by.start(), stamp)
        stamp.publisher = stamp.publisher or match[0][by.end() :]
    elif is_outlet_like(match[0]) or (stamp.authors and not stamp.publisher):
        known = stamp.publisher if stamp.publisher and not is_address(stamp.publisher) else None
        stamp.publisher, stamp.named = known or outlet(match[0]) or match[0], True
    elif _person().fullmatch(match[0]) and not stamp.authors and _is_full_name(match[0]):
        _take_people(page, at, match.end(), stamp)
    elif not stamp.publisher:
        stamp.publisher, stamp.named = match[0], True
    else:
        return False
    return True


def _take_bracket(bracket: re.Match[str], stamp: Stamp) -> int | None:
    """`(Daily Steppe News)`, `(2018-09-28)`."""
    if day := _day().fullmatch(bracket[1]):
        stamp.published = stamp.published or day_of(day)
        return bracket.end()
    if not (is_outlet_like(bracket[1]) or is_address(bracket[1])):
        return None
    stamp.publisher, stamp.named = stamp.publisher or bracket[1], True
    return bracket.end()


def _take_people(page: str, start: int, end: int, stamp: Stamp) -> None:
    stamp.authors.extend(match.span() for match in _single().finditer(page, start, end))
    stamp.named = True


def _is_full_name(words: str) -> bool:
    """Two words or more, none of them an abbreviation beside others in small letters ("China SCIO")."""
    return len(words.split()) >= 2 and (words.isupper() or not any(word.isupper() for word in words.split()))


def _is_title_case(chunk: str) -> bool:
    found = chunk.split()
    return 1 <= len(found) <= MOST_WORDS and all(word[:1].isupper() or word in _SMALL for word in found)
