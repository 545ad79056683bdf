"""Whatever arrives, a layout comes back, in time that grows with the text and no faster."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layout import read_layout, stamp

PAGES = [page["text"] for page in yaml.safe_load(Path(__file__).with_name("layouts.yaml").read_text("utf-8"))]
SCRAPS = ["\r\n", "\n", "\u00a0", "😀", "中国", "“", "”", "\n\n", "&gt;", '\\"', "(", "--", "By ", "\ufeff", "\x00"]
HOSTILE = (  # each repeated many thousand times
    [
        "A ",
        "By Aa ",
        "By Aa Bb, ",
        "(",
        "(Xinhua ",
        "--",
        "BEIJING, ",
        "BEIJING (X) ",
        "\n ",
        "Home\n",
        "a. ",
        "[Photo ",
        "Photo by Aa Bb ",
        "&",
        "&#1",
        "&gt;",
        "\\'",
        '"',
        "Related reading ",
        "Editor: ",
        "Most Read x. Y ",
        "Source: ",
        "Source: Xinhua ",
        "Updated: ",
        "10:02, ",
        "2020-11-18 ",
        "Nov ",
        "😀",
        "中国，",
        "> ",
        " | ",
        "{",
        "a.b(",
        "【",
        "a@",
        "AA BB-CC ",
    ]
)


@pytest.mark.parametrize("scrap", HOSTILE)
def test_time_is_linear(scrap):
    def seconds(times: int) -> float:
        text = scrap * times
        start = time.perf_counter()
        assert len(read_layout(text).clean) == len(text)
        return time.perf_counter() - start

    seconds(10)
    short, long = (min(seconds(size) for _ in range(3)) for size in (3_000, 12_000))
    assert long < 10 * short + 0.1


@pytest.mark.parametrize("scrap", ["Source: Xinhua ", "(Xinhua) ", "Editor: Aa Bb ", "2020-11-18 a@b.cn "])
def test_a_stamp_without_end_is_not_read_from_each_of_its_parts(scrap, monkeypatch):
    read_part, calls = stamp.read_part, []
    monkeypatch.setattr(
        stamp, "read_part", lambda *args, **options: calls.append(args[1]) or read_part(*args, **options)
    )
    read_layout(scrap * 2_000)
    assert len(calls) < 40_000


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\x00", ".", "By", "(Xinhua)", "Home", "\ud800"])
def test_next_to_nothing(text):
    layout = read_layout(text)
    assert len(layout.clean) == len(text)
    assert not layout.authors


@settings(max_examples=150, deadline=None)
@given(
    page=st.sampled_from(PAGES),
    cuts=st.tuples(st.integers(0, 400), st.integers(0, 400)),
    scraps=st.lists(st.tuples(st.integers(0, 800), st.sampled_from(SCRAPS)), max_size=8),
)
def test_mangled_pages_keep_their_offsets(page, cuts, scraps):
    text = page[cuts[0] : len(page) - cuts[1]]
    for at, scrap in scraps:
        text = text[:at] + scrap + text[at:]
    layout = read_layout(text)
    assert len(layout.clean) == len(text)
    end = 0
    for block in layout.blocks:
        assert end <= block.start < block.end <= len(text)
        end = block.end


def test_letters_that_grow_in_small_form_move_no_offset():
    stamp = "By Li Hua Source: China Daily Updated: 2024-01-11"
    text = f"Menu \u0130\u00df\n\nStra\u00dfe opens\n\n{stamp}\n\nCars went through at dawn."
    layout = read_layout(text, title="Stra\u00dfe opens")
    (headline,) = (block for block in layout.blocks if block.kind == "headline")
    assert text[headline.start : headline.end] == "Stra\u00dfe opens"


@pytest.mark.parametrize("sign", ["(", '"', "\u201c", "()", "-=", "\u2026"])
def test_signs_without_end_are_no_work(sign: str) -> None:
    text = f"Beijing has 5 firms. {sign * 20_000} Shanghai has 6."
    layout = read_layout(text)
    assert len(layout.clean) == len(text)
    assert sum(not char.isspace() for char in layout.clean) < 60
