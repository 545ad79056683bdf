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

#: "15 more than before", "9 points up from the previous survey", "than at the last edition"
THAN_BEFORE = re.compile(
    r"\s((?:than|from|over|compared (?:with|to))(?: (?:in|at|on|for|during|(?:that|those) (?:of|in|at)))?"
    r" (?:before|the (?:previous|preceding|prior|last|earlier) [a-z]+))\b",
    re.I,
)

#: What ties a date to what it tells apart: "the last edition **in** 2021", "before July 2020"
OF_DATE = re.compile(r"\s(?:(?:in|of|on|at|for)\s)?(?:the )?", re.I)

#: "twice **as** many **as in 2017**", "double **the figure for** 2018"
TIMES_BASE = re.compile(
    r"\s(?:as (?:many|much|high|large)\s(?:[\w-]{1,20}\s){0,3}?)?"
    r"(?P<base>(?P<cue>as(?: in| on| at| during)?|the|its|that|those|what)\s[^,.;()]{0,60})",
    re.I,
)

#: "averaged 5.4 percent in the third quarter, down 0.2 points from the second"
QUARTER_ALONE = re.compile(
    r"\s((?:from|than|than in|over) the (?:first|second|third|fourth))(?=[,.;]| because| and|$)", re.I
)

#: "over 2013", where no temporal expression was found
YEAR_ALONE = re.compile(r"\s(?:the )?(?:19|20)\d\d\b(?![,.]?\d)")

#: What may stand between that preposition and the date.
TO_DATE = re.compile(
    r"(?:\swhat(?:\s[a-z]{1,15}){1,8})?(?:\s(?:the|a|an|that|those|what|it|figures?|levels?|numbers?|volumes?|amounts?"
    r"|totals?|same|in|of|for|on|was|were|recorded|seen|its)){0,5}\s",
    re.I,
)

#: "by 60 percent by 2030 from the 2005 level": a time may stand before what a change is measured against.
BY_TIME = re.compile(r"\s{1,3}(?:in|by|during|for)\s(?:the )?", re.I)

#: What may stand between a claim and the date right behind it: "1,499 yuan ($226) in 2015".
LINK = re.compile(
    r"\s{0,3}(?:\([^()]{0,60}\)\s{0,3})?(?:(?:reached|recorded|registered|reported|seen|posted|set) )?"
    r"(?:in|during|by|at|on|for|from|since|of|as of|between)?\s{0,3}(?:the )?",
    re.I,
)

#: "from", "compared with", "against": the figure that follows is the earlier one.
EARLIER_CUE = re.compile(
    r"\b(?:from|compared with|compared to|against|versus|up from|down from)\s(?:one of |that of |just |only )?", re.I
)

#: "2.5 times that of 2021", "fewer than in 2019", "twice as many as in 2021", "the same level as a year earlier"
COMPARED = re.compile(
    r"\b(?:(?:(?:than|to|with|from|of|against|above|below|exceeding|surpassing|over|times|twice|double|triple|half)"
    r" (?:that|those)|levels?|figures?|number|amount|total|volume|value)"
    r" (?:(?:of|in|for|during)|(?:recorded|registered|reported|seen|posted|set|reached)(?: (?:in|at|during))?)"
    r"|than(?: (?:in|of|on|at|for|during|before|after))?(?: the whole of)?"
    r"|(?:as (?:many|much|high|low|large|big|fast|long|often|\w{1,12}ly)|the same(?: \w{1,12}){0,2})"
    r" as(?: (?:in|of|on|at|for|during|before|after))?"
    r"|(?:times|twice|double|triple|half) (?:that|the \w{1,12})(?: (?:of|in|for))?) (?:the )?$",
    re.I,
)

#: "one-third of the 2021 level"
LEVEL = re.compile(r"(?:'s)? (?:levels?|figures?)\b", re.I)

#: "… said in a statement, with green tea making up": the sentence goes on with what is said
GOES_ON = re.compile(
    r"[^.;]{0,120}, (?:with|up|down|including|of which|compared with|among which|while|whereas)\b[^,.;]{0,80}$", re.I
)

#: "over the period", "in the same period", but not "the same period last year", which is another one
PERIOD = re.compile(
    r"\b(?:the|that|this|the same) (?:same )?period\b(?! (?:last|of|a|two|in|from|the (?:previous|year|prior))\b)", re.I
)

#: "for the first time since 2017", "the lowest since May": how far back it is, not when it holds
SINCE_FIRST = re.compile(
    r"\b(?:first|best|worst|most|least|(?:low|high|larg|bigg|small|fast|slow|strong|weak|long|steep|sharp)est)\b"
    r"[^,.;]{0,25} since (?:the |early |late )?$",
    re.I,
)

