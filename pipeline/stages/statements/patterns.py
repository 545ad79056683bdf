"""The shapes of an attribution, and the closed classes of words that mark them.

Each shape with its sentence; **what is said** is what the statement's span covers.

- before: "Li Hua said (on Monday) that **exports rose**." (`before.py`)
- infinitive: "The bureau urged **banks to lend more**." (`before.py`)
- after: "**Exports rose**, Li Hua said." (`after.py`)
- inverted: "**Exports rose**, said Li Hua, a broker, at a briefing." (`after.py`)
- inside: '"**We lost," said Li, "but we learned**."' and "**The plan, Li said, will work**." (`after.py`)
- according: "According to Li, **exports rose**." (`according.py`)
- tail: "…, adding that **more will follow**", with the source of the cue before it (`read.py`)
- quoted: "Li was quoted as saying **exports rose**." (`read.py`)
- conviction: "Li is confident that **exports will rise**." (`cues.py`)
- headline: "**Exports to rise**: ministry" (`headlines.py`)
- continued: '"A," Li said. "**B**."' (`continued.py`)
"""

#: Dependencies of what does the saying.
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
#: Tags with which an adjunct begins: "said on Monday", "said again".
ADJUNCT_TAGS = frozenset({"IN", "RB", "TO", "RBR", "RP"})
#: Words with which an adjunct of time begins: "said Monday", "said late on Friday".
DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "last",
        "this",
        "late",
        "early",
        "earlier",
        "later",
    ]
)
#: What "this" and "last" open an adjunct with: "said this week".
PERIODS = frozenset(["week", "month", "year", "morning", "afternoon", "evening", "spring", "summer", "autumn", "fall"])
COMMAS = frozenset({",", "--", "\u2014", "\u2013", ";"})
QUOTES = frozenset({'"', "''", "``", "'"})
TERMINALS = frozenset({".", "!", "?"})
#: Words between two statements of one source: "…, and warned that …".
LINKS = frozenset({"and", "but", "while", "or", "also", "as", "then"})
#: Words that count some of many: "half of them said", "one-third", "the others".
SHARES = frozenset({"half", "third", "quarter", "most", "majority", "percent", "others", "rest", "remainder"})
#: Words that begin a clause of the writer's own: "…, though they concede that …".
CONTRASTS = frozenset({"though", "although", "while", "but", "whereas"})
#: Words before a subject in whose clause nothing is said: "what the mayor thinks", "than analysts expected".
RELATIVES = frozenset({"what", "whatever", "which", "who", "whom", "than", "how", "where"})
#: Pronouns that begin no clause: "told them", "showed him trailing".
OBJECTS = frozenset({"him", "them", "us", "me"})
#: Prepositions after an inverted subject: "said Li at a briefing".
AFTER_SUBJECT = frozenset({"at", "in", "on", "during", "as", "after", "when"})
#: Tags with which the noun phrase of an inverted subject begins.
NOUN_TAGS = ("NN", "DT", "PRP", "JJ", "CD", "VBN", "VBG", "FW")
#: Words with which a clause of what is said goes on behind its attribution, and what makes another thing of "as".
BESIDE = frozenset({"while", "as", "because"})
NO_CLAUSE = frozenset({"well", "part", "of", "long", "soon"})
#: Words with which what is said goes on behind its attribution: "…, it added, up from 38 in May".
COMPARISONS = frozenset({"up", "down", "compared", "against", "from", "versus"})
