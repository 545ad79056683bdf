"""When a programme starts and ends, from the dates that hang on the verbs about it."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span

from pipeline.annotations import DateValue
from pipeline.stages.programmes.clauses import Event, governs
from pipeline.stages.programmes.mentions import Mention
from pipeline.stages.programmes.normalise import iso_date, most_precise

#: Verbs in the order in which their date is believed to be the start.
_RANK = {"start": 0, "issue": 1, "announce": 2}
_UNTIL = frozenset({"until", "till", "through", "to"})
_NOT_A_START = _UNTIL | {"before", "by"}
#: "the *second batch*", "a *new round*": later steps of a programme, and how far from its name they are read.
_BATCHES = frozenset({"batch", "phase", "round", "expansion"})
_LATER = frozenset(
    {"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "latest", "new", "another", "next", "last"}
)
_STEPS = _BATCHES | {"round", "step", "stage", "trial", "batch"}
_FIRST = frozenset({"first", "initial", "opening"})
_REACH = 8
_NEAR = 3


class Dates:
    """The dates of a document by sentence, looked up often and built once."""

    def __init__(self, doc: Doc) -> None:
        self._by_sentence: dict[int, list[Span]] = {}
        for span in doc.spans.get("dates", ()):
            self._by_sentence.setdefault(span.root.sent.start, []).append(span)

    def of(self, sentence: Span) -> list[Span]:
        """The dates of a sentence, in text order."""
        return self._by_sentence.get(sentence.start, [])


def start_of(doc: Doc, mentions: Iterable[tuple[Mention, list[Event]]], dates: Dates) -> str | None:
    """The ISO date on which a programme began.

    Of launching before issuing, the first, the precise one of two that agree; a later batch has dates of its own.
    """
    ranked: dict[int, list[str]] = {}
    for mention, events in mentions:
        sentence = doc[mention.head].sent
        for span in dates.of(sentence):
            value = _iso(span)
            if value is None:
                continue
            if _is_of_later_batch(doc, mention, span):
                continue
            for event in events:
                if event.group in _RANK and governs(event.verb, span.root) and _before(doc, span) not in _NOT_A_START:
                    ranked.setdefault(_RANK[event.group], []).append(value)
            if _from(doc, span, mention) or _since(doc, span, mention, events) or _opens(doc, span, mention):
                ranked.setdefault(0, []).append(value)
    if not ranked:
        return None
    dated = ranked[min(ranked)]
    return most_precise([min(dated), *dated])


def _is_of_later_batch(doc: Doc, mention: Mention, span: Span) -> bool:
    """Whether a date is that of a later step: "a *second batch* of the pilot was launched in *2019*"."""
    sentence = doc[mention.head].sent
    for i in range(max(sentence.start + 1, mention.start - _REACH), min(span.start, mention.end + _REACH)):
        if doc[i].lower_ in _BATCHES and doc[i - 1].lower_ in _LATER:
            return True
    return False


def period_of(doc: Doc, mention: Mention, dates: Dates) -> tuple[str | None, str | None]:
    """The years in brackets behind a name: "action plan for energy storage (2023-25)" → ("2023", "2025")."""
    if mention.end + 1 >= len(doc) or doc[mention.end].text != "(":
        return None, None
    inside = [
        span for span in dates.of(doc[mention.head].sent) if mention.end < span.end and span.start <= mention.end + 2
    ]
    value = _value(inside[0]) if inside else None
    if value is None or value.earliest is None or value.latest is None or value.earliest.year == value.latest.year:
        return None, None
    return str(value.earliest.year), str(value.latest.year)


def end_of(doc: Doc, mentions: Iterable[tuple[Mention, list[Event]]], dates: Dates) -> str | None:
    """The ISO date up to which a programme runs: "runs until the end of 2024", "will end in October 2025"."""
    for mention, events in mentions:
        for span in dates.of(doc[mention.head].sent):
            value = _iso(span)
            if value is None:
                continue
            for event in events:
                if event.group == "end" and governs(event.verb, span.root):
                    return value
                if event.group in ("run", "start") and _is_end(doc, span) and governs(event.verb, span.root):
                    return value
    return None


def _from(doc: Doc, span: Span, mention: Mention) -> bool:
    """Whether a date opens what a programme brings: "*from July under* the Health File Scheme"."""
    under = span.end < len(doc) and doc[span.end].lower_ == "under" and 0 < mention.start - span.end <= _NEAR
    return under and _before(doc, span) == "from"


def _opens(doc: Doc, span: Span, mention: Mention) -> bool:
    """Whether a date is that of the first step: "the *initial round* of the procurement program *in May 2020*"."""
    first = max(mention.start - _REACH, doc[mention.head].sent.start + 1)
    step = any(doc[i].lower_ in _STEPS and doc[i - 1].lower_ in _FIRST for i in range(first, mention.start))
    return step and 0 <= span.start - mention.end <= _NEAR and _before(doc, span) in ("in", "on")


def _since(doc: Doc, span: Span, mention: Mention, events: list[Event]) -> bool:
    """Whether "since" dates the programme itself: "has run since 2020", "since late 2021, a trial has been …"."""
    before = _before(doc, span)
    if before != "since":
        return False
    above = list(span.root.ancestors)
    if any(governs(event.verb, span.root) for event in events) or any(token.i == mention.head for token in above):
        return True
    verb = next((token for token in above if token.pos_ == "VERB"), None)
    return verb is not None and verb in doc[mention.head].ancestors


def _before(doc: Doc, span: Span) -> str:
    i = span.start - 1
    while i > 0 and doc[i].lower_ in ("the", "end", "of", "early", "late", "mid", "-"):
        i -= 1
    return doc[i].lower_ if i >= 0 else ""


def _is_end(doc: Doc, span: Span) -> bool:
    return _before(doc, span) in _UNTIL


def _value(span: Span) -> DateValue | None:
    value = span._.date
    return value if isinstance(value, DateValue) else None


def _iso(span: Span) -> str | None:
    value = _value(span)
    if value is None or value.type != "DATE" or value.mod in ("BEFORE", "AFTER"):
        return None
    return iso_date(value.value)
