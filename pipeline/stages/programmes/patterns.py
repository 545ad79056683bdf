"""The named patterns of this stage; every repeat is bounded."""

from __future__ import annotations

import re

#: What may stand between two places of one list: "Beijing*, *Shanghai* and *Chongqing* municipalities, as well as
#: the provinces of *Jiangsu*;\n• the city of *Luoyang".
LIST_GAP = re.compile(
    r"[\s,;:()•*\-–—\d.]{0,12}(?:(?:and|as|well|the|both|all|plus|provinces?|of|municipalit(?:y|ies)|cit(?:y|ies)|autonomous|"
    r"regions?|prefectures?|count(?:y|ies)|districts?|special|administrative|in|areas?|towns?|'s)\b[\s,;:()•*\-–—]{0,12}){0,8}"
)
#: What leads on to where a place lies: "Luoyang *in* Henan", "Zhangye*, *Gansu", "Shenzhen*'s* Yantian district".
WITHIN = re.compile(r"\bin\b|^\s?,\s?$|^'s\s")
#: What opens the parts of the place before it: "five cities in Zhejiang* - *Huzhou, Jiaxing …".
OPENS_PARTS = re.compile(r"\s?(?:-{1,2}|[:\u2013\u2014])\s?")
