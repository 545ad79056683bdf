"""What stands around and between the paragraphs without being text: menus, buttons, link lists, credits."""

from __future__ import annotations

import re
from functools import cache

from pipeline.layout.outlets import outlet, outlet_pattern
from pipeline.resources import table, words

_TERMINAL = re.compile(r"[.!?:;\u2026][\"')\]]{0,3}$")
_SENTENCE_END = re.compile(r"[a-z0-9)\"'%][.!?][\"')\]]{0,2}(?=\s+[\"'(]?[A-Z0-9]|\s*$)")
_WORD = re.compile(r"[^\s|>/,\u00b7\u2022]+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{1,140})[)\]]")
_PAGE_NUMBERS = re.compile(r"\u3010[^\u3011\n]{0,20}\u3011")
_CREDIT = re.compile(
    r"(?:Photos?|Photographs?|Pictures?|Images?|Illustrations?|Graphics?|Source|Credits?|File photo|Photo courtesy)\b"
    r"|(?:PHOTO|IMAGE|FILE)\b|(?:Xinhua|Reuters|AP|AFP)\s?/"
)
_CREDIT_HINT = re.compile(r"Photo|PHOTO|Image|rovided (?:to|for) |PROVIDED|[A-Z] ?/ ?[A-Z]")
_LOOSE_CREDIT = re.compile(
    r"(?:(?:Photo|Photos|PHOTO|Image|Picture|Photograph)\s?(?::|/|by\b|BY\b|from\b|provided\b|courtesy\b)"
    r"|[A-Z][\w' .-]{2,40} ?/ ?[A-Z])[^.\n]{0,90}\.?$"
)
_NOT_TEXT = re.compile(
    r"\W*$|\d{1,3} (?:second|minute|hour|day|week)s? ago$|\d{1,3}[ -][Mm]in(?:ute)?s? [Rr]ead$|(?:\d{1,4}\W*){1,6}$"
    r"|(?:https?://|www\.)\S+$|[\w.+-]{1,40}@[\w.-]{1,60}$",
    re.ASCII,
)


#: "Print This Page", "Email this article", "Send to a friend": what a reader may do with a page.
_BUTTON = re.compile(
    r"\b(?:Print|E-?mail|Share|Save|Send|Bookmark|Tweet|Like|Pin|Post|Download|Translate|Listen to|Comment on|Rate)"
    r" (?:(?:this|the) (?:page|article|story|post|news|content)|(?:it )?to (?:a )?friends?|PDF)\b",
    re.IGNORECASE,
)
#: The first letter behind the Latin ones, small extensions and phonetic signs left aside.
_GREEK = 0x0370
#: "Photo taken on May 3 shows …": how agencies begin a caption.
_CAPTION = re.compile(
    r"(?:(?:A|An|The|This|These) )?(?:\w+ ){0,2}(?:photos?|pictures?|images?) (?:was |were )?taken\b", re.IGNORECASE
)


#: A credit with fewer words before it has no caption.
_CAPTION_WORDS = 4

#: No furniture line is longer: a page on one line may begin with a button and go on with the article.
_LONGEST_LINE = 160


def ends_sentence(line: str) -> bool:
    """Whether `line` closes like a sentence: ``ends_sentence('"Yes," he said.')`` → True."""
    return _TERMINAL.search(line[-6:].rstrip()) is not None


def sentence_ends(text: str, start: int, end: int) -> int:
    """How many sentences end in `text[start:end]`, by their full stops."""
    return sum(1 for _ in _SENTENCE_END.finditer(text, start, end))


@cache
def _menu() -> frozenset[str]:
    return words("layout/navigation")


def is_menu_word(word: str) -> bool:
    """Whether `word` can stand in a menu: ``is_menu_word("Opinions")`` → True; only capitalised ones can."""
    return word[:1].isupper() and word.strip(".:&").casefold() in _menu()


