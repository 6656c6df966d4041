"""The search, held to its rule on made pages: silent on what is whole, loud on what is not."""

from hypothesis import given
from hypothesis import strategies as st

from chapbook.diagnostics import Code, Diagnostic, Location
from chapbook.inspect.losses import Grounds, compare
from chapbook.inspect.sheet import make_sheet
from chapbook.model import Kind, Passage

HINTS = dict.fromkeys(Kind, "look")
WORDS = ["the", "a", "yes", "12", "of", "word", "another", "consideration", "日本語", "は", "naïve"]

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)
books = st.lists(words, min_size=1, max_size=12)


def passage(number: int, text: str) -> Passage:
    return Passage(f"d:{number}", Kind.TEXT, text, Location("a.md", number + 1))


def set_pages(blocks: list[list[str]], size: int) -> tuple[list[list[str]], dict[str, range]]:
    """Set blocks in lines of `size` words and pages of three lines, with a folio on each."""
    pages: list[list[str]] = [[]]
    windows = {}
    for number, block in enumerate(blocks):
        first = len(pages) - 1
        for start in range(0, len(block), size):
            if len(pages[-1]) == 3:
                pages.append([])
            first = first if start else len(pages) - 1
            pages[-1].append(" ".join(block[start : start + size]))
        windows[f"d:{number}"] = range(first, len(pages))
    return pages, windows


def findings(
    blocks: list[list[str]], pages: list[list[str]], windows: dict[str, range]
) -> list[Diagnostic]:
    passages = [passage(n, " ".join(block)) for n, block in enumerate(blocks)]
    sheets = [make_sheet(f"page {n}", page) for n, page in enumerate(pages, 1)]
    return list(compare(passages, sheets, Grounds(windows, HINTS, is_text=False)))


@given(books, st.integers(4, 9))
def test_whole_books_are_silent(blocks: list[list[str]], size: int) -> None:
    # Blocks that say nothing of their own can not be told apart, and may be taken in turn.
    own = [[f"own{number}", *block] for number, block in enumerate(blocks)]
    assert not findings(own, *set_pages(own, size))


@given(books, st.integers(1, 9), st.data())
def test_any_one_word_lost_is_caught(
    blocks: list[list[str]], size: int, data: st.DataObject
) -> None:
    pages, windows = set_pages(blocks, size)
    page = data.draw(st.sampled_from([page for page in pages if page]))
    line = data.draw(st.integers(0, len(page) - 1))
    kept = page[line].split()
    del kept[data.draw(st.integers(0, len(kept) - 1))]
    page[line] = " ".join(kept)
    assert Code.LOST_TEXT in {d.code for d in findings(blocks, pages, windows)}


def test_a_word_is_not_begun_in_a_picture_and_ended_on_the_next_page() -> None:
    block = ["what the wooden printer remembered", "this second tale"]
    pages = [[block[0], "t", "elescope"], [block[1], "t", "elescope"]]
    text = [" ".join(block).split()]
    assert not findings(text, pages, {"d:0": range(2)})
