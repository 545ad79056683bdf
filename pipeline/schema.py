"""The records of a document, as frozen models; the JSON Schema comes from here.

Every offset counts Unicode code points of the article's text, end exclusive. A reference is the id of another
record of the same document, or None. Field order is column order in the tables.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

MentionKind = Literal["region", "person", "organisation", "date", "programme"]
Form = Literal["name", "nominal", "pronoun"]
RegionKind = Literal[
    "country",
    "continent",
    "province",
    "municipality",
    "autonomous_region",
    "special_administrative_region",
    "prefecture",
    "county",
    "area",
    "zone",
    "other",
]
OrganisationKind = Literal[
    "government", "party", "company", "association", "media", "academic", "international", "military", "other"
]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
ClaimKind = Literal["count", "money", "measure", "percent", "multiple", "rank"]
Comparator = Literal["=", "~", ">", ">=", "<", "<="]
Change = Literal["increase", "decrease"]
Relation = Literal["part_of", "equivalent", "compared_with"]
Mode = Literal["direct", "indirect", "mixed"]
SpeakerKind = Literal["person", "organisation", "document", "group"]
ProgrammeKind = Literal["pilot_program", "pilot_zone", "free_trade_zone", "plan", "policy"]
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


def plain_decimal(value: Decimal) -> str:
    """Write a number without exponent or trailing zeros: ``Decimal("1.585E+13")`` → ``"15850000000000"``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _json_number(value: Decimal) -> int | float:
    text = plain_decimal(value)
    return float(text) if "." in text else int(text)


Number = Annotated[Decimal, PlainSerializer(_json_number, return_type=int | float, when_used="json")]


class Record(BaseModel):
    """A frozen row; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Record):
    """The stretch of text that a slot was read from."""

    text: str
    start: int
    end: int


class Article(Record):
    """Where a document comes from and what its front matter says."""

    doc_id: str
    source: str
    sha256: str
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    dateline_place: str | None
    url: str | None
    language: str | None
    n_sentences: int
    n_words: int
    encoding: str | None = None
    duplicate_of: str | None = None


class Mention(Record):
    """One place in the text that names or means an entity; `sentence` is None in a byline."""

    id: str
    kind: MentionKind
    form: Form
    text: str
    start: int
    end: int
    sentence: int | None
    ref: str | None


class Region(Record):
    """One place of the document, with its codes where they are known."""

    id: str
    name: str
    kind: RegionKind
    iso_code: str | None
    adcode: str | None
    parent: str | None
    latitude: float | None
    longitude: float | None
    mentions: int
    start: int | None
    name_zh: str | None
    members: tuple[str, ...]
    candidates: tuple[str, ...]
    rule: str
    confidence: Confidence


class Person(Record):
    """One person of the document; `organisation` is the employer's id."""

    id: str
    name: str
    family_name: str | None
    given_name: str | None
    roles: tuple[str, ...]
    organisation: str | None
    is_author: bool
    resolved: bool
    mentions: int
    start: int | None
    rule: str
    confidence: Confidence


class Organisation(Record):
    """One organisation of the document; `parent` and `region` are ids."""

    id: str
    name: str
    kind: OrganisationKind
    parent: str | None
    region: str | None
    mentions: int
    start: int | None
    rule: str
    confidence: Confidence


class DateRecord(Record):
    """One temporal expression (TIMEX3) with ISO bounds."""

    id: str
    text: str
    start: int
    end: int
    type: DateType
    value: str
    mod: str | None
    earliest: str | None
    latest: str | None
    edtf: str | None
    rule: str
    confidence: Confidence


class Claim(Record):
    """One stated quantity with what is counted, where, when and by whom."""

    id: str
    text: str
    start: int
    end: int
    value: Number
    value_high: Number | None
    unit: str
    kind: ClaimKind
    measure: str | None
    comparator: Comparator
    modifier: str | None
    change: Change | None
    basis: str | None
    regions: tuple[str, ...]
    date: str | None
    date_until: str | None
    speaker: str | None
    related: str | None
    relation: Relation | None
    sentence: int
    evidence: dict[str, Evidence]
    rule: str
    confidence: Confidence


class Statement(Record):
    """One attributed statement; `speaker` is a person or an organisation, or None for a nameless source."""

    id: str
    text: str
    start: int
    end: int
    speaker: str | None
    speaker_text: str | None
    speaker_kind: SpeakerKind | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    mode: Mode
    sentence: int
    rule: str
    confidence: Confidence


class Programme(Record):
    """One policy programme, plan, pilot or zone; `first` is the offset of its first mention."""

    id: str
    name: str
    kind: ProgrammeKind
    topic: str | None
    initiators: tuple[str, ...]
    start: str | None
    end: str | None
    regions: tuple[str, ...]
    declared_regions: int | None
    mentions: int
    first: int
    rule: str
    confidence: Confidence


class Flag(Record):
    """Something for a reviewer to look at; `record` is the id that it is about, or None for the document."""

    record: str | None
    code: str
    message: str


class NumberTrace(Record):
    """One number of headline or body and what became of it: a row of `coverage.csv`."""

    text: str
    start: int
    end: int
    sentence: int
    outcome: str
    record: str | None
    reason: str | None


class Document(Record):
    """Everything extracted from one article."""

    article: Article
    mentions: tuple[Mention, ...]
    regions: tuple[Region, ...]
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]
    dates: tuple[DateRecord, ...]
    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    programmes: tuple[Programme, ...]
    flags: tuple[Flag, ...]
    coverage: tuple[NumberTrace, ...]


RECORD_KINDS = ("regions", "people", "organisations", "dates", "claims", "statements", "programmes")

#: Fields that hold the id of another record, or several.
REFERENCES: dict[str, tuple[str, ...]] = {
    "mentions": ("ref",),
    "regions": (),
    "people": ("organisation",),
    "organisations": ("parent", "region"),
    "dates": (),
    "claims": ("regions", "date", "date_until", "speaker", "related"),
    "statements": ("speaker",),
    "programmes": ("initiators", "regions"),
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one line of `records.jsonl`."""
    schema = Document.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "pilotfacts document", **schema}
