"""Places that are only a part of what names a route, a river or a site: "China-Europe freight trains"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.resources import words

if TYPE_CHECKING:
    from pipeline.stages.regions.scan import Hit
    from pipeline.stages.regions.view import View

#: Units behind two joined places in which their line is named: "high-speed railway".
ROUTE_REACH = 4
ROUTE_STOPS = 5
DASHES = {"-", "\u2013"}


def in_bracket_of_route(view: View, hit: Hit) -> bool:
    """Say whether a place stands in the bracket of a route: "China-Europe (**Central Asia**) freight trains"."""
    opened = view.unit(hit.first - 1) == "(" and view.unit(hit.last) == ")"
    if not opened or view.unit(hit.first - 3) not in DASHES:
        return False
    behind = range(hit.last + 1, hit.last + 1 + ROUTE_REACH)
    return any(view.unit(k).lower() in words("regions/routes") for k in behind)


#: What stands behind the name of a river in lower case, and what behind that of an airport, a station and so on.
RIVER_NOUNS = {"riverfront", "riverside", "riverbank", "riverbanks", "waterfront", "river", "cruise", "cruises"}
SITE_NOUNS = {"airport", "port", "station", "stadium", "bridge", "tunnel", "reservoir", "lake", "mountain", "temple"}


def is_short_for_longer(view: View, hit: Hit) -> bool:
    """Say whether a place shortens a name that is no place's, which the text has in full elsewhere.

    "The **Minjiang** riverfront" beside "Minjiang River"; "**Jiangbei** airport" beside "Chongqing Jiangbei
    International Airport".
    """
    noun = view.unit(hit.last)
    if not view.joined(hit.last) or noun not in RIVER_NOUNS | SITE_NOUNS:
        return False
    if noun in RIVER_NOUNS:
        return re.search(rf"\b{re.escape(hit.name)} River\b", view.text) is not None
    longer = rf"[A-Z]\w+ {re.escape(hit.name)} (?:[A-Z]\w+ ){{0,3}}{noun.capitalize()}\b"
    return re.search(longer, view.text) is not None


def in_route(view: View, hit: Hit) -> bool:
    """Say whether two places name a route or a line: "China-Europe freight trains", "Beijing-Zhangjiakou railway"."""
    last = hit.last
    for _ in range(ROUTE_STOPS):
        if view.unit(last) not in DASHES or not view.unit(last + 1)[:1].isupper():
            break
        last += 2
    if last == hit.last and view.unit(hit.first - 1) not in DASHES:
        return False
    if view.unit(last) == "(":
        # "China-Europe (Central Asia) freight trains"
        last = next((k + 1 for k in range(last, last + ROUTE_REACH) if view.unit(k) == ")"), last)
    routes = words("regions/routes")
    behind = range(last, last + ROUTE_REACH)
    return any(view.unit(k).lower() in routes for k in behind if all(map(view.joined, range(last, k + 1))))
