"""Each element of an e-book is led back to the line that its words were written on."""

import re
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.diagnostics import Location
from chapbook.provenance import Provenance
from tests.assayed_books import Epub, make_epub

TOKEN = re.compile(r"k\d+k")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
# Each # becomes a word that stands once in the book.
BLOCKS = (
    "# yes\nand # on\nthree *#* lines",
    "## #",
    "- #\n- yes\n- yes #\n  - # yes",
    "1. #\n\n    #\n2. yes",
    "> #\n> #",
    "| # | yes |\n| --- | --- |\n| yes | # |\n| yes | yes |\n| # | yes |",
    "```\n#\n\n# yes\n```",
    "yes\n\nyes\n\n# yes",
    '![# alt](a.svg "# title")',
    "Called[^N] # and\nagain[^N] #.\n\n[^N]: # yes\n    #.",
    "!!! note\n    #\n\n    yes #",
    "Term #\n:   yes\n:   #",
    "yes **yes #** [#](two.md) `# x`",
)


def sources(blocks: list[str]) -> dict[str, str]:
    count = 0
    texts = []
    for number, block in enumerate(blocks):
        text = block.replace("N", f"n{number}")
        while "#" in re.sub(r"^#+ ", "", text, flags=re.MULTILINE) or "##" in text:
            head = "## " if text.startswith("## ") else ""
            text = head + text[len(head) :].replace("#", f"k{count}k", 1)
            count += 1
            if "#" not in text[len(head) :]:
                break
        texts.append(text)
    middle = len(texts) // 2
    parts = ("# One\n\n" + "\n\n".join(texts[:middle]), "# Two\n\n" + "\n\n".join(texts[middle:]))
    return {"one.md": parts[0] + "\n", "two.md": parts[1] + "\n", "a.svg": SVG}


def lines(written: dict[str, str]) -> dict[str, tuple[str, int]]:
    return {
        token: (name, number)
        for name, text in written.items()
        for number, line in enumerate(text.splitlines(), 1)
        for token in TOKEN.findall(line)
    }


def led_back(blocks: list[str]) -> int:
    """Check each element that begins with a word which stands once, and count these."""
    written = sources(blocks)
    with tempfile.TemporaryDirectory() as folder:
        epub = make_epub(Path(folder), written)
    wanted = lines(written)
    provenance = Provenance(epub.files, epub.passages)
    seen = 0
    for name in (n for n in epub.files if "chapter" in n):
        for number, element in enumerate(ElementTree.fromstring(epub.files[name]).iter()):
            first = TOKEN.match(("".join(element.itertext()) + element.get("alt", "")).strip())
            if first and not element.tag.endswith(("html", "body", "head", "title")):
                at = provenance.at_tag(name, number)
                assert at, ElementTree.tostring(element)
                assert (at.path, at.line) == wanted[first[0]], ElementTree.tostring(element)
                seen += 1
    return seen


@settings(max_examples=25)
@given(st.lists(st.sampled_from(BLOCKS), min_size=2, max_size=14))
def test_every_element_is_led_back_to_the_line_of_its_first_word(blocks: list[str]) -> None:
    led_back(blocks)


def test_every_kind_of_block_is_led_back() -> None:
    assert led_back(list(BLOCKS)) > 2 * len(BLOCKS)


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Epub:
    text = (
        "# One\n\nA first paragraph\nof two lines, with a note.[^n]\n\n- yes\n- yes\n\n"
        "![A tree](a.svg)\n\n[^n]: The note.\n"
    )
    two = "# Two\n\n## A section\n\nThe last words.\n"
    book = tmp_path_factory.mktemp("book")
    return make_epub(book, {"one.md": text, "two.md": two, "a.svg": SVG})


def find(epub: Epub, ending: str, words: str) -> tuple[str, int, int]:
    """Give the file, line and column after the tag in which words begin."""
    (name,) = (n for n in epub.files if n.endswith(ending))
    before = epub.files[name].decode().partition(words)[0]
    return name, before.count("\n") + 1, len(before) - before.rfind("\n")


def test_a_line_and_column_lead_to_the_source(epub: Epub) -> None:
    provenance = Provenance(epub.files, epub.passages)
    places = {
        "A first": 3,
        "The note": 11,
        "</li></ul>": 7,
        ' src="images/a.svg"': 9,
    }
    for words, line in places.items():
        at = provenance.at_line(*find(epub, "chapter-001.xhtml", words))
        assert at, words
        assert (at.path, at.line) == ("one.md", line), words


def test_what_has_no_words_is_where_those_around_it_are(epub: Epub) -> None:
    edited = epub.edited({"chapter-001.xhtml": [("of two", '<br class="x"/>of two')]})
    name, line, column = find(edited, "chapter-001.xhtml", "of two")
    assert Provenance(edited.files, epub.passages).at_line(name, line, column) == Location(
        "one.md", 4
    )


def test_an_image_that_lost_its_words_is_known_by_its_turn(epub: Epub) -> None:
    edited = epub.edited({"chapter-001.xhtml": [('alt="A tree" ', "")]})
    name, line, column = find(edited, "chapter-001.xhtml", ' src="images/a.svg"')
    at = Provenance(edited.files, epub.passages).at_line(name, line, column)
    assert at
    assert (at.path, at.line) == ("one.md", 9)


def test_steps_lead_to_the_source(epub: Epub) -> None:
    provenance = Provenance(epub.files, epub.passages)
    name = provenance.find("chapter-002.xhtml")
    assert provenance.at_steps(name, (4, 2)) == provenance.at_start(name)
    at = provenance.at_steps(name, (4, 2, 4))
    assert at
    assert (at.path, at.line) == ("two.md", 3)


@pytest.mark.parametrize("ending", ["nav.xhtml", "toc.ncx"])
def test_a_line_of_the_contents_leads_to_its_heading(epub: Epub, ending: str) -> None:
    provenance = Provenance(epub.files, epub.passages)
    at = provenance.at_line(*find(epub, ending, "A section"))
    assert at
    assert (at.path, at.line) == ("two.md", 3)


def test_a_page_that_is_not_well_formed_is_known_as_far_as_it_goes(epub: Epub) -> None:
    edited = epub.edited({"chapter-001.xhtml": [("with a note", "with & a note")]})
    name, line, column = find(edited, "chapter-001.xhtml", " a note")
    at = Provenance(edited.files, epub.passages).at_line(name, line, column)
    assert at
    assert (at.path, at.line) == ("one.md", 3)


def test_what_is_not_of_the_author_has_no_line(epub: Epub) -> None:
    provenance = Provenance(epub.files, epub.passages)
    assert provenance.at_line("EPUB/epub.css", 1) is None
    assert provenance.at_line("EPUB/none.xhtml", 1) is None
    assert provenance.at_tag(provenance.find("chapter-001.xhtml"), 10**6) is None
    assert provenance.find("") == ""