#: "the highest figure **in** the past decade": a stretch that a superlative looks back over
MOST_IN = re.compile(r"\b(?:most|least|best|worst|[a-z]{3,9}est)\b[^,.;]{0,30} (?:in|over|of|for) (?:the )?$", re.I)

#: "the third quarter alone**, when growth reached** 5.6 percent"
WHEN = re.compile(r"(?: alone)?, when [^,;.]{1,60}", re.I)

#: "27 percent **when the rules took effect in** 2019"
AS_WHEN = re.compile(r" when [^,.;]{1,50} (?:in|on|at) (?:the )?", re.I)

#: "compared with a national average of about 31 percent": an earlier or another figure, some words away
SET_BESIDE = re.compile(r"\b(?:compared (?:with|to)|against|versus)\s[^,.;:]{0,50}$", re.I)

#: "20 percent from 2019", where no change was read: what it is compared with
FROM_BASE = re.compile(r"(?:%|percent|per cent|percentage points?) from (?:the )?$", re.I)

BRACKETS = re.compile(r"\([^()]{0,60}\)")

UNTIL = re.compile(r"\s{0,3}(?:to|and|through|until|till|-|–|—)\s{0,3}(?:the )?", re.I)

#: "15.85 trillion yuan (about 2.42 trillion dollars)", "…yuan, or 3 billion dollars"
CONVERTS = re.compile(r"\s{0,3}(?:\(|\[|,? or|, equivalent to|, or)\s{0,3}(?:or|equivalent to|equal to)?\s{0,3}", re.I)

#: "65 billion yuan **in total investments (**10 billion dollars)": a bracket behind the noun, which only converts
CONVERTS_BEHIND = re.compile(r" (?:(?:in|of|worth of) )?(?:[\w-]{1,20} ){1,5}\((?:about |around |some |nearly )?", re.I)

#: "54 containers of beans**, or about** 1,030 tons", "by a quarter**, or** 113,000 hectares": told again
RESTATES = re.compile(r"(?: [^,.;:()\d]{1,40})?, or ", re.I)

#: "or 18 percent **of the** total": a share of something else
SHARE_OF = re.compile(r" of\b(?! (?:them|these|those|which|whom|it)\b)")

#: "736 firms, including 154", "of which 30", "among them, 12", but not "the largest of them, 12"
PART = re.compile(
    r"\b(?:including|of which|of whom|(?<!est )(?<!most )(?<!those )of them|of these"
    r"|(?:Of|Among) (?:them|these|those|this|that)"
    r"|among them|among which|among whom|among these)\b(?! who\b)"
)

OF_THEM = re.compile(
    r" of (?:them|which|whom|it|these(?! [\w-]{3,30}s\b)"
    r"|(?:those|that)(?=[,.;:)]| (?:is|are|was|were|has|have|had|will|came|come|went|go)\b))\b"
)

#: "while **that with the** United States fell 3 percent"
THAT_WITH = re.compile(r"\b(?:that|those) (?:with|to) (?:the )?$", re.I)

#: What may stand between an amount and the share "of it".
RESTED = re.compile(r"[^,.;:]{0,60}[,(] ?(?:and |with |but )?(?:about |only |nearly |more than )?")

#: "10 percent **of the amount**": of the sum told before
OF_AMOUNT = re.compile(r" of (?:the|this|that) (?:(?:total|whole|full|same) )?(?:amount|sum|money)\b(?! of)", re.I)

#: "**In the 10 towns** with the worst roads, six are"
IN_WHOLE = re.compile(r"\s{0,3}(?:In|At|On|Across) (?:the|its|these|those|all)(?: \w{1,12})?\s$")

#: "73 **of the suppliers**", "three **of its foreign members**": some of a set that was counted before
OF_SET = re.compile(r" of (?:the|these|those|this|its|their|our|his|her)(?: [\w-]{1,20}){1,3}", re.I)

#: "nine out of 10", "18 of 120 wells", "one-third of the town's 9,000 residents"
WHOLE = re.compile(
    r"\s?(?:out of|of)(?: the| its| all| their| first| last| other| original| remaining){0,3}"
    r"(?:(?: [\w-]{1,20}){1,2}'s)?\s"
)

#: "up from 3.1 percent", "from the current 200", "compared with 200 in 2015", "than last year, when it sold 51,000"
EARLIER = re.compile(
    r"\b(?:from|compared (?:with|to)|than)(?: [\w'-]{1,15}){1,6}, when(?: [\w'-]{1,15}){1,5}\s$"
    r"|\b(?:compared (?:with|to)|from|versus|against|than)(?: the| a| an| about| around| only| just| nearly| its)?"
    r"(?: (?:current|present|previous|earlier|original|initial|former|existing|prior|old|past|prevailing|last))?"
    r"(?: one of| that of| those of| (?:\w{1,12} )?(?:average|mean|total|norm|share|rate|level|target) of"
    r"| (?:\w{1,12} )?averaged?)?"
    r"(?: about| around| some| nearly| only| just)?\s{0,2}$",
    re.I,
)

