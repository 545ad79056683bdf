"""Bytes to the text of an article: which encoding, and line ends.

The order is that of the contract: byte order mark, strict UTF-8 (UTF-16 without a mark can't be taken for it), UTF-8
with some stray bytes, what is declared, GB18030, Latin-1. A guess by statistics comes nowhere: it calls valid UTF-8
with some Chinese in it a Cyrillic encoding.
"""

from __future__ import annotations

import codecs
import re

from pipeline.read.article import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: How files that are no text begin, and what to call them.
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"{\\rtf", "an RTF file"),
)

#: Control characters that no text has: all but tab, line feed, form feed, carriage return and escape.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")

#: Characters of GBK that follow each other: two bytes each, of which the second may be an ASCII letter.
_GBK_RUN = re.compile(rb"(?:[\x81-\xfe][\x40-\x7e\x80-\xfe])+")
_LETTER = re.compile(rb"[A-Za-z]")
#: More of a text isn't looked at to tell whether it is Chinese.
_LOOKED_AT = 1 << 20
#: Bytes that may be part of a longer character in UTF-8 or GB18030.
_MAY_BE_CUT = bytes(range(0x30, 0x100))
#: A text is UTF-8 where as many characters a stray byte are; other encodings are hardly ever UTF-8 by chance.
_FEW_STRAYS = 3
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the name of its encoding; raises `Unreadable` for bytes that are no text.

    ``decode(b"\\xef\\xbb\\xbfLi said\\r\\n")`` → ``("Li said\\n", "utf-8-sig")``. A stray byte becomes U+FFFD.
    """
    encoding = encoding_of(data)
    return plain_text(data.decode(encoding, "replace")), encoding


def damage(data: bytes, encoding: str) -> tuple[str, ...]:
    """What to note of a text that `encoding_of` found to be UTF-8 with stray bytes in it."""
    if encoding != "utf-8" or data.isascii() or not (strays := _utf8_signs(data)[1]):
        return ()
    return (f"{strays:,} {'byte is' if strays == 1 else 'bytes are'} not UTF-8 and shown as \ufffd",)


def encoding_of(data: bytes, *, declared: str | None = None) -> str:
    """The name of the encoding that `data` decodes in without an error, or nearly so in UTF-8.

    `declared` is the Python name of the one that the page or its server tells of; it counts where it fits.
    """
    if (name := marked(data)) and _decodes(data, name):
        return name
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"this is {name}, not text: save it as .txt or .html")
    if _looks_utf16(data):
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    if _is_binary(data):
        raise Unreadable("this is a binary file, not text: save it as .txt or .html")
    if _decodes(data, "utf-8") or _is_nearly_utf8(data):
        return "utf-8"
    if declared and _decodes(data, declared):
        return declared
    return next(name for name in ("gb18030", "cp1252", "latin-1") if _fits(data, name))


def table_encoding(head: bytes, *, whole: bool) -> str:
    """The encoding of a table that begins with `head`: by its mark, else by its lines, which stand each for itself.

    A line that isn't UTF-8 between more that are is damaged, and no reason to read the others as something else.
    Where `head` isn't the `whole` table, its last character may be cut: what follows the last sign that is part of no
    longer character is left out.
    """
    if name := marked(head):
        return name
    if _looks_utf16(head[:4096]):
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    seen = head if whole else head.rstrip(_MAY_BE_CUT) or head
    lines = [line for line in seen.split(b"\n") if not line.isascii()]
    longer = b"\n".join(lines)
    if 2 * sum(_decodes(line, "utf-8") for line in lines) >= len(lines) or _is_nearly_utf8(longer):
        return "utf-8"
    return next(name for name in ("gb18030", "cp1252", "latin-1") if _fits(longer, name))


def marked(data: bytes) -> str | None:
    """The encoding that the byte order mark at the beginning of `data` tells of; None where there is none."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def plain_text(text: str) -> str:
    """`text` with the line ends of the contract, and without half characters that no file could hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.removeprefix("\ufeff")
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _is_binary(data: bytes) -> bool:
    """A text has no control characters; but it stays one with a few, which some editors and exports leave behind.

    They stand in the text like every character, and nothing is read across them; tables show a zero character as
    U+FFFD, as programs take it for the end. Cells of tables are treated alike.
    """
    few = min(3.0, len(data) / 20)
    return len(_CONTROL.findall(data)) > max(few, len(data) / 50) or data.count(0) > max(few, len(data) / 200)


def _fits(data: bytes, name: str) -> bool:
    if name == "gb18030" and not _mostly_gb_pairs(data):
        return False
    if name == "cp1252" and not any(0x80 <= byte <= 0x9F for byte in data):
        return False
    return _decodes(data, name)


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_utf8(data: bytes) -> bool:
    good, strays = _utf8_signs(data)
    return good >= _FEW_STRAYS * strays


def _utf8_signs(data: bytes) -> tuple[int, int]:
    """How many characters of `data` are longer ones of UTF-8, and how often it isn't UTF-8."""
    text = data.decode("utf-8", "replace")
    strays = text.count("\ufffd") - data.count("\ufffd".encode())
    return len(text) - len(text.encode("ascii", "ignore")) - strays, strays


def _mostly_gb_pairs(data: bytes) -> bool:
    """Chinese stands in runs of pairs of bytes; the accents of Western encodings stand alone, or in words."""
    chinese = pairs = 0
    for run in _GBK_RUN.finditer(data[:_LOOKED_AT]):
        length = len(run[0]) // 2
        pairs += length
        chinese += length if _is_chinese(run) else 0
    return pairs > 0 and chinese >= 0.9 * pairs


def _is_chinese(run: re.Match[bytes]) -> bool:
    """Whether a run of pairs is Chinese: most of it common characters, which GB2312 has, or some in a word by itself.

    A rare character has an ASCII letter as its second byte (the 镕 of 朱镕基). Western accents before a letter look
    like that one, or two together like a common one, but within a word: ``téléphone``, ``réélu``. Signs, which come
    before the row of B0, stand beside letters in Chinese too: ``“yes”``.
    """
    pairs = list(zip(run[0][::2], run[0][1::2], strict=True))
    common = sum(0xA1 <= one <= 0xF7 and two >= 0xA1 for one, two in pairs)
    around = run.string[max(run.start() - 1, 0) : run.start()] + run.string[run.end() : run.end() + 1]
    in_word = run[0][0] >= 0xB0 and _LETTER.search(around) is not None
    return common > 0 and (len(pairs) > 1) + (2 * common >= len(pairs)) + (not in_word) >= 2


def _looks_utf16(data: bytes) -> bool:
    """English in UTF-16 has a zero in every other byte, all on one side."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2:
        return False
    zeros = (head[0::2].count(0), head[1::2].count(0))
    name = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    return max(zeros) > 0.3 * len(head) / 2 and min(zeros) < 0.02 * len(head) and _decodes(data, name)