def is_menu_line(line: str) -> bool:
    """Whether `line` is a menu, a button, a counter, an address or in another script, and no headline."""
    if _NOT_TEXT.match(line.strip()) or is_foreign(line):
        return True
    found = _WORD.findall(_BUTTON.sub("Print", line))
    marks = "".join("m" if is_menu_word(word) or not any(map(str.isalpha, word)) else "-" for word in found)
    if line.lstrip().startswith((">", "\u00bb", "Home >", "Home /")) or outlet(line):
        return True
    return "-" not in marks or ("mmm" in marks and marks.count("m") / len(marks) >= 0.6)


def is_label_line(line: str) -> bool:
    """Whether a line is but a label of what stands beside the text: ``is_label_line("ADVERTISEMENT")`` → True."""
    bare = line.strip().rstrip(":").casefold()
    return any(bare == cue.rstrip(":").casefold() for cue, _ in _cues("line"))


#: "Home > News > Nation", "Home » City specials » Ningbo", "Location: Home > News"
_TRAIL = re.compile(r"(?:\S{1,20}:? ?)?(?:Home ?page|Home|HOME|\u9996\u9875) ?(?:>{1,2}|\u00bb|\"|\u203a|/) ?\S")


def is_trail(line: str) -> bool:
    """Whether a line is the trail of links to the page: ``is_trail("Home > News > Nation")`` → True."""
    return len(line) <= _LONGEST_LINE and _TRAIL.match(line) is not None


def is_foreign(line: str) -> bool:
    """Whether most letters of `line` are no Latin ones: the links of a Chinese site around an English article."""
    letters = [char for char in line if char.isalpha()]
    return 2 * sum(ord(char) >= _GREEK for char in letters) > len(letters)


def is_caption(line: str) -> bool:
    """Whether `line` stands under a photo: it says that it was taken, or ends with the photographer's credit.

    ``is_caption("Tea is dried in Lishui. [Photo by Bai Ruo/Xinhua]")`` → True; an agency alone ("(Xinhua)") signs
    headlines too.
    """
    if _CAPTION.match(line):
        return True
    found = [line[first:last].strip("()[] .") for first, last in credits_in(line, 0, len(line))]
    photos = [credit for credit in found if not outlet(credit) and not credit.startswith(("Source", "SOURCE"))]
    return bool(photos) and len(line.split()) - sum(len(credit.split()) for credit in found) >= _CAPTION_WORDS


def after_menu(line: str) -> int:
    """Where the headline begins in `line`, after the last run of two or more menu words or the last ``>>``."""
    at = max((m.end() for m in re.finditer(r">{1,2}\s|\u00bb\s|\u203a\s|&gt;\s?", line)), default=0)
    run, last = 0, 0
    for match in _WORD.finditer(line, at):
        run = run + 1 if is_menu_word(match[0]) else 0
        if run >= 2:
            last = match.end()
    return last or at


def after_buttons(page: str, at: int) -> int:
    """Where the text begins when buttons stand before it: ``"Share - WeChat Weibo A machine on sale …"`` → at "A"."""
    run, text = 0, at
    for match in _WORD.finditer(page, at, at + _LONGEST_LINE):
        if is_menu_word(match[0]):
            run, text = run + 1, match.end()
        elif any(map(str.isalnum, match[0])):
            break
    return text if run >= 2 else at


#: "Follow Green Coast News on Twitter and Facebook"
_FOLLOW = re.compile(
    r"(?<![\w'-])Follow [\w'. ]{2,40} on (?:Twitter|X\b|Facebook|Instagram|LinkedIn|WeChat|Weibo|YouTube|TikTok)"
)


@cache
def _cues(place: str) -> tuple[tuple[str, str], ...]:
    return tuple((row["cue"], row["sure"]) for row in table("layout/cues") if row["place"] == place)


def body_end(page: str, start: int, line_starts: frozenset[int]) -> int:
    """Where the first thing that can only follow an article begins, from `start` on.

    A sure cue ("Add your comment") counts anywhere, one before a list ("Related reading") where no small letter
    follows, and an unsure one ("Editor:", "Recommended") on a line of its own, or where no sentence follows it.
    """
    end = len(page)
    for cue, sure in _cues("end"):
        at = page.find(cue, start, end)
        while at != -1 and not _is_end(page, at, cue, sure=sure, starts_line=at in line_starts):
            at = page.find(cue, at + len(cue), end)
        end = at if at != -1 else end
    invitation = _FOLLOW.search(page, start, end)
    return invitation.start() if invitation else end


