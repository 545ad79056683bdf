"""A place of the gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pipeline.schema import RegionKind

Class = Literal["division", "country", "area", "abroad", "city", "user"]

#: The generic English word for the last character of a division's Chinese name.
TYPE_OF_SUFFIX = {"市": "city", "区": "district", "县": "county", "旗": "banner", "州": "prefecture", "盟": "league"}


@dataclass(frozen=True, slots=True)
class Place:
    """One place under its name of today, or under the name it had from `valid_from` to `valid_to`.

    `key` is unique: the adcode of a Chinese division (with the first year for one that is gone), the ISO code of a
    country or a first-level division abroad, a slug for an area, a GeoNames number for a city abroad.
    `parent` is the ISO 3166-2 code of the province it lies in, else the country's code, else None. `upper` is the key
    of the division right above. `prior` compares places of one name: how likely a newspaper means this one.
    """

    key: str
    name: str
    kind: RegionKind
    iso_code: str | None = None
    adcode: str | None = None
    parent: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    name_zh: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    members: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    prior: float = 0.5
    confidence: float = 1.0
    upper: str | None = None
    successor: str | None = None
    group: Class = "division"

    @property
    def country(self) -> str | None:
        """The ISO 3166-1 code of the country: ``"CN"`` for Huizhou, whose parent is ``"CN-GD"``."""
        code = self.iso_code or self.parent
        return code[:2] if code else None

    @property
    def province(self) -> str | None:
        """The ISO 3166-2 code of the province it is or lies in: ``"CN-GD"``."""
        code = self.iso_code if self.iso_code and "-" in self.iso_code else self.parent
        return code if code and "-" in code else None

    @property
    def type_word(self) -> str | None:
        """What a newspaper calls it: ``"district"`` for 海淀区; None outside China's divisions."""
        if self.kind == "special_administrative_region":
            return "special administrative region"
        if self.kind in ("province", "autonomous_region", "municipality"):
            return self.kind.replace("_", " ")
        if self.kind not in ("prefecture", "county") or not self.name_zh:
            return None
        return "prefecture" if self.name_zh.endswith("地区") else TYPE_OF_SUFFIX.get(self.name_zh[-1])

    def valid_in(self, year: int | None) -> bool:
        """Say whether it existed under this name in `year`; None asks for today."""
        if year is None:
            return self.valid_to is None
        return (self.valid_from or 0) <= year <= (self.valid_to or 9999)
