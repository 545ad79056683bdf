from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.identity import LONGEST, Named, safe_id, unique_ids


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pilot-2024-01-11", "pilot-2024-01-11"),
        ("../../etc/passwd", "etc-passwd"),
        ("a b/ü=.v2", "a-b-ü-.v2"),
        ("浙江新闻", "浙江新闻"),
        ("=cmd|' /C calc'!A0", "cmd-C-calc-A0"),
        ("-5", "5"),
        ("@me", "me"),
        ("", "document"),
        ("...", "document"),
        ("\0\n\r", "document"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("C:\\news\\a", "C-news-a"),
        ("u\u0308", "ü"),
        ("a\u202eb\ud800c", "a-b-c"),
    ],
)
def test_safe_id(name: str, expected: str) -> None:
    assert safe_id(name) == expected


def test_long_names_are_cut_and_stay_different() -> None:
    one, other = safe_id("长" * 300), safe_id("长" * 301)
    assert one != other
    assert max(len(one.encode()), len(other.encode())) <= LONGEST


@given(st.text())
def test_any_name_is_one_safe_path_part(name: str) -> None:
    safe = safe_id(name)
    assert safe
    assert len(safe.encode()) <= LONGEST
    assert not set(safe) & set("/\\\0\n\r\t:*?\"<>|=+@,;'")
    assert safe[0] not in ".-"
    assert safe_id(safe) == safe


def names(documents: list[Named]) -> set[tuple[str, Named]]:
    ids = unique_ids(documents)
    return {(doc_id, document) for document, found in ids.items() for doc_id in found}


def test_who_asks_alone_gets_the_name() -> None:
    assert unique_ids([Named("a", "11", "a.txt"), Named("b", "22", "b.txt")]) == {
        Named("a", "11", "a.txt"): ["a"],
        Named("b", "22", "b.txt"): ["b"],
    }


def test_several_who_ask_get_their_digests() -> None:
    documents = [
        Named("news", "aa", "1/news.txt"),
        Named("News", "bb", "2/News.txt"),
        Named("news", "aa", "3/news.txt"),
    ]
    assert names(documents) == {
        ("news-aa", documents[0]),
        ("News-bb", documents[1]),
        ("news-aa-2", documents[2]),
    }


@given(
    st.lists(
        st.builds(Named, st.sampled_from(["a", "A", "a-1", "a-1-2", "b"]), st.sampled_from("12"), st.sampled_from("xy"))
    ),
    st.randoms(),
)
def test_ids_are_unique_and_independent_of_the_order(documents: list[Named], random: object) -> None:
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ids = [doc_id for doc_id, _ in names(documents)]
    assert len({doc_id.casefold() for doc_id in ids}) == len(documents)
    assert names(shuffled) == names(documents)


@pytest.mark.timeout(60)
def test_any_number_of_copies_get_their_names_at_once() -> None:
    """Counting anew for every copy would take minutes."""
    copies = [Named("news", "aa", f"news.jsonl:{number:06}") for number in range(50_000)]
    ids = unique_ids(copies)
    assert ids[copies[0]] == ["news-aa"]
    assert ids[copies[-1]] == ["news-aa-50000"]
