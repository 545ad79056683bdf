"""Patterns for times of day: "9:30 a.m.", "3 p.m. Beijing time", "Tuesday morning", "noon on Friday", "overnight"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.dates.expressions import Calendar, Clock, Match, Nearby, Node, Shift, Within
from pipeline.stages.dates.lexicon import lexicon, words_of
from pipeline.stages.dates.points import day_of_month, read_point, the_day_beyond

if TYPE_CHECKING:
    from pipeline.stages.dates.lexemes import Lexemes

_MODS = {"early": "START", "late": "END", "mid": "MID"}


def clock(lex: Lexemes, i: int) -> Match | None:
    """A time by the clock, with its zone and its day: "14:00 on May 3", "11 o'clock Monday night"."""
    read = _read_clock(lex, i)
    if read is None:
        return None
    end, value = read
    end = _zone(lex, end)
    return _on_day(lex, end, value, "clock")


def daypart(lex: Lexemes, i: int) -> Match | None:
    """A part of a day: "the morning of Nov. 18", "midnight Monday", "in the evening", "early morning", "overnight"."""
    the = lex.words[i] == "the"
    at = i + 1 if the else i
    mod = _MODS.get(lex.words[at])
    at = at + (2 if lex.joined(at + 1) else 1) if mod else at
    value = lexicon().kinds["daypart"].get(lex.words[at])
    if the and (lex.words[at : at + 2] == ["hours", "of"] or lex.words[at : at + 3] == ["small", "hours", "of"]):
        return _early_hours(lex, at)
    if value is None or (lex.capital(at) and lex.capital(at + 1) and at > 0 and not _known_day(lex, at + 1)):
        return None
    value = value if value[0] == "T" else f"T{value}"
    dated = _on_day(lex, at + 1, value, "daypart", mod)
    if isinstance(dated.node, Clock) and dated.node.day is not None:
        return dated
    return dated if _stands_alone(lex, i, at, the=the) else None


def _early_hours(lex: Lexemes, at: int) -> Match | None:
    """Such as "the early hours of Friday", "the small hours of May 3"."""
    end = at + 1 if lex.words[at] == "hours" else at + 2
    found = _on_day(lex, end, "TMO", "early_hours", "START")
    return found if isinstance(found.node, Clock) and found.node.day is not None else None


def tonight(lex: Lexemes, i: int) -> Match | None:
    """Such as "tonight"."""
    return Match(i + 1, Clock("TNI", Shift("D", 0)), "tonight")


def with_daypart(lex: Lexemes, match: Match) -> Match:
    """Join a day and the part of it behind it: "Tuesday morning", "yesterday afternoon", "May 3 evening"."""
    mod = None
    node = match.node
    if not is_day(node):
        return match
    if match.rule == "iso_day":
        return _with_stamp(lex, match)
    at = match.end + 1 if lex.joined(match.end) else match.end
    if lex.words[at] in {"early", "late"}:
        mod, at = _MODS[lex.words[at]], at + 1
    value = lexicon().kinds["daypart"].get(lex.words[at])
    if value is None or lex.capital(at):
        return match
    value = value if value[0] == "T" else f"T{value}"
    return Match(at + 1, Clock(value, node, mod), "day_daypart")


def _with_stamp(lex: Lexemes, match: Match) -> Match:
    """Such as "2020-11-18 09:30:00": a stamp."""
    end, minute = _read_minute(lex, match.end + 1)
    hour = lex.words[match.end]
    if end == match.end + 1 or not hour.isdecimal() or len(hour) > 2 or int(hour) > 24:
        return match
    return Match(end, Clock(f"T{int(hour):02d}:{minute}", match.node), "stamp")


def is_day(node: Node) -> bool:
    """Whether an expression means one day."""
    if isinstance(node, Calendar):
        return node.day is not None or node.weekday is not None
    if isinstance(node, Shift):
        return node.unit == "D"
    if isinstance(node, Nearby | Within):
        return is_day(node.what)
    return False


def _read_clock(lex: Lexemes, i: int) -> tuple[int, str] | None:
    hour = lex.words[i]
    if not hour.isdecimal():
        return _dotted(lex, i)
    if len(hour) == 4:
        return _four_figures(lex, i)
    if len(hour) > 2 or int(hour) > 24:
        return None
    end, minute = _read_minute(lex, i + 1)
    half = _half_day(lex, end) or _worded_half(lex, end) or _shared_half(lex, end)
    if half is not None:
        return half[0], clock_value(int(hour), minute, half[1])
    full = lex.words[end : end + 3] == ["o", "'", "clock"]
    if full or (end > i + 1 and not _is_score(lex, i, end)):
        return end + 3 * full, f"T{int(hour):02d}:{minute}"
    return None


def _worded_half(lex: Lexemes, i: int) -> tuple[int, str] | None:
    """Such as "6:30 in the morning", "12 noon": words for the half of the day."""
    if lex.words[i] in {"noon", "midnight"} and lex.words[i - 1] == "12":
        return i + 1, "p" if lex.words[i] == "noon" else "a"
    if lex.words[i : i + 2] != ["in", "the"]:
        return None
    value = lexicon().kinds["daypart"].get(lex.words[i + 2])
    return None if value not in {"MO", "AF", "EV"} else (i + 3, "a" if value == "MO" else "p")


def _shared_half(lex: Lexemes, i: int) -> tuple[int, str] | None:
    """The half of the day that the second time says for both: "between 5 and 6 a.m.", "9-11 a.m."."""
    if lex.words[i] not in words_of("between_times") or not lex.words[i + 1].isdecimal() or len(lex.words[i + 1]) > 2:
        return None
    half = _half_day(lex, _read_minute(lex, i + 2)[0])
    return None if half is None else (i, half[1])


def _four_figures(lex: Lexemes, i: int) -> tuple[int, str] | None:
    """Such as "0730 GMT"."""
    hour, minute = lex.words[i][:2], lex.words[i][2:]
    if lex.words[i + 1] not in {"gmt", "utc", "est", "edt"} or int(hour) > 24 or int(minute) > 59:
        return None
    return i + 1, f"T{hour}:{minute}"


def _read_minute(lex: Lexemes, i: int) -> tuple[int, str]:
    """The minutes (and seconds) behind an hour: ":30", ":30:15"; "00" where none are written."""
    minute = lex.words[i + 1]
    tight = lex.words[i] == ":" and lex.glued(i) and lex.glued(i + 1)
    if not tight or len(minute) != 2 or not minute.isdecimal() or int(minute) > 59:
        return i, "00"
    seconds = lex.words[i + 2] == ":" and lex.glued(i + 2) and lex.words[i + 3].isdecimal()
    return (i + 4 if seconds else i + 2), minute


def _dotted(lex: Lexemes, i: int) -> tuple[int, str] | None:
    """Such as "9.30 a.m."."""
    hour, _, minute = lex.words[i].partition(".")
    half = _half_day(lex, i + 1)
    if half is None or len(minute) != 2 or not hour.isdecimal() or int(hour) > 12:
        return None
    return half[0], clock_value(int(hour), minute, half[1])


def clock_value(hour: int, minute: str, half: str) -> str:
    """The value of a twelve-hour time: ``clock_value(3, "00", "p")`` → ``"T15:00"``."""
    if hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02d}:{minute}"


def _half_day(lex: Lexemes, i: int) -> tuple[int, str] | None:
    word = lex.words[i]
    if word in {"am", "pm"}:
        return i + 1, word[0]
    if word in {"a", "p"} and lex.words[i + 1] == "." and lex.words[i + 2] == "m" and lex.glued(i + 1):
        return (i + 4 if lex.words[i + 3] == "." and lex.glued(i + 3) else i + 3), word
    return None


def _is_score(lex: Lexemes, i: int, end: int) -> bool:
    """Such as "won 10:08" is no time; "at 10:08" and "from 9:00 to 17:30" are."""
    if lex.words[end] in words_of("zone") or (lex.words[end] in words_of("zone_word") and lex.words[end + 1] == "time"):
        return False
    if lex.words[end] == "," and lex.words[end + 1] in lexicon().kinds["month"]:
        return False
    return lex.words[i - 1] not in words_of("before_clock")


def _zone(lex: Lexemes, i: int) -> int:
    at = i + 1 if lex.words[i] == "(" else i
    end = at
    if lex.words[at] in words_of("zone") and lex.raw[at].isupper():
        end = at + 1
    else:
        while lex.words[end] in words_of("zone_word") or (
            end - at < 3 and lex.capital(end) and "time" in lex.words[end + 1 : end + 3]
        ):
            end += 1
        if end > at and lex.words[end] == "time":
            end += 1
        else:
            return i
    if at > i:
        return end + 1 if lex.words[end] == ")" else i
    return end


def _on_day(lex: Lexemes, end: int, value: str, rule: str, mod: str | None = None) -> Match:
    at = end + 1 if lex.words[end] in {"on", "of", ","} else end
    alone = Match(end, Clock(value, None, mod), rule)
    if lex.words[end] == "," and not lex.capital(at):
        return alone
    day = the_day_beyond(lex, at) or (day_of_month(lex, at) if at > end else None) or read_point(lex, at)
    timed = with_daypart(lex, day) if day is not None and is_day(day.node) else _night_of(lex, at)
    if timed is None:
        return alone
    node = timed.node.day if isinstance(timed.node, Clock) and timed.node.day is not None else timed.node
    late = isinstance(timed.node, Clock) and timed.node.value in {"TNI", "TEV", "TAF"} and "T05" < value < "T12"
    value = clock_value(int(value[1:3]), value[4:], "p") if late else value
    return Match(timed.end, Clock(value, node, mod), rule + "_day")


def _night_of(lex: Lexemes, i: int) -> Match | None:
    """Such as "the night of Jan. 16" behind "10 p.m. on"."""
    if lex.words[i] != "the" or lex.words[i + 1] not in lexicon().kinds["daypart"] or lex.words[i + 2] != "of":
        return None
    day = read_point(lex, i + 3)
    if day is None or not is_day(day.node):
        return None
    value = lexicon().kinds["daypart"][lex.words[i + 1]]
    return Match(day.end, Clock(value if value[0] == "T" else f"T{value}", day.node), day.rule)


_STAYING = frozenset({"stay", "stays", "stayed", "staying"})
_STAYS = frozenset({"stay", "stays", "guest", "guests", "accommodation", "visitor", "visitors", "tourist", "tourists"})


def _known_day(lex: Lexemes, i: int) -> bool:
    kinds = lexicon().kinds
    return lex.words[i] in kinds["weekday"] or lex.words[i] in kinds["month"]


def _stands_alone(lex: Lexemes, i: int, at: int, *, the: bool) -> bool:
    word = lex.words[at]
    if word == "overnight":  # "guests who stay overnight" says how, not when
        return lex.words[i - 1] not in _STAYING and lex.words[at + 1] not in _STAYS
    if the:
        return lex.words[i - 1] in {"in", "during", "until", "by", "on"} and lex.words[at + 1] not in {
            "of",
            "before",
            "after",
        }
    if word in {"noon", "midnight", "midday", "dawn", "dusk", "sunset", "sunrise", "daybreak", "nightfall"}:
        return lex.words[i - 1] in words_of("before_daypart")
    return word == "night" and lex.words[i - 1] == "at"
