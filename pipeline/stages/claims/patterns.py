"""The named regular expressions of the claims stage, each with the words it exists for above it.

Every repeat is bounded, or reads on over one class of characters: none goes quadratic.
"""

from __future__ import annotations

import re

#: "year on year", "month-on-month", "yoy"
RATE = re.compile(r"\b(?:year|month|quarter|week)[ -](?:on|over)[ -](?:year|month|quarter|week)\b|\by-?o-?y\b", re.I)

#: "from the previous year", "over the same period last year", "compared with 2019", "than that of September"
AGAINST = re.compile(
    r"\s{0,3},?\s{0,3}\b((?P<cue>(?:as )?compared (?:with|to)|in comparison with|from|over|than|against|on|below|above)"
    r"\s[^,.;()]{0,60})",
    re.I,
)

#: "15 more than before"
THAN_BEFORE = re.compile(r"\s(than before)\b", re.I)

#: "averaged 5.4 percent in the third quarter, down 0.2 points from the second"
QUARTER_ALONE = re.compile(
    r"\s((?:from|than|than in|over) the (?:first|second|third|fourth))(?=[,.;]| because| and|$)", re.I
)

#: "over 2013", where no temporal expression was found
YEAR_ALONE = re.compile(r"\s(?:the )?(?:19|20)\d\d\b(?![,.]?\d)")

#: What may stand between that preposition and the date.
TO_DATE = re.compile(
    r"(?:\s(?:the|a|an|that|those|what|it|figures?|levels?|same|in|of|for|on|was|were|recorded|seen|its)){0,5}\s",
    re.I,
)

#: "by 60 percent by 2030 from the 2005 level": a time may stand before what a change is measured against.
BY_TIME = re.compile(r"\s{1,3}(?:in|by|during|for)\s(?:the )?", re.I)

#: What may stand between a claim and the date right behind it: "1,499 yuan ($226) in 2015".
LINK = re.compile(
    r"\s{0,3}(?:\([^()]{0,60}\)\s{0,3})?(?:in|during|by|at|on|for|from|since|of|as of|between)?\s{0,3}(?:the )?", re.I
)

#: "from", "compared with", "against": the figure that follows is the earlier one.
EARLIER_CUE = re.compile(
    r"\b(?:from|compared with|compared to|against|versus|up from|down from)\s(?:one of |that of |just |only )?", re.I
)

#: "2.5 times that of 2021", "fewer than in 2019"
COMPARED = re.compile(r"\b(?:(?:that|those|levels?|figures?) (?:of|in|for)|than (?:in|of|on|at)) (?:the )?$", re.I)

#: "one-third of the 2021 level"
LEVEL = re.compile(r"(?:'s)? (?:levels?|figures?)\b", re.I)

#: "… said in a statement, with green tea making up": the sentence goes on with what is said
GOES_ON = re.compile(
    r"[^,.;]{0,40}, (?:with|up|down|including|of which|compared with|among which)\b[^,.;]{0,60}$", re.I
)

PERIOD = re.compile(r"\b(?:the|that|this|the same) (?:same )?period\b", re.I)

BRACKETS = re.compile(r"\([^()]{0,60}\)")

UNTIL = re.compile(r"\s{0,3}(?:to|and|through|until|till|-|–|—)\s{0,3}(?:the )?", re.I)

#: "15.85 trillion yuan (about 2.42 trillion dollars)", "…yuan, or 3 billion dollars"
CONVERTS = re.compile(r"\s{0,3}(?:\(|\[|,? or|, equivalent to|, or)\s{0,3}(?:or|equivalent to|equal to)?\s{0,3}", re.I)

#: "736 firms, including 154", "of which 30", "among them, 12"
PART = re.compile(
    r"\b(?:including|of which|of whom|of them|of these|among them|among which|among whom|among these)\b", re.I
)

OF_THEM = re.compile(r" of (?:them|these|which|whom|(?:those|that)(?! (?:in|of|at|for)\b))\b")

#: "nine out of 10", "18 of 120 wells", "one-third of the town's 9,000 residents"
WHOLE = re.compile(r"\s?(?:out of|of)(?: the| its| all| their){0,3}(?:(?: [\w-]{1,20}){1,2}'s)?\s")

#: "up from 3.1 percent", "compared with 200 in 2015", "quickening from the 3.3-percent gain"
EARLIER = re.compile(
    r"\b(?:compared (?:with|to)|from|versus|against|than)(?: the| a| an| about| around| only| just| nearly| its)?"
    r"(?: one of| that of| those of)?\s{0,2}$",
    re.I,
)

CONTRAST = re.compile(r"\b(?:while|whereas|but)\b", re.I)

ISO_DAY = re.compile(r"\d{4}[-/]\d{1,2}\b")

ISO_TAIL = re.compile(r"\d{1,2}[-/]?\d{0,2}\b")

#: "four cities -- Beijing, …", "seven regions: …", "three provinces, namely …"
OPENS_LIST = re.compile(r"\s{0,3}(?:--|—|–|-|:|\(|, namely)\s{0,3}", re.I)