def _is_end(page: str, at: int, cue: str, *, sure: str, starts_line: bool) -> bool:
    before, after = page[at - 1 : at] if at else "", page[at + len(cue) : at + len(cue) + 3]
    if before.isalnum() or before in ("-", "'", '"') or (cue[-1].isalpha() and after[:1].isalpha()):
        return False
    if sure == "yes":
        return True
    first = after.lstrip(" :|>-")[:1]
    if first.islower() or first in (",", ".", ")"):
        return False
    if starts_line or sure == "list":
        return True
    closed = page[max(0, at - 3) : at].rstrip()[-1:] in tuple(".!?\"')]\u3011\u2026")
    return closed and sentence_ends(page, at, min(len(page), at + 300)) <= 1


def is_furniture_line(line: str) -> bool:
    """Whether a whole line between the paragraphs is none: buttons, "Read more: …", a credit alone, an address."""
    bare = line.strip()
    if not ends_sentence(bare) and is_menu_line(bare):
        return True
    if any(
        bare.startswith(cue) and not bare[len(cue) :][:1].isalnum() and _short(bare, cue) for cue, _ in _cues("line")
    ):
        return True
    return len(bare) < 120 and _LOOSE_CREDIT.match(bare) is not None


def _short(line: str, cue: str) -> bool:
    """A line cue takes its line only where that isn't a sentence of its own ("Share prices fell on Monday.")."""
    rest = line[len(cue) :].strip()
    if len(line) > _LONGEST_LINE:
        return False
    return not rest or rest[0] in ":|>-" or cue[-1] == ":" or not ends_sentence(line)


def credits_in(page: str, start: int, end: int) -> list[tuple[int, int]]:
    """Credits in brackets, agencies in brackets, page numbers and a credit after a caption, within `start:end`."""
    found = [m.span() for m in _BRACKETS.finditer(page, start, end) if _is_credit(m[1].strip())]
    if "\u3010" in page:
        found += [m.span() for m in _PAGE_NUMBERS.finditer(page, start, end)]
    if _CREDIT_HINT.search(page, start, end):
        found += [m.span() for m in _tail_credit().finditer(page, start, end)]
    return sorted(found)


@cache
def _tail_credit() -> re.Pattern[str]:
    """`Photo by Li Mei/China Daily`, `PHOTO PROVIDED TO CHINA DAILY`, `Photo: VCG`, `LI MEI / VCG` after captions."""
    word, outlets = r"[A-Z][\w'.-]{1,20}", f"(?i:{outlet_pattern()})"
    return re.compile(
        rf"(?<=[.\s])(?:(?:Photos?|PHOTOS?|Images?) (?:by|BY) (?:{word} ){{0,3}}{word} ?/ ?(?:for )?{outlets}\b"
        rf"|(?:Photos?|PHOTOS?|Images?) ?[:/] ?(?:{outlets}|VCG|IC|CFP)\b"
        rf"|[A-Z][A-Z'-]{{1,20}}(?: [A-Z][A-Z'-]{{1,20}}){{0,3}} ?/ ?(?:(?:for|FOR) )?{outlets}(?=\s*$)"
        rf"|(?:Photos?|PHOTOS?|Images?|Pictures?|Illustrations?|Graphics?) ?: ?{word}(?:[ ,/]{{1,2}}{word}){{0,4}}"
        rf"(?=\s*$)"
        rf"|(?:(?:Photos? )?provided|(?:PHOTOS? )?PROVIDED) (?:to|TO|for|FOR) {outlets}\b)",
        re.MULTILINE,
    )


def _is_credit(words_inside: str) -> bool:
    if outlet(words_inside) or _CREDIT.match(words_inside):
        return True
    left, slash, right = words_inside.partition("/")
    return bool(slash) and (outlet(left) is not None or outlet(right) is not None)
