"""Why a number is no claim: names, ordinals, scores, codes, ages, durations, "one" as a pronoun.

Each rule looks at the atoms around a number and at its tokens, and says in one word what the number is instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.annotations import Extent
from pipeline.resources import words
from pipeline.stages.claims.atoms import is_glued, text_at
from pipeline.stages.claims.index import DocIndex, Sentence
from pipeline.stages.claims.numerals import Atoms
from pipeline.stages.claims.patterns import ISO_DAY, ISO_TAIL
from pipeline.stages.claims.quantities import is_number_atom
from pipeline.stages.claims.quantity import Quantity


class Reason(NamedTuple):
    """What a number is instead of a claim; `record` is the start of the date that took it."""

    outcome: str
    detail: str
    record: int | None = None


@dataclass(frozen=True)
class Seen:
    """A number with what stands around it."""

    quantity: Quantity
    atoms: Atoms
    index: DocIndex
    first: Token
    sentence: Sentence

    def before(self, steps: int = 1) -> str:
        """The lower-case atom that many steps before the number."""
        return text_at(self.atoms, self.quantity.first - steps)

    def after(self, steps: int = 0) -> str:
        """The lower-case atom that many steps after the number with its unit."""
        return text_at(self.atoms, self.quantity.stop + steps)

    @property
    def bare(self) -> bool:
        """Whether it is a plain digit group without sign or unit."""
        return self.quantity.form == "digits" and not self.quantity.signed and self.quantity.unit.symbol == "1"

    @property
    def surface(self) -> str:
        """The atom that the number begins with."""
        return self.atoms[self.quantity.first].text


def why_not(seen: Seen) -> Reason | None:
    """The first reason why a number is no claim, or None: it is one."""
    for rule in _RULES:
        reason = rule(seen)
        if reason is not None:
            return reason
    return None


def _date(seen: Seen) -> Reason | None:
    """As in "in the first 10 months", "May 14"."""
    found: Extent | None = seen.index.dates.touching(seen.quantity.start, seen.quantity.end)
    if found and seen.quantity.form == "fraction" and found.end == seen.quantity.end and _of_amount(seen):
        return None
    return Reason("date", "part of a temporal expression", found.start) if found else None


def _of_amount(seen: Seen) -> bool:
    """As in "a quarter of its total", "a quarter more" are shares, whatever else "a quarter" may be."""
    times = words("claims/time_units")
    if seen.after() in words("claims/fraction_comparatives"):
        return True
    return seen.after() == "of" and not any(seen.after(step) in times for step in (1, 2, 3))


def _unreadable(seen: Seen) -> Reason | None:
    """As in "1,00,000" or thirty digits on end: no amount that can be told for sure."""
    unreadable = seen.quantity.form == "unreadable"
    return Reason("code", "digits that are no readable amount") if unreadable else None


def _calendar_day(seen: Seen) -> Reason | None:
    """As in "2020-10-30", "March 11" where no temporal expression was found: still a day, never a quantity."""
    if seen.quantity.form != "digits" or seen.quantity.signed or seen.quantity.unit.symbol != "1":
        return None
    joined = seen.before() in ("-", "/") and is_glued(seen.atoms, seen.quantity.first)
    tail = joined and seen.before(2).isdecimal() and (len(seen.before(2)) == 4 or seen.before(3) in ("-", "/"))
    follows = seen.before() in ("and", "to", "-") and _dated(seen, 2) and seen.quantity.value <= 31
    if follows and not _counts_something(seen):
        return Reason("date", "a calendar day")
    text = seen.index.text[seen.quantity.start : seen.quantity.end + 3]
    iso = ISO_DAY.match(text) is not None or (tail and ISO_TAIL.match(text) is not None)
    month = seen.before() in words("claims/months") or (
        seen.before(2) in words("claims/months") and seen.before() == "."
    )
    named = month and seen.quantity.value <= 31 and seen.atoms[seen.quantity.first - 1].text[0] not in "m"
    return Reason("date", "a calendar day") if iso or named else None


def _in_name(seen: Seen) -> Reason | None:
    """As in "No. 2 Middle School", "Bank of the Three Gorges": inside a name that an earlier stage found."""
    if seen.quantity.signed:
        return None
    bare = seen.atoms[seen.quantity.first : seen.quantity.number_stop]
    core = [atom for atom in bare if atom.kind == "digits"] or list(bare)
    found = seen.index.names.touching(core[0].start, core[-1].end)
    return Reason("name", "part of a name") if found else None


def _code(seen: Seen) -> Reason | None:
    """As in "COVID-19", "G20", "F-35", "5G", "CR450", "600519.SH": digits grown together with letters."""
    quantity, atoms = seen.quantity, seen.atoms
    if quantity.form not in ("digits", "ordinal") or quantity.signed:
        return None
    tied = is_glued(atoms, quantity.first)
    before = atoms[quantity.first - 1] if tied else None
    if before is not None and before.kind == "word":
        return Reason("designation", "digits tied to letters")
    if before is not None and before.text in ("-", ".", "/", "_", "@", ":") and is_glued(atoms, quantity.first - 1):
        earlier = atoms[quantity.first - 2]
        if earlier.kind == "word" and quantity.unit.symbol == "1":
            return Reason("designation", "digits tied to letters")
    if is_glued(atoms, quantity.stop) and atoms[quantity.stop].kind == "word":
        return Reason("designation", "letters tied to digits")
    return None


def _telephone(seen: Seen) -> Reason | None:
    """As in "call 010-6512 3456", "the 12345 hotline"."""
    if not seen.bare or "," in seen.surface:
        return None
    near = {seen.before(step) for step in range(1, 5)} | {seen.after(step) for step in range(3)}
    dialled = near & words("claims/telephone_words") and len(seen.surface) >= 3
    chained = (
        seen.after() == "-"
        and is_glued(seen.atoms, seen.quantity.stop)
        and len(seen.after(1)) >= 7
        and seen.after(1).isdecimal()
    )
    return Reason("telephone", "a number to call") if dialled or chained else None


def _clock(seen: Seen) -> Reason | None:
    """As in "10:30", "2:1" is a ratio or a score."""
    colon = seen.after() == ":" and is_glued(seen.atoms, seen.quantity.stop)
    tail = seen.before() == ":" and is_glued(seen.atoms, seen.quantity.first)
    if not seen.bare or not ((colon and seen.after(1).isdecimal()) or (tail and seen.before(2).isdecimal())):
        return None
    minutes = seen.after(1) if colon else seen.surface
    return Reason("time", "a time of day") if len(minutes) == 2 else Reason("score", "a score or a ratio")


def _score(seen: Seen) -> Reason | None:
    """As in "won 3-2", "beat them 21-18"; a hyphen between two plain numbers that is no range."""
    if not seen.bare or (seen.quantity.between and not _in_sport(seen)):
        return None
    following = seen.after() in ("-", "–") and is_glued(seen.atoms, seen.quantity.stop) and seen.after(1).isdecimal()
    led = seen.before() in ("-", "–") and is_glued(seen.atoms, seen.quantity.first) and seen.before(2).isdecimal()
    ranged = (
        seen.quantity.between and _in_sport(seen) and "-" in seen.index.text[seen.quantity.start : seen.quantity.end]
    )
    return Reason("score", "a score") if following or led or ranged else None


def _in_sport(seen: Seen) -> bool:
    return bool(seen.sentence.words & words("claims/sport_words"))


def _listing(seen: Seen) -> Reason | None:
    """As in "1. Improve the rules", "(2)", "【3】" at the head of a sentence or alone between brackets."""
    if not seen.bare or seen.quantity.value > 99 or "." in seen.surface:
        return None
    bracketed = seen.before() in ("(", "【", "[") and seen.after() in (")", "】", "]")
    leading = seen.first.i == seen.sentence.span.start and seen.after() in (".", ")", "、")
    return Reason("list", "the number of a list item") if bracketed or leading else None


def _ordinal(seen: Seen) -> Reason | None:
    """As in "the fourth meeting", "first, …", "the 13th"."""
    return Reason("ordinal", "an ordinal that enumerates") if seen.quantity.form == "ordinal" else None


def _age(seen: Seen) -> Reason | None:
    """As in "the 45-year-old farmer", "aged 60", "Li, 32, said", "at the age of 27"."""
    if seen.quantity.unit.symbol != "1":
        return None
    after = [seen.after(step) for step in range(5)]
    of_years = "old" in after[1:5] and any(word in ("year", "years", "month", "months") for word in after[:2])
    aged = seen.before() in ("aged", "age", "ages") or (seen.before() == "of" and seen.before(2) in ("age", "ages"))
    person = seen.index.names.touching(seen.quantity.start - 3, seen.quantity.start) is not None
    apposed = seen.bare and seen.before() == "," and after[0] in (",", ".") and seen.quantity.value < 120
    proper = seen.first.i > 1 and seen.first.nbor(-2).tag_ == "NNP"
    return Reason("age", "a person's age") if of_years or aged or (apposed and (person or proper)) else None


def _duration(seen: Seen) -> Reason | None:
    """As in "a two-day visit", "three hours": time is no claim even where no temporal expression was found."""
    if seen.quantity.unit.symbol != "1" or seen.quantity.form in ("multiple", "fraction"):
        return None
    step = 1 if seen.quantity.joined else 0
    if seen.after(step) in ("more", "consecutive", "straight", "full", "whole"):
        step += 1
    if seen.after(step) == "of" and seen.quantity.form == "vague":
        step += 1
    return Reason("duration", "a length of time") if seen.after(step) in words("claims/time_units") else None


def _year(seen: Seen) -> Reason | None:
    """As in "2019" alone, where it counts nothing."""
    if not seen.bare or len(seen.surface) != 4 or not 1900 <= seen.quantity.value <= 2100:
        return None
    if seen.before() in words("claims/year_cues") or seen.after() in ("level", "levels", "figures", "prices"):
        return Reason("year", "a calendar year")
    counted = seen.index.span(seen.quantity.start, seen.quantity.end)[-1]
    following = counted.doc[counted.i + 1 : min(counted.i + 4, seen.sentence.span.end)]
    return None if any(token.tag_ == "NNS" for token in following) else Reason("year", "a calendar year")


def _designator(seen: Seen) -> Reason | None:
    """As in "Article 23", "Room 402", "No. 5", "page 4", "top 10", "Fortune 500", "Group of 20"."""
    if seen.quantity.unit.symbol != "1" or seen.quantity.unit.kind == "rank" or seen.quantity.scaled_up:
        return None
    if seen.before() == "number" and _numbers(seen):
        return None
    before = seen.before(2) if seen.before() in (".", "#") else seen.before()
    if before in ("top", "fortune", "forbes") or (before == "global" and seen.before(2) == "fortune"):
        return Reason("designation", "the length of a ranking")
    named = seen.before() == "of" and seen.before(2) == "group"
    lettered = before in words("claims/designators") and seen.quantity.form in ("digits", "words")
    typed = lettered and seen.quantity.form == "digits" and seen.quantity.stop < len(seen.atoms)
    typed = typed and seen.atoms[seen.quantity.stop].text.isupper()
    if named or typed or (lettered and not _counts_something(seen, strict=True)):
        return Reason("designation", f"numbers a {before}")
    return None


#: What stands before a verb in its base form.
_BEFORE_VERB = frozenset({"will", "would", "may", "might", "can", "could", "shall", "should", "must", "now"})


def _numbers(seen: Seen) -> bool:
    """As in "The zones will number 12", "Pilot zones to number 10": "number" is the verb."""
    number = seen.first.nbor(-1) if seen.first.i > seen.sentence.span.start + 1 else seen.first
    if number == seen.first or number.text != "number":
        return False
    earlier = number.nbor(-1)
    to = earlier.lower_ == "to" and earlier.i > seen.sentence.span.start and earlier.nbor(-1).tag_ in ("NNS", "NNPS")
    return to or earlier.lower_ in _BEFORE_VERB or number.tag_ in ("VB", "VBP")


def _capitalised(seen: Seen) -> Reason | None:
    """As in "Hualong One", "Web 3.0", "Mate 60", "Boeing 737": a number that ends a capitalised name."""
    if seen.quantity.unit.symbol != "1" or seen.quantity.form not in ("digits", "words") or seen.quantity.first == 0:
        return None
    before = seen.atoms[seen.quantity.first - 1]
    word = seen.first.nbor(-1) if seen.first.i else seen.first
    apostrophe = _begins_run(seen).isupper() and "'" in (word.text, seen.before(2))
    name = before.kind == "word" and (apostrophe or (word.text[0].isupper() and len(word.text) > 1))
    if not name or seen.quantity.scaled_up:
        return None
    if seen.surface.endswith(".0") and not _counts_something(seen):
        return Reason("designation", "the end of a name")
    opening = seen.first.i <= seen.sentence.span.start + 1 and not apostrophe
    found = seen.index.names.touching(before.start, before.end) is not None and not seen.sentence.is_title_case
    if opening or _counts_something(seen) or not (found or apostrophe or word.tag_ in ("NNP", "NNPS")):
        return None
    return Reason("designation", "the end of a name")


def _begins_run(seen: Seen) -> str:
    """The first letter of the unbroken run before the number: "Chang'e" → C."""
    position = seen.quantity.first - 1
    while position > 0 and seen.atoms[position].glued:
        position -= 1
    return seen.atoms[position].text[0]


def _inside_name(seen: Seen) -> Reason | None:
    """As in "Three Gorges", "Two Sessions", "Five-Year Plan": a capitalised number word before a capitalised noun."""
    quantity = seen.quantity
    joint = 1 if quantity.joined else 0
    phrase = f"{seen.surface.lower()} {seen.after(joint)}"
    if phrase in words("claims/numbered_names"):
        return Reason("name", "part of a set name")
    following = seen.atoms[quantity.stop + joint] if quantity.stop + joint < len(seen.atoms) else None
    if quantity.form != "words" or following is None or following.kind != "word" or seen.sentence.is_title_case:
        return None
    inside = seen.first.i > seen.sentence.span.start and seen.surface[0].isupper()
    return Reason("name", "part of a name") if inside and following.text[0].isupper() else None


def _joined(seen: Seen) -> Reason | None:
    """As in "two-way trade", "five-star hotel", "zero-COVID", "one-stop": a number grown into an adjective."""
    if not seen.quantity.joined or seen.quantity.unit.symbol != "1":
        return None
    if seen.after(1) in words("claims/fixed_compounds"):
        return Reason("designation", "part of a compound word")
    zero = seen.quantity.value == 0 and not seen.after(1).isdecimal()
    return Reason("designation", "part of a compound word") if zero else None


def _zero(seen: Seen) -> Reason | None:
    """As in "zero tolerance", "zero carbon" name a principle."""
    principle = seen.quantity.value == 0 and seen.after() in words("claims/zero_names")
    return Reason("designation", "a principle") if principle else None


def _one(seen: Seen) -> Reason | None:
    """As in "one of them", "the one", "one day": a pronoun or an article, unless a bound or a contrast counts it."""
    quantity = seen.quantity
    if seen.surface.lower() == "two" and (seen.before(2), seen.before()) == ("between", "the"):
        # "trade between the two rose"; "between the two ports" counts ports
        return None if _counts_something(seen) else Reason("pronoun", "the two as a pronoun")
    if seen.surface.lower() == "two" and _stands_for_two(seen):
        return Reason("pronoun", "the two as a pronoun")
    if seen.surface.lower() != "one" or quantity.value != 1 or quantity.unit.kind != "count":
        return None
    if quantity.high is not None and _counts_something(seen):
        # "one or two batches a year"
        return None
    bounded = seen.before() in ("only", "just", "than", "least", "exactly", "plus", "nearly", "almost", "under", "over")
    listed = seen.before() == "and" and any(
        is_number_atom(a) for a in seen.atoms[max(0, seen.quantity.first - 6) : seen.quantity.first]
    )
    contrast = seen.after() == "out" or listed or (seen.after(1) == "and" and _number_near(seen))
    if (bounded or contrast) and _counts_something(seen):
        return None
    return Reason("pronoun", "one as a pronoun or an article")


def _stands_for_two(seen: Seen) -> bool:
    """As in "He met a lender. The two were brought together": two who were named, not two of what was counted."""
    following = seen.first.nbor(1) if seen.first.i + 1 < seen.sentence.span.end else seen.first
    opens = seen.first.i == seen.sentence.span.start + 1 or seen.before(2) in (",", "and", "that")
    doing = following.pos_ in ("AUX", "VERB") or following.tag_ in ("MD", "RB")
    if seen.before() != "the" or not opens or not doing or _counts_something(seen):
        return False
    earlier = seen.atoms[max(0, seen.quantity.first - _RECENT) : seen.quantity.first]
    return not any(atom.lower in ("two", "2") for atom in earlier)


#: Atoms back to a "two" that "the two" may count again.
_RECENT = 150


def _number_near(seen: Seen) -> bool:
    near = seen.atoms[seen.quantity.stop : seen.quantity.stop + 4]
    return any(is_number_atom(atom) and atom.lower != "one" for atom in near)


def _counts_something(seen: Seen, *, strict: bool = False) -> bool:
    """Whether a lower-case plural noun, or a noun at all for "one", follows within its noun phrase."""
    token = seen.index.span(seen.quantity.start, seen.quantity.end)[-1]
    end = min(seen.sentence.span.end, token.i + 6)
    for follower in seen.index.doc[token.i + 1 : end]:
        if follower.tag_ == "NNS" and not follower.text[0].isupper():
            return not strict or follower.i > token.i
        if seen.quantity.value == 1 and follower.tag_ == "NN":
            return True
        if follower.tag_ not in ("JJ", "JJR", "JJS", "NN", "NNP", "VBN", "VBG", "HYPH", "POS", "CD", ",", "CC", "NNPS"):
            return follower.lower_ == "of" and seen.quantity.form == "vague"
    return False


def _denominator(seen: Seen) -> Reason | None:
    """As in "80 per 100,000", "12 beds per 1,000 people": what a rate is counted on; never "per cent"."""
    rated = seen.before() == "per" and seen.quantity.unit.symbol == "1" and seen.quantity.form in ("digits", "words")
    return Reason("rate", "what a rate is counted on") if rated else None


def _frequency(seen: Seen) -> Reason | None:
    """As in "24/7", "9/11", "50-50": a set phrase of two numbers."""
    if not seen.bare:
        return None
    after = seen.after() == "/" and is_glued(seen.atoms, seen.quantity.stop) and seen.after(1).isdecimal()
    before = seen.before() == "/" and is_glued(seen.atoms, seen.quantity.first) and seen.before(2).isdecimal()
    return Reason("designation", "a set phrase of two numbers") if after or before else None


def _huge(seen: Seen) -> Reason | None:
    """Digits that run on without separators are a code."""
    return (
        Reason("code", "a run of digits") if seen.bare and seen.surface.isdecimal() and len(seen.surface) > 9 else None
    )


def _dated(seen: Seen, steps: int) -> bool:
    """Whether the atom so many steps before is a day in a temporal expression: "Sept 4 and 5"."""
    position = seen.quantity.first - steps
    if position < 0 or not seen.atoms[position].text.isdecimal() or len(seen.atoms[position].text) > 2:
        return False
    return seen.index.dates.touching(seen.atoms[position].start, seen.atoms[position].end) is not None


_RULES: tuple[Callable[[Seen], Reason | None], ...] = (
    _date,
    _unreadable,
    _calendar_day,
    _in_name,
    _code,
    _denominator,
    _ordinal,
    _age,
    _duration,
    _telephone,
    _clock,
    _score,
    _frequency,
    _listing,
    _joined,
    _zero,
    _inside_name,
    _one,
    _year,
    _designator,
    _capitalised,
    _huge,
)