#: "grew 7.2 percent, **below the average of** 7.4", "charges 1 percent, **far above the** 0.5 that others take"
SET_AGAINST = re.compile(
    r"[,(] ?(?:(?:far|well|much|slightly|just|way|still|and|but) ){0,2}"
    r"(?:below|above|under|over|beneath|beyond|exceeding|surpassing|outpacing|outstripping|topping|beating|trailing"
    r"|(?:(?:more than|nearly|almost|roughly|about) )?(?:doubling|tripling|trebling|quadrupling|halving)"
    r"|(?:higher|lower|faster|slower|more|less|better|worse|greater|smaller) than)"
    r" (?:the|a|an|its|their|last year's)(?: (?!of )[\w'-]{1,20}){0,5}(?: of)? $",
    re.I,
)

#: "from 410,000 yuan **to 280,000**", "from 32 yuan **in 2015 to 26**"
STARTS = re.compile(r"(?: [\w-]{1,20}){0,5} to (?:[a-z]{1,10} ){0,2}\d")

CONTRAST = re.compile(r"\b(?:while|whereas|but)\b", re.I)

#: "used to sell for 73 yuan, **now costs** 29", "Ten years ago we had 12 customers. **Today** we have 3,000"
NOW = re.compile(r"\b(?:now|today|nowadays|currently|at present)\b", re.I)

#: "The figure **is projected to** reach 400 million"
FORESEEN = re.compile(
    r"\b(?:(?:is|are|was|were) (?:\w{1,12}ly )?(?:projected|expected|forecast|forecasted|estimated|predicted|planned"
    r"|set|likely|due|poised|anticipated|bound|scheduled)|will)\b",
    re.I,
)

#: What an earlier state is told with.
ONCE = re.compile(r"\b(?:used to|once|years ago|decades? ago|a decade earlier|formerly|previously)\b", re.I)

#: "**The other** two are in Wanning", "the remaining six"
OTHERS = re.compile(r"\b(?:the other|the remaining|the rest,)\s$", re.I)

ISO_DAY = re.compile(r"\d{4}[-/]\d{1,2}\b")

ISO_TAIL = re.compile(r"\d{1,2}[-/]?\d{0,2}\b")

#: "four cities -- Beijing, …", "seven regions: …", "three provinces, namely …"
OPENS_LIST = re.compile(r"\s{0,3}(?:--|—|–|-|:|\(|, namely)\s{0,3}", re.I)

#: "Qionghai, a coastal city of 530,000 people", "a town of 28,000 people": the size of a place, behind its name.
SIZE_OF = re.compile(
    r"(?:,? (?:is |was )?)?\b(?:a|an)\s(?:[\w-]{1,20}\s){0,4}?(?P<noun>\w{1,20}) (?:of|with)\s"
    r"(?:an? (?:[\w-]{1,20}\s){0,2}(?:population|area|territory) of )?(?:just |only )?$",
    re.I,
)

#: "six **of which are** in Haikou", "six **were** in Haikou"
OF_WHICH_ARE = re.compile(
    r"(?: of (?:which|whom|them|these))?(?P<copula> are| were| is| was)?(?: based| located)?(?= )"
)

#: "four **times that of the** country"
TIMES_THAT = re.compile(
    r"\b(?:times|twice|double|triple|half) (?:that|those|the \w{1,12}) (?:of|in|for) (?:the )?$", re.I
)

#: "6 tons **per hectare**", "60 yuan **a ton**"; "13 **per 1,000**", "110 **per 100,000 people**"
PER = re.compile(r"\s(?:per|an?|each|every)\s[a-z]{1,20}\b")
PER_MANY = re.compile(r"\s(?:per|in every|out of every)\s\d[\d,]{0,12}(?:\s[a-z]{3,20}\b)?")

#: "the **national average of** 18.7 percent", "the **national figure –** 9,000 yuan"
NATIONAL = re.compile(
    r"\bnation(?:al|wide) (?:average|figure|level|rate|mean|median|total|rise|growth|increase|fall|drop|decline)s?"
    r"(?:,| of| at| was| is| stood at|\s[-–—]+)?\s$",
    re.I,
)

#: "Macao**-listed** toymaker": what ties a place to a firm that need not act there
BASED = re.compile(r"\s?-\s?(?:based|headquartered|listed|registered|invested|funded|owned|backed)\s", re.I)
