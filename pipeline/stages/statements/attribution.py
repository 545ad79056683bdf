"""From a cue to its statement: which words are said, and by whom.

Four shapes, each with its sentence:

- *before*: "Li Hua said (on Monday) that **exports rose**."
- *after*: "**Exports rose**, Li Hua said." · "**Exports rose**, said Li Hua, a broker, at a briefing."
- *inside*: "**"We lost," said Li, "but we learned."**" · "**The plan, Li said, will work.**"
- *tail*: "…, adding that **more will follow**", whose source is that of the cue before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.stages.statements.cues import Cue, find_cues
from pipeline.stages.statements.speakers import Mentions, Source, can_speak, head_of, phrase, resolve
from pipeline.stages.statements.verbs import Verb, noun_kind, not_sources, verbs
from pipeline.stages.statements.words import FINITE, Speech, Stretch, Words

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_ADJUNCT_TAGS = frozenset({"IN", "RB", "TO", "RBR", "RP"})
_DAYS = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "last",
        "this",
        "late",
        "early",
        "earlier",
        "later",
    }
)
_COMMAS = frozenset({",", "--", "\u2014", "\u2013", ";"})
_QUOTES = frozenset({'"', "''", "``", "'"})
_TERMINALS = frozenset({".", "!", "?"})
_SAYING = Verb("say", (), frozenset({"that", "clause", "quote"}), "any")
_OBJECTS = frozenset({"him", "them", "us", "me"})
_PERIODS = frozenset({"week", "month", "year", "morning", "afternoon", "evening", "spring", "summer", "autumn", "fall"})
_CONTRASTS = frozenset({"though", "although", "while", "but", "whereas"})
_RELATIVES = frozenset({"what", "whatever", "which", "who", "whom", "than", "how", "where"})
_LINKS = frozenset({"and", "but", "while", "or", "also", "as", "then"})


@dataclass(slots=True)
class Attribution:
    """A statement in words: what is said, the cue, the source, and the rule that found it."""

    content: Stretch
    cue: Cue | None
    source: Source | None
    rule: str


class Reader:
    """Reads the attributions of a document, sentence by sentence."""

    __slots__ = ("_mentions", "_words")

    def __init__(self, words: Words, mentions: Mentions) -> None:
        """Read `words`, and name sources by `mentions`."""
        self._words = words
        self._mentions = mentions

    def read_unit(self, unit: Stretch) -> list[Attribution]:
        """The attributions with a cue in one sentence, in the order of their cues."""
        found: list[Attribution] = []
        for cue in find_cues(self._words, unit.start, unit.end):
            attribution = self._read(cue, unit, found)
            if attribution is None or attribution.content.end - attribution.content.start < 2:
                continue
            if self._is_contrast(attribution) or not _is_nested(attribution, found):
                self._cut_previous(found, attribution)
                found.append(attribution)
        return found

    def _read(self, cue: Cue, unit: Stretch, found: list[Attribution]) -> Attribution | None:
        if cue.form == "source":
            return self._according(cue, unit)
        if cue.form == "participle":
            return self._participle(cue, unit, found)
        if cue.form == "quoted":
            return self._quoted(cue, unit)
        if self._is_inverted(cue, unit):
            return self._inverted(cue, unit)
        source = self._left_source(cue, unit, found)
        if source is None or not can_speak(self._words, source, cue.verb.subject):
            return None
        if self._is_relative(source, unit):
            return None
        if self._is_aside(cue, source, unit):
            return self._after(cue, source, unit)
        content = self._content_after(cue, unit, source)
        return Attribution(content, cue, source, f"{cue.verb.name}_before") if content else None

    def _is_relative(self, source: Source, unit: Stretch) -> bool:
        """`What the mayor thinks`, `than analysts expected`: nothing of it is said; "at which Li stressed" is."""
        words, i = self._words, source.start - 1
        return i >= unit.start and words.lower[i] in _RELATIVES and (i == unit.start or words.tags[i - 1] != "IN")

    # --- the source -------------------------------------------------------------------------------------------------

    def _resolved(self, source: Source, reach: int) -> Source:
        return resolve(self._words, self._mentions, source, reach)

    def _left_source(self, cue: Cue, unit: Stretch, found: list[Attribution]) -> Source | None:
        """The subject to the left: the parser's, that of the verb it is joined to, else the words before the verb."""
        words = self._words
        token = words.tokens[cue.at]
        subject = _subject(token)
        if subject is None or words.place(subject) > cue.at or self._is_misread(subject, cue, unit):
            subject = self._noun_before(cue, unit) or self._before_apposition(cue, unit) or subject
        if subject is None and (token.dep_ == "conj" or words.lower[cue.at - 1] in _LINKS):
            inherited = next((a.source for a in reversed(found) if a.cue and a.source and a.cue.at < cue.at), None)
            if inherited:
                return inherited
        if subject is None and (token.dep_ in ("conj", "xcomp") or words.lower[cue.at - 1] == "to"):
            subject = _subject_above(token)
        if subject is None:
            return None
        if words.place(subject) > cue.at:
            return None
        if subject.lower_ in ("who", "which", "that") and token.dep_ == "relcl":
            subject = token.head
        source = phrase(words, subject, unit.start, cue.at)
        return self._resolved(source, cue.at)

    def _is_misread(self, subject: Token, cue: Cue, unit: Stretch) -> bool:
        """`After denials from Li, his office said`: a subject that a preposition opens and a comma cuts off."""
        words = self._words
        start = words.place(subject.left_edge)
        opened = start == unit.start + 1 and words.tags[unit.start] == "IN"
        return opened and "," in words.lower[words.place(subject) : cue.at]

    def _noun_before(self, cue: Cue, unit: Stretch) -> Token | None:
        """The noun that ends right before the verb, adverbs and auxiliaries between left out."""
        words, i = self._words, cue.at - 1
        while i >= unit.start and self._is_between(i):
            i -= 1
        if i < unit.start or not words.tags[i].startswith(("NN", "PRP")):
            return None
        start = i
        while start > unit.start and words.lower[start - 1] not in _COMMAS | _QUOTES and words.tags[start - 1] not in (
            "IN", "CC", "VBD", "VBZ", "VBP", "MD",
        ):  # fmt: skip
            start -= 1
        token = words.tokens[i]
        while token.head is not token and start <= words.place(token.head) <= i:
            token = token.head
        return token

    def _before_apposition(self, cue: Cue, unit: Stretch) -> Token | None:
        """`Edwin Kwok, secretary for health, announced`: the name between two commas, or a comma and the start."""
        words = self._words
        if words.lower[cue.at - 1] != ",":
            return None
        for mention in reversed(self._mentions.within(words.starts[unit.start], words.starts[cue.at])):
            first, last = words.index(mention.extent.start), words.index(mention.extent.end - 1)
            opens = first == unit.start or words.lower[first - 1] in _COMMAS or words.closing(first - 1) is not None
            if opens and words.lower[last + 1] == "," and not words.finite(last, cue.at):
                return words.tokens[last]
        return None

    def _is_between(self, i: int) -> bool:
        """Whether a word can stand between subject and verb: adverbs, auxiliaries, "this week"."""
        words, token = self._words, self._words.tokens[i]
        adverb = words.tags[i] in ("RB", "MD") or token.dep_ in ("aux", "auxpass", "npadvmod")
        return adverb or token.head.dep_ == "npadvmod"

    # --- after: "…, said Li" ----------------------------------------------------------------------------------------

    def _is_inverted(self, cue: Cue, unit: Stretch) -> bool:
        """`…, said Li Hua, a broker`: a comma or an end mark before the verb, its noun after it, a clause before."""
        words, before, after = self._words, cue.start - 1, cue.end
        if before < 0 or after >= unit.end or cue.form != "finite":
            return False
        quote = self._quote_before(before, unit)
        if not ("aside" in cue.verb.takes or (quote and "quote" in cue.verb.takes)):
            return False
        if not (quote or (before >= unit.start and words.lower[before] in _COMMAS | _TERMINALS | {")"})):
            return False
        if (
            not words.tags[after].startswith(("NN", "DT", "PRP", "JJ", "CD", "VBN", "VBG", "FW"))
            or words.lower[after] == "that"
        ):
            return False
        subject = _subject(words.tokens[cue.at])
        stop = self._stop(after, unit.end)
        if subject is not None and words.place(subject) < cue.at:
            inside = quote is not None and words.place(subject) >= quote.start
            return inside or self._is_name_after(cue, subject, stop, unit)
        if words.finite(after, stop):
            return False
        return bool(quote) or words.any_finite(unit.start, before) or before < unit.start

    def _is_name_after(self, cue: Cue, subject: Token, stop: int, unit: Stretch) -> bool:
        """`…, half of them women, said Guo Liping, who …`: a name right of the verb, none to its left."""
        words = self._words
        if words.finite(cue.end, stop) or not words.any_finite(unit.start, words.place(subject.left_edge)):
            return False
        named = self._named(cue.end, stop)
        return named and not self._named(words.place(subject.left_edge), cue.at) and subject.tag_ != "PRP"

    def _named(self, start: int, end: int) -> bool:
        words = self._words
        return start < end and bool(self._mentions.within(words.starts[start], words.end_of(end - 1)))

    def _inverted(self, cue: Cue, unit: Stretch) -> Attribution | None:
        words = self._words
        stop = self._stop(cue.end, unit.end)
        subject = _subject(words.tokens[cue.at])
        if subject is None or not cue.end <= words.place(subject) < stop:
            end = cue.end
            while end < stop and not (
                end > cue.end and words.lower[end] in ("at", "in", "on", "during", "as", "after", "when")
            ):
                end += 1
            subject = head_of(words.tokens[cue.end : end])
        if subject is None:
            return None
        reach = max(stop, min(words.place(subject.right_edge) + 1, unit.end))
        source = self._resolved(phrase(words, subject, cue.end, stop), self._clause_end(reach, unit.end))
        if not can_speak(words, source, "any"):
            return None
        return self._content_before(cue, source, unit, cue.start, stop)

    def _is_aside(self, cue: Cue, source: Source, unit: Stretch) -> bool:
        """`…, Li said.`: the source begins after a comma or an end mark and nothing said follows the verb."""
        words = self._words
        before = source.start - 1
        if before >= unit.start and words.lower[before] == "as":
            before -= 1
        quote = self._quote_before(before, unit)
        if not ("aside" in cue.verb.takes or (quote and "quote" in cue.verb.takes)):
            return False
        if before < 0 or not (quote or (before >= unit.start and words.lower[before] in _COMMAS | {"?", "!"})):
            return False
        if quote and words.is_speech(quote):
            return True
        stop = self._stop(cue.end, unit.end)
        if "that" in words.lower[cue.end : stop] or words.finite(cue.end, stop) or self._opens_quote(stop, unit.end):
            return False
        closes = stop >= unit.end - 1 and stop == cue.end and before - unit.start >= 3
        if closes or (words.any_finite(unit.start, before) and not self._clause_right(cue, stop, unit)):
            return True
        return self._is_interruption(cue, stop, unit, source.start)

    def _clause_right(self, cue: Cue, stop: int, unit: Stretch) -> bool:
        """Whether the parser sees what is said begin right of the verb ("said the line, which opened in May, has …")."""
        words = self._words
        clause = next((c for c in words.tokens[cue.at].children if c.dep_ == "ccomp"), None)
        return clause is not None and words.place(clause) >= stop and words.place(clause.left_edge) < stop

    def _is_interruption(self, cue: Cue, stop: int, unit: Stretch, source_start: int) -> bool:
        """`The plan, Li said on Monday, will work`: only adjuncts between verb and comma, and a verb after it."""
        words = self._words
        adjunct = cue.end >= stop or words.tags[cue.end] in _ADJUNCT_TAGS or words.lower[cue.end] in _DAYS
        adjunct = adjunct or "object" in cue.verb.takes
        more = stop < unit.end - 2 and words.lower[stop] in _COMMAS
        return adjunct and more and (words.any_finite(stop, unit.end) or not words.any_finite(unit.start, source_start))

    def _after(self, cue: Cue, source: Source, unit: Stretch) -> Attribution | None:
        words = self._words
        before = source.start
        if words.lower[before - 1] == "as" and before - 1 > unit.start:
            before -= 1
        return self._content_before(cue, source, unit, before, self._stop(cue.end, unit.end))

    def _content_before(self, cue: Cue, source: Source, unit: Stretch, before: int, stop: int) -> Attribution | None:
        """What is said up to `before`, and beyond the attribution (`stop`) where that only interrupts it."""
        words = self._words
        quote = self._quote_before(before - 1, unit)
        start = unit.start
        if quote:
            start = self._start_with(quote.start, quote.first, unit)
        elif before > unit.start and (inside := words.quote_of[unit.start]) >= 0 and words.quotes[inside].closed:
            start = words.quotes[inside].first
        if start >= before:
            return None
        end, rule = before, "after"
        if quote and words.is_speech(quote):
            if (again := self._quote_again(stop, unit)) is not None:
                end, rule = again, "inside"
        elif not quote and self._goes_on(start, before, stop, unit):
            end, rule = unit.end, "inside"
        content = words.trimmed(start, end)
        return Attribution(content, cue, source, f"{cue.verb.name}_{rule}")

    def _start_with(self, mark: int, first: int, unit: Stretch) -> int:
        """Where a statement begins that ends with a quotation: the sentence, unless the quotation is one of its own."""
        words = self._words
        if (
            mark <= unit.start
            or words.lower[mark - 1] in _TERMINALS
            or words.unit_of[mark] != words.unit_of[unit.start]
        ):
            return first
        return unit.start if words.any_finite(unit.start, mark) or mark - unit.start > 1 else first

    def _quote_again(self, stop: int, unit: Stretch) -> int | None:
        """The end of the quotation that takes up an interrupted one: a comma, then an opening mark."""
        words = self._words
        for i in range(stop, min(unit.end, stop + 60)):
            if words.lower[i] in _TERMINALS or (words.tags[i].startswith("VB") and words.lower[i] in verbs()):
                return None
            opened = words.opening(i)
            if opened is not None:
                return opened.last if words.lower[i - 1] in (",", "--", "\u2014", ":") else None
        return None

    def _goes_on(self, start: int, before: int, stop: int, unit: Stretch) -> bool:
        """Whether a statement without marks goes on after its attribution: no verb has come yet."""
        words = self._words
        if stop >= unit.end - 2 or words.lower[stop] not in _COMMAS:
            return False
        return not words.finite(start, before)

    # --- before: "Li said that …" -----------------------------------------------------------------------------------

    def _content_after(self, cue: Cue, unit: Stretch, source: Source) -> Stretch | None:
        """What follows the cue: a quotation, a that-clause, a clause, or an infinitive where the verb takes one."""
        words = self._words
        quoted = self._quote_after(cue, unit)
        if quoted:
            return quoted
        start = self._clause_start(cue, unit, source)
        if start is None:
            return None
        end = min(self._content_end(start, unit), self._narrator(cue, start, unit), self._main_clause(cue, start, unit))
        return words.trimmed(start, end)

    def _main_clause(self, cue: Cue, start: int, unit: Stretch) -> int:
        """Where the main clause follows one with the cue: "As he says the line is safe, trains run again"."""
        words, token = self._words, self._words.tokens[cue.at]
        if token.dep_ != "advcl" or words.place(token.head) < cue.at:
            return len(words)
        subject = _subject(token.head)
        at = words.place((subject or token.head).left_edge) if subject else words.place(token.head)
        while at > start and words.lower[at] != ",":
            at -= 1
        return at if at > start else len(words)

    def _narrator(self, cue: Cue, start: int, unit: Stretch) -> int:
        """Where the writer takes over again: "Li conceded that …, but he did not withdraw it"."""
        words = self._words
        for child in words.tokens[cue.at].children:
            at = words.place(child)
            if child.dep_ == "cc" and start < at < unit.end and words.lower[at - 1] == "," and words.lower[at] == "but":
                joined = next((c for c in words.tokens[cue.at].conjuncts if words.place(c) > at), None)
                if joined is not None and _subject(joined) is not None:
                    return at - 1
        return len(words)

    def _quote_after(self, cue: Cue, unit: Stretch) -> Stretch | None:
        """`Li said: "…"`, `Li said on Monday, "…"`, `Li told Xinhua "…"`: through the quotation's end."""
        words = self._words
        if "quote" not in cue.verb.takes:
            return None
        for i in range(cue.end, min(unit.end, cue.end + 30)):
            quote = words.opening(i)
            if quote is not None:
                direct = i == cue.end or words.lower[i - 1] in (",", ":", "--", "\u2014")
                whole = direct and quote.closed and words.is_speech(quote) and not words.finite(cue.end, i)
                return words.trimmed(quote.first, max(quote.last, self._rest_of(quote.end, unit))) if whole else None
        if unit.end < len(words) and words.lower[unit.end - 1] == ":" and not words.any_finite(cue.end, unit.end - 1):
            quote = words.opening(unit.end)
            return Stretch(quote.first, quote.last) if quote and quote.closed else None
        return None

    def _rest_of(self, end: int, unit: Stretch) -> int:
        """The sentence's end where words follow a quotation in it that belong to what is said."""
        words = self._words
        rest = (
            end < unit.end and words.lower[end] not in _TERMINALS and words.lower[end - 2] not in _COMMAS | _TERMINALS
        )
        return self._content_end(end, unit) if rest else end

    def _known(self, source: Source) -> bool:
        """Whether a source is a name, a pronoun or a noun for people: what "tells" and "asks"."""
        words = self._words
        people = noun_kind(words.lower[source.head]) in ("person", "group", "organisation")
        return source.ref is not None or people or words.tags[source.head].startswith(("NNP", "PRP"))

    def _clause_start(self, cue: Cue, unit: Stretch, source: Source) -> int | None:
        words, takes = self._words, cue.verb.takes
        that = self._that_after(cue, unit)
        if that is not None and "that" in takes:
            return that + 1 if words.any_finite(that + 1, unit.end) or "quote" in takes else None
        if "whether" in takes and (question := self._question_after(cue, unit)) is not None:
            return question if self._known(source) else None
        stop = self._stop(cue.end, unit.end)
        colon = stop < unit.end and words.lower[stop] == ":" and "that" in takes
        if colon and not words.finite(cue.end, stop) and stop - cue.end <= 8 and words.any_finite(stop, unit.end):
            return stop + 1
        if takes & {"to", "somebody-to"} and (start := self._infinitive_start(cue, unit)) is not None:
            return start
        if "clause" in takes:
            return self._bare_start(cue, unit)
        return None

    def _that_after(self, cue: Cue, unit: Stretch) -> int | None:
        """The "that" which opens the clause: after the verb, with nothing but adjuncts or somebody told between."""
        words = self._words
        for i in range(cue.end, min(unit.end, cue.end + 25)):
            if words.lower[i] == "that" and words.tags[i] in ("IN", "WDT", "DT"):
                between = i - cue.end
                if words.tags[i] == "DT" and (between or not words.any_finite(i, unit.end)):
                    continue
                return i if not between or self._lets_through(cue, i) else None
            if words.tags[i] in ("VBD", "VBZ", "VBP", "MD", "VBG") or words.lower[i] in (":", ";"):
                return None
        return None

    def _lets_through(self, cue: Cue, that: int) -> bool:
        words = self._words
        first = cue.end
        adjunct = words.tags[first] in _ADJUNCT_TAGS or words.lower[first] in _DAYS | {","}
        if words.lower[first] in ("this", "last") and words.lower[first + 1] not in _PERIODS:
            adjunct = False
        if adjunct or "object" in cue.verb.takes:
            verb = words.tokens[that].head
            return words.tags[that] != "WDT" or verb.dep_ != "relcl"
        return False

    def _question_after(self, cue: Cue, unit: Stretch) -> int | None:
        words = self._words
        for i in range(cue.end, min(unit.end, cue.end + 6)):
            here = i == cue.end or "object" in cue.verb.takes
            if words.lower[i] in ("whether", "if") or (here and words.tags[i] in ("WP", "WRB", "WDT")):
                return i if words.any_finite(i, unit.end) or words.lower[i + 1 : i + 2] == ["to"] else None
        return None

    def _infinitive_start(self, cue: Cue, unit: Stretch) -> int | None:
        """`vowed to fight`, `urged banks to lend`, `called on them to help`: the infinitive with who is to do it."""
        words = self._words
        verb = words.tokens[cue.at]
        if words.lower[cue.end : cue.end + 1] == ["to"]:
            return cue.end if words.tags[cue.end + 1 : cue.end + 2] == ["VB"] and "to" in cue.verb.takes else None
        for child in verb.children:
            if child.dep_ in ("xcomp", "ccomp", "advcl") and words.place(child) > cue.at and _is_infinitive(child):
                return cue.end
            if child.dep_ == "dobj" and any(c.dep_ in ("relcl", "acl") and _is_infinitive(c) for c in child.children):
                return cue.end
        if cue.verb.particle:
            stop = self._stop(cue.end, unit.end)
            if any(
                words.lower[i] == "to" and words.tags[i + 1] == "VB" for i in range(cue.end, min(stop, len(words) - 1))
            ):
                return cue.end
        return None

    def _bare_start(self, cue: Cue, unit: Stretch) -> int | None:
        """A clause without "that": the parser's, else the words after adverbs and days."""
        words = self._words
        clause = next((c for c in words.tokens[cue.at].children if c.dep_ == "ccomp" and words.place(c) > cue.at), None)
        if clause is not None and _is_finite(clause):
            start = max(cue.end, words.place(clause.left_edge))
            if self._begins_clause(cue):
                start = cue.end
            return start if start < unit.end and words.lower[start] not in _COMMAS else start + 1
        start = cue.end
        while start < unit.end and (words.tags[start] == "RB" or words.lower[start] in _DAYS | {"on"}):
            start += 1
        if start >= unit.end or words.lower[start] in _COMMAS | _TERMINALS | _OBJECTS:
            return None
        if "aside" not in cue.verb.takes or not words.tags[start].startswith(
            ("NN", "PRP", "DT", "JJ", "CD", "EX", "IN")
        ):
            return None
        return start if self._has_verb(start, unit.end) else None

    def _has_verb(self, start: int, end: int) -> bool:
        """Whether a clause has a main verb: before its first comma, or later and none that reports."""
        words = self._words
        if words.finite(start, self._stop(start, end)):
            return True
        return words.finite(start, end) and not any(
            words.tags[i] in FINITE and words.lower[i] in verbs() for i in range(start, end)
        )

    def _begins_clause(self, cue: Cue) -> bool:
        """Whether the clause can only begin right after the verb: a noun stands there, and nobody is told."""
        words, i = self._words, cue.end
        noun = words.tags[i].startswith(("DT", "PRP", "EX", "NNP", "NNS")) and words.lower[i] not in _DAYS
        return noun and "object" not in cue.verb.takes

    def _content_end(self, start: int, unit: Stretch) -> int:
        """The sentence's end, or that of a quotation that a sentence's end stands in."""
        words = self._words
        number = words.quote_of[unit.end - 1]
        if number >= 0 and words.quotes[number].closed and words.quotes[number].start >= start:
            return max(unit.end, words.quotes[number].last)
        return unit.end

    # --- tail: ", adding that …" ------------------------------------------------------------------------------------

    def _participle(self, cue: Cue, unit: Stretch, found: list[Attribution]) -> Attribution | None:
        """`…, noting that …`, `a report saying that …`: the source is that of the verb above, or the noun before."""
        words = self._words
        token = words.tokens[cue.at]
        own = (
            token.dep_ in ("acl", "relcl")
            and words.lower[cue.at - 1] not in _COMMAS
            and token.head.tag_.startswith("NN")
        )
        source: Source | None
        if own:
            source = self._resolved(phrase(words, token.head, unit.start, cue.at), cue.at)
        else:
            source = next((a.source for a in reversed(found) if a.cue and a.cue.at < cue.at), None) or self._above(
                token, unit, cue
            )
        if source is None or not can_speak(words, source, cue.verb.subject):
            return None
        content = self._content_after(cue, unit, source)
        return Attribution(content, cue, source, f"{cue.verb.name}_{'noun' if own else 'tail'}") if content else None

    def _above(self, token: Token, unit: Stretch, cue: Cue) -> Source | None:
        subject = _subject_above(token)
        if subject is None or not unit.start <= self._words.place(subject) < cue.at:
            return None
        return self._resolved(phrase(self._words, subject, unit.start, cue.at), cue.at)

    def _cut_previous(self, found: list[Attribution], new: Attribution) -> None:
        """End an earlier statement where a later cue of the same source takes over: "…, adding", "… and warned"."""
        words = self._words
        cue = new.cue
        if cue is None or not found:
            return
        for i, old in enumerate(found):
            inside = old.content.start < cue.start < old.content.end
            if inside and (new.source is old.source or cue.form == "source" or new.rule.endswith("_tail")):
                end = cue.start
                while end > old.content.start and words.lower[end - 1] in _COMMAS | _LINKS:
                    end -= 1
                found[i] = replace(old, content=words.trimmed(old.content.start, end))
            elif inside and new.source and self._is_contrast(new):
                found[i] = replace(old, content=words.trimmed(old.content.start, new.source.start - 2))

    def _is_contrast(self, new: Attribution) -> bool:
        """Whether a clause begins with the source, "…, though they concede": there an earlier statement ends."""
        words, i = self._words, new.source.start - 1 if new.source else 0
        return i > 0 and words.lower[i] in _CONTRASTS and words.lower[i - 1] == ","

    # --- according to -----------------------------------------------------------------------------------------------

    def _according(self, cue: Cue, unit: Stretch) -> Attribution | None:
        """`According to Li, …`, `…, according to Li`, `…, according to data from the bureau, …`."""
        words = self._words
        head = next((c for c in words.tokens[cue.end - 1].children if c.dep_ == "pobj"), None)
        stop = self._stop(cue.end, unit.end)
        if head is None or not cue.end <= words.place(head) < unit.end:
            head = head_of(words.tokens[cue.end : stop])
        if head is None:
            return None
        source = phrase(words, head, cue.end, unit.end)
        if head.lower_ in not_sources() and source.end - source.start <= 2:
            return None
        edge = self._clause_end(max(source.end, min(words.place(head.right_edge) + 1, unit.end)), unit.end)
        source = self._resolved(source, max(edge, stop))
        opens = not words.any_finite(unit.start, cue.start)
        return self._after_source(cue, source, unit, edge) if opens else self._before_source(cue, source, unit)

    def _after_source(self, cue: Cue, source: Source, unit: Stretch, edge: int) -> Attribution | None:
        words = self._words
        start = edge
        while start < unit.end and words.lower[start] not in _COMMAS | {":"}:
            start += 1
        if start >= unit.end - 1:
            return None
        first = start + 1 if cue.start - unit.start <= 2 else unit.start
        quote = words.opening(first)
        end = quote.last if quote and quote.closed and words.is_speech(quote) else self._content_end(first, unit)
        return Attribution(words.trimmed(first, end), cue, source, "according_to_before")

    def _before_source(self, cue: Cue, source: Source, unit: Stretch) -> Attribution | None:
        words = self._words
        comma = words.lower[cue.start - 1] in _COMMAS or self._quote_before(cue.start - 1, unit) is not None
        if not comma and source.ref is None and noun_kind(words.lower[source.head]) is None:
            return None
        return self._content_before(cue, source, unit, cue.start, unit.end)

    # --- quoted as saying -------------------------------------------------------------------------------------------

    def _quoted(self, cue: Cue, unit: Stretch) -> Attribution | None:
        """`Li was quoted as saying that …`, `"…," Xinhua quoted Li as saying`."""
        words = self._words
        token = words.tokens[cue.at]
        subject = next((c for c in token.children if c.dep_ == "dobj" and words.place(c) < cue.end), None) or _subject(
            token
        )
        if subject is None:
            return None
        low = cue.at + 1 if words.place(subject) > cue.at else unit.start
        source = self._resolved(phrase(words, subject, low, cue.end), cue.end)
        outer = next((c for c in token.children if c.dep_ in _SUBJECTS), subject)
        before = min(words.place(outer.left_edge), source.start)
        quote = self._quote_before(before - 1, unit)
        if quote or (before > unit.start and words.lower[before - 1] in _COMMAS):
            return self._content_before(cue, source, unit, before, self._stop(cue.end, unit.end))
        content = self._content_after(replace(cue, verb=_SAYING), unit, source)
        return Attribution(content, cue, source, "quoted_as_saying") if content else None

    def _quote_before(self, i: int, unit: Stretch) -> Speech | None:
        """The quotation whose end mark is the word at `i`, if the attribution after it can be its own.

        Where the mark stands in the sentence before (parsers part '"Why?" she asked' in two), no full stop may close
        the quotation, and no paragraph end may part them.
        """
        words = self._words
        quote = words.closing(i)
        if quote is None or i >= unit.start:
            return quote
        apart = words.lower[i - 1] == "." or unit.start in words.block_starts
        return None if apart else quote

    # --- boundaries -------------------------------------------------------------------------------------------------

    def _stop(self, start: int, end: int) -> int:
        """The first comma, mark or end of a sentence from `start` on."""
        words = self._words
        for i in range(start, end):
            if words.lower[i] in _COMMAS | _QUOTES | _TERMINALS | {":"}:
                return i
        return end

    def _clause_end(self, start: int, end: int) -> int:
        """The first comma or end of a sentence from `start` on, over brackets."""
        words = self._words
        for i in range(start, end):
            if words.lower[i] in _COMMAS | _TERMINALS:
                return i
        return end

    def _opens_quote(self, stop: int, end: int) -> bool:
        words = self._words
        return any(words.opening(i) is not None for i in range(stop, min(stop + 2, end)))


def _is_nested(new: Attribution, found: list[Attribution]) -> bool:
    """A nameless source's words inside an indirect statement: "Li said many firms think …"."""
    if new.cue is None or new.source is None or new.source.ref is not None or not new.rule.endswith("_before"):
        return False
    outer = (a for a in found if a.source is not new.source and a.rule.endswith("_before"))
    return any(a.content.start <= new.cue.start and new.content.end <= a.content.end for a in outer)


def _subject(token: Token) -> Token | None:
    return next((child for child in token.children if child.dep_ in _SUBJECTS), None)


def _subject_above(token: Token) -> Token | None:
    """The subject of the nearest verb above that has one."""
    for _ in range(6):
        if token.head is token:
            return None
        token = token.head
        if (subject := _subject(token)) is not None:
            return subject
    return None


def _is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.children)


def _is_finite(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBZ", "VBP") or any(
        child.dep_ in ("aux", "auxpass", "cop") and child.tag_ in ("VBD", "VBZ", "VBP", "MD")
        for child in token.children
    )
