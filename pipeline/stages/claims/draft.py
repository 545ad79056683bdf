"""A claim in the making: the number and its place, and the slots as the rules fill them."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from pipeline.annotations import Extent, FlagValue, Ref
from pipeline.schema import Change, Comparator, Relation
from pipeline.stages.claims.index import Sentence
from pipeline.stages.claims.quantity import Quantity

_RATE_WORDS = frozenset({"year", "month", "quarter", "week", "on", "over", "-", "annual", "yearly", "monthly"})


@dataclass(slots=True)
class Draft:
    """One claim while its slots are being filled; `lead` is where its modifier, or else the number, begins."""

    quantity: Quantity
    span: Span
    sentence: Sentence
    rule: str
    lead: int
    comparator: Comparator = "="
    modifier: str | None = None
    change: Change | None = None
    basis: str | None = None
    measure: str | None = None
    measure_rule: str = ""
    regions: tuple[Ref, ...] = ()
    region_rule: str = ""
    date: int | None = None
    date_until: int | None = None
    date_rule: str = ""
    speaker: Ref | None = None
    related: Draft | None = None
    relation: Relation | None = None
    tail: int = 0
    #: Whether it changes by the verb of the claim before: "exports rose 3 percent and imports 5 percent".
    elided: bool = False
    #: The token of number and unit that the rest of the sentence hangs on.
    root: Token = field(init=False)
    _first: int = field(init=False, default=0)
    _last: int = field(init=False, default=0)
    statement: Span | None = None
    #: The statement whose attribution it follows, where it stands outside of what the stage took as said.
    attribution: Span | None = None
    evidence: dict[str, Extent] = field(default_factory=dict)
    flags: list[FlagValue] = field(default_factory=list)

    @property
    def rules(self) -> str:
        """The rules that filled number, measure, regions and date: "digits-money/subject/owner/date-in-clause"."""
        parts = (self.rule, self.measure_rule, self.region_rule, self.date_rule)
        return "/".join(part or "none" for part in parts)

    @property
    def noun(self) -> str:
        """The last word of its measure, in lower case: "pilot free trade **zones**"; empty where it has none."""
        return (self.measure or "").lower().rpartition(" ")[2]

    @property
    def is_spoken(self) -> bool:
        """Whether it stands in direct speech."""
        return self.statement is not None and self.statement._.statement.mode != "indirect"

    @property
    def chained(self) -> bool:
        """Whether its date is that of an earlier sentence."""
        return self.date_rule in ("date-before", "date-of-series")

    def slot_rules(self) -> tuple[tuple[str, str], ...]:
        """Each slot that a rule decides, with that rule ("none" where it stayed empty)."""
        speaker = "named" if self.speaker else "nameless" if self.statement is not None else "none"
        return (
            ("number", self.rule),
            ("measure", self.measure_rule or "none"),
            ("regions", self.region_rule or "none"),
            ("date", self.date_rule or "none"),
            ("speaker", speaker),
            ("related", self.relation or "none"),
        )

    def __post_init__(self) -> None:
        """Find the root and the places in the sentence once."""
        self.root = self.span.root
        self._first = self._position(self.lead)
        self._last = self._past_short_form(self._position(self.span[-1].idx))

    @property
    def kind(self) -> str:
        """Kind of the unit."""
        return self.quantity.unit.kind

    @property
    def start(self) -> int:
        """Where the number begins."""
        return self.quantity.start

    @property
    def in_source(self) -> bool:
        """Whether it counts those who say so: "according to **two** people familiar with the matter"."""
        near = [token.lower_ for token in map(self.before, (1, 2, 3)) if token is not None]
        while near and near[0] in ("the", "other", "another"):
            near.pop(0)
        return near[:2] == ["to", "according"]

    def before(self, steps: int = 1) -> Token | None:
        """The token that many steps before number and modifier, within the sentence."""
        tokens = self.sentence.tokens
        position = self._first - steps
        return tokens[position] if 0 <= position < len(tokens) else None

    def after(self, steps: int = 1) -> Token | None:
        """The token that many steps after number and unit, within the sentence."""
        tokens = self.sentence.tokens
        position = self._last + steps
        return tokens[position] if position < len(tokens) else None

    def rate_after(self) -> int:
        """How many tokens "year-on-year" takes right after the number: "28.4 percent year-on-year growth"."""
        steps = 0
        for step in range(1, 7):
            token = self.after(step)
            if token is None or token.lower_ not in _RATE_WORDS:
                break
            steps = step
        return (
            steps if steps >= 3 or (steps == 1 and (self.after(1) or self.root).lower_ in ("annual", "yearly")) else 0
        )

    def _past_short_form(self, last: int) -> int:
        """Behind a bracket with a short form or a conversion that the phrase goes on after.

        "2 million twenty-foot equivalent units (TEUs) of containers", "3 million mu (200,000 hectares) of land".
        """
        following = self.sentence.tokens[last + 1 : last + 11]
        if self.kind not in ("measure", "money") or not following or following[0].text != "(":
            return last
        close = next((step for step, token in enumerate(following) if token.text == ")"), 0)
        if close == 2 and self.kind == "measure" and following[1].text[:2].isupper():
            return last + 3
        inside, behind = following[1:close], following[close + 1 : close + 2]
        converted = any(token.text[:1].isdigit() for token in inside)
        return last + close + 1 if converted and behind and behind[0].lower_ in ("of", "worth") else last

    def _position(self, offset: int) -> int:
        tokens = self.sentence.tokens
        low, high = 0, len(tokens)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if tokens[middle].idx + len(tokens[middle]) <= offset else (low, middle)
        return low


#: More numbers than this in one sentence are a table or a list of codes: no clause tells what they mean.
CROWD = 60


def by_sentence(drafts: list[Draft]) -> dict[int, list[Draft]]:
    """The claims of each sentence, by its number."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        found.setdefault(draft.sentence.number, []).append(draft)
    return found
