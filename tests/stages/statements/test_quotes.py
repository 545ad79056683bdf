"""Quotations by their marks, balanced or not."""

from __future__ import annotations

import time

import pytest

from pipeline.layout import Block, read_layout
from pipeline.stages.statements.quotes import Quote, find_quotes


def quotes_of(text):
    layout = read_layout(text)
    return [text[quote.start : quote.end] for quote in find_quotes(layout.clean, text, layout.blocks)], layout


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ('"We lost," said Li, "but we learned."', ['"We lost,"', '"but we learned."']),
        ("“We lost,” said Li, “but we learned.”", ["“We lost,”", "“but we learned.”"]),
        ("He called it ”strange” and left.", ["”", "”"]),
        ("'We will not move,' said the baker.", ["'We will not move,'"]),
        ("The workers' rights and the owners' duties are set out in a book.", []),
        ("It was the winters of the '90s that the town's elders' tales are about.", []),
        ("No marks at all in this sentence, said Li.", []),
        ("&quot;We were late,&quot; she said.", ["&quot;We were late,&quot;"[:-5]]),
        ('A 12" pipe broke and the valley was without water for a day.', ['"']),
    ],
)
def test_marks(text, want):
    assert quotes_of(text)[0] == want


def test_quotation_over_paragraphs_is_one():
    text = '"The first field failed.\n\n"The second did not," said Li.\n\nHe left.'
    assert quotes_of(text)[0] == ['"The first field failed.\n\n"The second did not,"']


def test_missing_end_costs_its_own_paragraph_only():
    text = '"The first field failed, said Li.\n\n"The second did not," said Wu.\n\nHe left.'
    assert quotes_of(text)[0] == ['"The first field failed, said Li.', '"The second did not,"']


def test_missing_end_costs_no_later_quotation_in_its_paragraph():
    clean = '"The field failed, said Li. Then: "We start again," he said.'
    found = find_quotes(clean, clean, [Block("body", 0, len(clean))])
    assert found == [Quote(0, 34, closed=False), Quote(34, 51)]


def test_no_paragraph_no_quotation():
    assert find_quotes('"A" b', '"A" b', []) == []


@pytest.mark.parametrize("scrap", ['"', '" ', ' "', "'A ", "' ", '"A', 'a" ', ", said "])
def test_time_is_linear(scrap):
    def seconds(times):
        text = scrap * times
        start = time.perf_counter()
        find_quotes(text, text, [Block("body", 0, len(text))])
        return time.perf_counter() - start

    short, long = (min(seconds(size) for _ in range(3)) for size in (4_000, 16_000))
    assert long < 10 * short + 0.1
