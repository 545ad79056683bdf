"""Swaps names, places, months and numbers of a labelled article for others of their kind, the gold with them.

What the swapped article says is as clear as what the original says, so its records must be as right: a rule that
knows one article's names would not get them.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

Row = dict[str, Any]

FAMILIES = [
    "Liu",
    "Chen",
    "Yang",
    "Zhao",
    "Huang",
    "Wu",
    "Xu",
    "Zhu",
    "Hu",
    "Guo",
    "Lin",
    "Luo",
    "Liang",
    "Song",
    "Tang",
    "Han",
    "Feng",
    "Cao",
    "Peng",
    "Xiao",
    "Tian",
    "Dong",
    "Pan",
    "Yuan",
]
GIVENS = [
    "Jianguo",
    "Meiling",
    "Hao",
    "Yifan",
    "Xiaoming",
    "Lihua",
    "Zhigang",
    "Tao",
    "Weidong",
    "Yuting",
    "Jun",
    "Hongmei",
    "Zihan",
    "Rui",
    "Shufen",
    "Kai",
    "Guoqiang",
]
COMPANIES = (
    "Haoyuan Machinery Co",
    "Tianrui Foods Group",
    "Jinlan Textile Ltd",
    "Boda Optics Inc",
    "Weihe Motors Corp",
)
PROVINCES = {
    "Hebei": ("CN-HE", "130000", "Baoding", "130600"),
    "Liaoning": ("CN-LN", "210000", "Dalian", "210200"),
    "Anhui": ("CN-AH", "340000", "Wuhu", "340200"),
    "Jiangxi": ("CN-JX", "360000", "Ganzhou", "360700"),
    "Shandong": ("CN-SD", "370000", "Weifang", "370700"),
    "Henan": ("CN-HA", "410000", "Luoyang", "410300"),
    "Hubei": ("CN-HB", "420000", "Yichang", "420500"),
    "Sichuan": ("CN-SC", "510000", "Mianyang", "510700"),
    "Guizhou": ("CN-GZ", "520000", "Zunyi", "520300"),
    "Yunnan": ("CN-YN", "530000", "Qujing", "530300"),
    "Shaanxi": ("CN-SN", "610000", "Baoji", "610300"),
    "Gansu": ("CN-GS", "620000", "Tianshui", "620500"),
    "Jiangsu": ("CN-JS", "320000", "Nantong", "320600"),
    "Zhejiang": ("CN-ZJ", "330000", "Jiaxing", "330400"),
    "Fujian": ("CN-FJ", "350000", "Quanzhou", "350500"),
    "Hunan": ("CN-HN", "430000", "Yueyang", "430600"),
}
MUNICIPALITIES = {
    "Beijing": ("CN-BJ", "110000"),
    "Tianjin": ("CN-TJ", "120000"),
    "Shanghai": ("CN-SH", "310000"),
    "Chongqing": ("CN-CQ", "500000"),
}
AUTONOMOUS = {
    "Inner Mongolia": ("Inner Mongolia", "CN-NM", "150000", "Chifeng", "150400"),
    "Guangxi": ("Guangxi Zhuang", "CN-GX", "450000", "Liuzhou", "450200"),
    "Tibet": ("Tibet", "CN-XZ", "540000", "Xigaze", "540200"),
    "Ningxia": ("Ningxia Hui", "CN-NX", "640000", "Guyuan", "640400"),
    "Xinjiang": ("Xinjiang Uygur", "CN-XJ", "650000", "Hami", "650500"),
}


@dataclass(frozen=True, slots=True)
class Swap:
    """Old surface to new surface, and old region name to the fields of the new one."""

    surfaces: Mapping[str, str]
    regions: Mapping[str, Row]
    numbers: Mapping[str, int]
    month: tuple[int, int]


def swapped(text: str, gold: Row, swap: Swap) -> tuple[str, Row]:
    """Apply a swap to an article and its gold: surfaces, offsets, codes, values and bounds follow."""
    names = sorted(swap.surfaces, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, names)) + r")(?![\w]|-[A-Z])")
    pieces: list[str] = []
    moves: list[tuple[int, int]] = []
    last = shift = 0
    for match in pattern.finditer(text):
        new = swap.surfaces[match.group()]
        pieces += [text[last : match.start()], new]
        last = match.end()
        shift += len(new) - len(match.group())
        moves.append((match.end(), shift))
    new_text = "".join([*pieces, text[last:]])

    def moved(offset: int) -> int:
        return offset + max((m for m in moves if m[0] <= offset), default=(0, 0))[1]

    def said(value: str) -> str:
        return pattern.sub(lambda m: swap.surfaces[m.group()], value)

    return new_text, _document(gold, swap, moved, said)


def _document(gold: Row, swap: Swap, moved: Any, said: Any) -> Row:
    out = _walk(gold, moved, said)
    out["article"].pop("sha256", None)
    for old, region in zip(gold["regions"], out["regions"], strict=True):
        region.update(swap.regions.get(old["name"], {}))
    for old, new in zip(gold["people"], out["people"], strict=True):
        family, _, given = new["name"].partition(" ")
        new.update({"family_name": family, "given_name": given or None} if old["name"] in swap.surfaces else {})
    for old, claim in zip(gold["claims"], out["claims"], strict=True):
        claim["value"] = swap.numbers.get(old["text"], claim["value"])
    year, month = swap.month
    for old, date in zip(gold["dates"], out["dates"], strict=True):
        if re.fullmatch(r"\d{4}-\d\d", str(old["value"])):
            first = f"{year}-{month:02}"
            date |= {"value": first, "earliest": f"{first}-01", "latest": f"{first}-{monthrange(year, month)[1]}"}
    for old, programme in zip(gold["programmes"], out["programmes"], strict=True):
        programme["start"] = f"{year}-{month:02}" if old["start"] else None
    return out


def _walk(value: Any, moved: Any, said: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _walk(child, moved, said, name if key == "any" else key) for key, child in value.items()}
    if isinstance(value, list):
        return [_walk(child, moved, said, name) for child in value]
    if isinstance(value, int) and name in {"start", "end", "first", "cue_start", "cue_end"}:
        return moved(value)
    return said(value) if isinstance(value, str) else value


def seed_swap(rng: random.Random, gold: Row) -> Swap:
    """Draw a swap for the seed article: every kind of name in it, one month and every count but the declared one."""
    surfaces: dict[str, str] = {}
    regions: dict[str, Row] = {}
    _swap_people(rng, gold, surfaces)
    _swap_provinces(rng, gold, surfaces, regions)
    _swap_municipalities(rng, gold, surfaces, regions)
    _swap_autonomous(rng, gold, surfaces, regions)
    for organisation in gold["organisations"]:
        if organisation["kind"] == "company":
            surfaces[organisation["name"]] = rng.choice(COMPANIES)
    year, month = 2022, rng.randint(1, 12)
    surfaces |= {
        d["text"]: f"{month_name[month]} {year}" for d in gold["dates"] if re.match(r"[A-Z]\w+ \d{4}$", d["text"])
    }
    numbers = _swap_numbers(rng, gold)
    surfaces |= {old: str(new) for old, new in numbers.items()}
    return Swap(surfaces=surfaces, regions=regions, numbers=numbers, month=(year, month))


def _swap_people(rng: random.Random, gold: Row, surfaces: dict[str, str]) -> None:
    families = rng.sample(FAMILIES, len(gold["people"]))
    for person, family in zip(gold["people"], families, strict=True):
        given = rng.choice(GIVENS)
        surfaces[person["name"]] = f"{family} {given}" if person["given_name"] else family
        surfaces[person["family_name"]] = family


def _swap_provinces(rng: random.Random, gold: Row, surfaces: dict[str, str], regions: dict[str, Row]) -> None:
    olds = [r for r in gold["regions"] if r["kind"] == "province"]
    for old, new in zip(olds, rng.sample(sorted(PROVINCES), len(olds)), strict=True):
        iso, adcode, city, city_code = PROVINCES[new]
        surfaces[old["name"]] = new
        regions[old["name"]] = {"name": new, "iso_code": iso, "adcode": adcode}
        _swap_cities(gold, old["iso_code"], (city, city_code, iso), surfaces, regions)


def _swap_cities(
    gold: Row, parent: str, city: tuple[str, str, str], surfaces: dict[str, str], regions: dict[str, Row]
) -> None:
    name, adcode, iso = city
    for old in gold["regions"]:
        if old["kind"] == "prefecture" and old["parent"] == parent:
            surfaces[old["name"]] = name
            regions[old["name"]] = {"name": name, "adcode": adcode, "parent": iso}


def _swap_municipalities(rng: random.Random, gold: Row, surfaces: dict[str, str], regions: dict[str, Row]) -> None:
    olds = [r for r in gold["regions"] if r["kind"] == "municipality"]
    for old, new in zip(olds, rng.sample(sorted(MUNICIPALITIES), len(olds)), strict=True):
        iso, adcode = MUNICIPALITIES[new]
        surfaces[old["name"]] = new
        regions[old["name"]] = {"name": new, "iso_code": iso, "adcode": adcode}


def _swap_autonomous(rng: random.Random, gold: Row, surfaces: dict[str, str], regions: dict[str, Row]) -> None:
    olds = [r for r in gold["regions"] if r["kind"] == "autonomous_region"]
    for old, new in zip(olds, rng.sample(sorted(AUTONOMOUS), len(olds)), strict=True):
        long, iso, adcode, city, city_code = AUTONOMOUS[new]
        surfaces[AUTONOMOUS[old["name"]][0]] = long
        regions[old["name"]] = {"name": new, "iso_code": iso, "adcode": adcode}
        _swap_cities(gold, old["iso_code"], (city, city_code, iso), surfaces, regions)


def _swap_numbers(rng: random.Random, gold: Row) -> dict[str, int]:
    """New counts in the order of the old ones, so that a part stays smaller than its whole."""
    olds = sorted({int(c["text"]) for c in gold["claims"] if c["text"].isdigit()})
    news = sorted(rng.sample(range(11, 999), len(olds)))
    return {str(old): new for old, new in zip(olds, news, strict=True)}
