"""The typed values that stages put on a `Doc`: one class a fact, frozen, with no spaCy inside.

Offsets are code points in the article's text (they equal `Token.idx`, as cleaning never changes a length).
Stages hand these on; `records.py` turns them into the rows of `schema.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.schema import (
    Change,
    ClaimKind,
    Comparator,
    DateType,
    Form,
    Mode,
    OrganisationKind,
    ProgrammeKind,
    RegionKind,
    Relation,
    SpeakerKind,
)

EntityKind = Literal["region", "person", "organisation"]


class Ref(NamedTuple):
    """Names an entity of the document: its kind and a key that is unique within that kind."""

    kind: EntityKind
    key: str


class Extent(NamedTuple):
    """A stretch of text, end exclusive."""

    start: int
    end: int


class FlagValue(NamedTuple):
    """A flag that a stage raises about the record it stands on."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RegionValue:
    """What a region mention means; `key` is a gazetteer id, or made from the name where nothing is known."""

    key: str
    name: str
    kind: RegionKind
    iso_code: str | None = None
    adcode: str | None = None
    parent: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    name_zh: str | None = None
    members: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    flags: tuple[FlagValue, ...] = ()


@dataclass(frozen=True, slots=True)
class DateValue:
    """One TIMEX3 with its bounds; `value` as in TimeML 1.2.1."""

    type: DateType
    value: str
    mod: str | None = None
    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None
    rule: str = ""
    confidence: float = 1.0
    flags: tuple[FlagValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A job title as written, and where; `employer` is the extent of the words that name the employer, if any."""

    text: str
    extent: Extent
    employer: Extent | None = None


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person's name as it stands at one place; `surname_only` for "Zhou said"."""

    name: str
    family_name: str | None = None
    given_name: str | None = None
    surname_only: bool = False
    is_author: bool = False
    roles: tuple[Role, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    #: The body that the person is said to be of without a title: "Sun Jie of the Hydrogen Association".
    workplace: Extent | None = None


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """An organisation as it stands at one place.

    `described` marks a public body that only its place completes ("the provincial department of commerce"): its full
    name needs the region that `level` ("provincial", "municipal", …) points at. `alias_of` is the extent of the full
    name that an abbreviation in brackets or a short form belongs to. `parent` is the extent of the organisation
    that this one is part of.
    """

    name: str
    kind: OrganisationKind
    described: bool = False
    level: str | None = None
    alias_of: Extent | None = None
    parent: Extent | None = None
    seat: str | None = None
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class PersonEntity:
    """A person of the document, mentions joined."""

    ref: Ref
    name: str
    family_name: str | None
    given_name: str | None
    roles: tuple[str, ...] = ()
    organisation: Ref | None = None
    is_author: bool = False
    resolved: bool = True
    rule: str = ""
    confidence: float = 1.0
    flags: tuple[FlagValue, ...] = ()


@dataclass(frozen=True, slots=True)
class OrganisationEntity:
    """An organisation of the document, mentions joined."""

    ref: Ref
    name: str
    kind: OrganisationKind
    parent: Ref | None = None
    region: Ref | None = None
    rule: str = ""
    confidence: float = 1.0
    flags: tuple[FlagValue, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A name, nominal or pronoun and the entity that it means (None: it could not be resolved)."""

    kind: EntityKind
    form: Form
    extent: Extent
    ref: Ref | None


@dataclass(frozen=True, slots=True)
class Entities:
    """The entities of a document and every mention of them, in text order: what `references` leaves behind."""

    regions: Mapping[Ref, RegionValue] = field(default_factory=dict)
    people: Mapping[Ref, PersonEntity] = field(default_factory=dict)
    organisations: Mapping[Ref, OrganisationEntity] = field(default_factory=dict)
    mentions: tuple[EntityMention, ...] = ()

    def at(self, start: int, end: int) -> tuple[EntityMention, ...]:
        """The mentions that lie within `start:end`, in text order."""
        return tuple(m for m in self.mentions if start <= m.extent.start and m.extent.end <= end)


@dataclass(frozen=True, slots=True)
class StatementValue:
    """What was said (the span) and by whom."""

    mode: Mode
    speaker: Ref | None = None
    speaker_text: str | None = None
    speaker_kind: SpeakerKind | None = None
    speaker_extent: Extent | None = None
    cue: Extent | None = None
    rule: str = ""
    confidence: float = 1.0
    flags: tuple[FlagValue, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimValue:
    """A quantity and its slots. `date`, `date_until`, `related` are the starts of the date or claim meant.

    `extent` is the exact stretch of number and unit, where tokens are wider ("20-member").
    """

    value: Decimal
    unit: str
    kind: ClaimKind
    value_high: Decimal | None = None
    measure: str | None = None
    comparator: Comparator = "="
    modifier: str | None = None
    change: Change | None = None
    basis: str | None = None
    regions: tuple[Ref, ...] = ()
    date: int | None = None
    date_until: int | None = None
    speaker: Ref | None = None
    related: int | None = None
    relation: Relation | None = None
    evidence: Mapping[str, Extent] = field(default_factory=dict)
    rule: str = ""
    confidence: float = 1.0
    flags: tuple[FlagValue, ...] = ()
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class NumberValue:
    """A number seen in headline or body and what became of it.

    `outcome` is "claim", "date", or the reason's class ("name", "ordinal", "score", …); `record` is the start of the
    claim or date span that took it.
    """

    extent: Extent
    outcome: str
    record: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeValue:
    """A programme of the document; the span that carries it is its first mention."""

    name: str
    kind: ProgrammeKind
    topic: str | None = None
    initiators: tuple[Ref, ...] = ()
    start: str | None = None
    end: str | None = None
    regions: tuple[Ref, ...] = ()
    declared_regions: int | None = None
    mentions: tuple[tuple[Extent, Form], ...] = ()
    rule: str = ""
    confidence: float = 1.0
    flags: tuple[FlagValue, ...] = ()
