"""The named patterns of this stage: regular expressions over the letters of `lexicon.letter`, one a token.

Every repeat is bounded or runs over one class of letters, so that no text makes them slow.
"""

from __future__ import annotations

import re

CAPITAL = "[NGWOAHSREVPYC]"

#: Inside a run "&" and "-" are joints, "v" and "p" a level in lower case ("Hainan province People's Government"),
#: a name in brackets a branch ("Siemens (China) Co"), a comma stands before a company word ("Co., Ltd.").
_JOINTS = rf"(?<=[A-Z])-+|-(?=[A-Z])|&(?=[A-Z])|[pv](?={CAPITAL})|\([NGWRS]\)(?={CAPITAL})|,(?=S)"
#: A run of name words: "Zhejiang Provincial Department", "Guangxi Liugong Machinery Co., Ltd.".
RUN = re.compile(rf"(?:{CAPITAL}|{_JOINTS})+")

#: What joins a body and what it is a body of or for: "Ministry *of* Commerce", "Council *for the* Promotion".
JOINT = re.compile(r"[of]t?")

#: "Institute for Studies *in* Energy Policy".
STUDIES_IN = re.compile(r"i(?=W)")

_WORDS = r"(?:[wn]|h(?!q)|p(?=[wn]))"
_SUBJECT = rf"(?:[of]t?(?:{_WORDS}{{1,5}}(?:,{_WORDS}{{1,3}}){{0,4}},?aw[wn]{{0,3}}|{_WORDS}{{1,5}}))"
_MODIFIERS = r"(?:[wnYC]-?|h(?=a?h)|&|A|W|a(?=[wh])|,(?=w)){0,7}"
#: "Weining Yi, Hui and Miao autonomous county": the peoples are "A" and what stands between them is "-".
_PLACE = r"(?:[GN](?:-{0,2}[GNA]){0,9}(?:[vV]?[pP])?)"

#: A public body that a level of government describes: "the *provincial department of commerce*", "the *Xuzhou
#: municipal bureau of industry and information technology*", "the *municipal Party committee*".
LEVELLED = re.compile(
    rf"(?P<place>{_PLACE})?(?<![pvV])(?P<level>[vV]{{1,2}}|[vV]?[pP])(?P<modifiers>{_MODIFIERS})(?P<head>[hH])(?P<object>{_SUBJECT})?"
)

#: A public body that its owner describes: "*Zhejiang*'s *department of commerce*", "the *city*'s *health commission*".
POSSESSED = re.compile(
    rf"(?:(?P<place>{_PLACE})|(?P<level>v?p))q(?P<body>(?P<modifiers>{_MODIFIERS})(?P<head>h)(?P<object>{_SUBJECT})?)"
)

#: A public body with its place before it: "the *Shenzhen commerce bureau*", "*Hangzhou bureau of statistics*"; a name
#: "N" must be one that the gazetteer knows as a place's.
PLACED = re.compile(
    r"(?P<place>[GN](?:-?[GN]){0,3}p?)(?P<modifiers>[wC][wnC]{0,3}(?:a?[wh][wn]{0,2})?)?"
    rf"(?P<head>h)(?P<object>{_SUBJECT})?"
)

#: A ministry without a capital: "the *ministry of commerce*", "the *foreign ministry*".
MINISTRY = re.compile(rf"(?P<modifiers>w[wn]?(?:aw[wn]?)?)?(?P<head>h)(?P<object>{_SUBJECT})?")

#: A department inside a title: "director of the *department of rural market development* at the ministry",
#: "head of the *foreign trade department* at the Ministry of Commerce".
INSIDE_TITLE = re.compile(
    rf"(?:ot?|t)(?P<body>(?:[wnp]{{1,6}}(?:a[wn][wnp]{{0,4}})?(?P<plain>[hk])|(?P<head>[hk]){_SUBJECT}))(?P<at>(?:,?i|o)t?)?"
)

#: A body with its place behind it: "the *commerce bureau of Ningbo*", "*people's government of Yunnan province*"; the
#: place may have its whole before it: "the *weather bureau* of east China's Anhui province".
BODY_OF_PLACE = re.compile(
    rf"(?P<modifiers>(?:[wn]-?){{1,4}}(?:a?w[wn]{{0,2}})?)?(?P<head>h)(?P<object>{_SUBJECT})?o(?P<whole>[Oxn]?Gq|t)?"
    rf"(?P<place>{_PLACE})"
)

#: The ministry's own department: "director of *the ministry*'s *department of foreign trade*".
OWNED = re.compile(rf"(?P<owner>h)q(?P<body>(?:[wn]{{1,4}}(?:aw[wn]?)?[hk]|[hk]{_SUBJECT}))")

#: A part of a body that its place tells: "the *Guangzhou branch of the* People's Bank of China".
BRANCH_OF = re.compile(r"(?P<place>G(?:-?[GN]){0,2})(?P<word>[nhOHN])ot?")

#: A part named behind its body: "People's Bank of China *Guangzhou Branch*".
BRANCH_BEHIND = re.compile(r"(?P<place>G(?:-?[GN]){0,2})(?P<word>[nhOHN])")

#: A site with its name: "*Haikou Meilan International Airport*", "*Guiyang railway station*", "*… Inspection Station*".
SITE = re.compile(r"[NGWOA](?:-?[NGWOA]){0,6}(?:E|[wn]{0,2}[nE])")

#: "*Erenhot Port customs*", "*Nanjing customs*".
CUSTOMS = re.compile(r"[GN](?:-?[GN]){0,2}[EW]?[wn]")

#: An abbreviation in brackets behind a name: "National Bureau of Statistics *(NBS)*".
BRACKET = re.compile(r"\(([NAWHC])\)")
