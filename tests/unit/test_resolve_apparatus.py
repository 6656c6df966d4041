# ruff: noqa: RUF001  # signs that look alike are the matter here
"""The index, the glossary and the abbreviations of whole books, made of real Markdown."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from chapbook.diagnostics import Code
from chapbook.model import Book, Manuscript, Matter, Place, SourceFile
from chapbook.parse import parse_source
from chapbook.resolve import resolve_book
from chapbook.scholarship import Abbreviations, SpellOut
from chapbook.settings import BookSettings, FrontMatter
from chapbook.words import read_words

TEMPLATES = Path(__file__).parents[2] / "templates"
TAG = re.compile(r"<[^>]+>")


def _resolve(
    *texts: str, language: str = "en", back: str = "", spell_out: SpellOut = SpellOut.NEVER
) -> tuple[Book, set[Code]]:
    settings = BookSettings("Book", language, abbreviations=Abbreviations(spell_out))
    sources = [SourceFile(f"{n}.md", text, FrontMatter()) for n, text in enumerate(texts)]
    order = [Place(Matter.BODY, source.path) for source in sources]
    order += [Place(Matter.BACK, page=back)] if back else []
    manuscript = Manuscript(settings, tuple(order), (), tuple(sources), {})
    chapters = {source.path: parse_source(source, language).value for source in sources}
    outcome = resolve_book(manuscript, chapters, read_words((TEMPLATES,), language))
    return outcome.value, {one.code for one in outcome.diagnostics}


def _entries(xhtml: str) -> list[str]:
    """Give the entries of an index as lines, each behind as many dots as it lies deep."""
    root = ElementTree.fromstring(f"<x>{xhtml}</x>")
    lines: list[str] = []

    def go(element: ElementTree.Element, depth: int) -> None:
        for child in element:
            if child.tag in ("p", "h2"):
                lines.append("." * depth + "".join(child.itertext()))
            go(child, depth + (child.tag == "ul"))

    go(root, 0)
    return lines


APPLES = """# Apples {index: apple}

## Cox

Cox {index: apple > Cox}, old{index: pome | see=apple}{index: pear | see-also=apple > Cox}.

## Éclair

Pears {index: pear}{index: éclair | begin}{index: “big” one}{index: 1914}.
"""
MORE = "# More\n\nText{index: éclair | end}, pears{index: pear}.\n"


def test_the_index_is_sorted_and_leads_to_places_and_to_terms() -> None:
    book, found = _resolve(APPLES, MORE, back="index")
    index = book.divisions[-1]
    assert _entries(index.xhtml) == [
        "Signs and Numbers",
        ".1914, Éclair",
        "A",
        ".apple, Apples",
        "..Cox, Cox",
        "B",
        ".“big” one, Éclair",
        "E",
        ".éclair, Éclair–More",
        "P",
        ".pear, Éclair, More; see also apple, Cox",
        ".pome, see apple",
    ]
    assert (index.role, index.title, found) == ("index", "Index", set())
    terms = [TAG.sub("", passage.text.replace("\ufffc", "|")) for passage in index.passages]
    assert terms[-2:] == ["pear | apple, Cox", "pome | apple"]


def test_all_that_the_index_names_is_in_the_book() -> None:
    book, _ = _resolve(APPLES, MORE, back="index")
    ids = {name for one in book.divisions for name in re.findall(r' id="([^"]+)"', one.xhtml)}
    names = re.findall(r'href="book:([^#"]+)#([^"]+)"', book.divisions[-1].xhtml)
    anchors = {anchor for _, anchor in names}
    assert anchors <= ids
    assert {division for division, _ in names} <= {one.id for one in book.divisions}


@pytest.mark.parametrize(
    ("language", "terms", "letters"),
    [
        ("sv", ["ål", "zon", "äng", "ort"], ["O", "Z", "Å", "Ä"]),
        ("de", ["Öl", "Ofen", "Zaun"], ["O", "Z"]),
        ("ja", ["林檎 | よみ=りんご", "Cox", "柿 | よみ=かき"], ["C", "か", "ら"]),
    ],
)
def test_letters_head_the_groups_of_each_language(
    language: str, terms: list[str], letters: list[str]
) -> None:
    marks = "".join(f"{{index: {term}}}" for term in terms)
    book, found = _resolve(f"# One\n\nText{marks}\n", language=language, back="index")
    lines = _entries(book.divisions[-1].xhtml)
    assert [line for line in lines if not line.startswith(".")] == letters
    assert not found


def test_the_directive_puts_the_index_where_it_stands() -> None:
    text = "# Back\n\nBefore[^n]{index: a}.\n\n## Words\n\n[index]\n\nAfter.\n\n[^n]: Note.\n"
    book, _ = _resolve(text)
    (division,) = book.divisions
    assert '<h3 class="letter">A</h3>' in division.xhtml
    shown = [passage.text for passage in division.passages]
    assert shown == ["Back", "Before\ufffc.", "Words", "a", "After.", "Note."]


GLOSSARY = """# Words

[glossary]

Zinc
:   No {term: graft}, no {term: graft}.

Graft
:   A shoot.

Ångström
:   Small.
"""


def test_the_first_use_of_a_term_in_a_chapter_is_a_link() -> None:
    one = "# One\n\nA {term: graft} and {term: grafts | of=Graft}, {term: zinc}.\n"
    book, found = _resolve(one, one, GLOSSARY)
    for division in book.divisions[:2]:
        assert division.xhtml.count('#term-graft">graft</a> and grafts, <a') == 1
    assert book.divisions[2].xhtml.count("#term-graft") == 2
    assert found == {Code.UNUSED_TERM}


@pytest.mark.parametrize(
    ("language", "order"),
    [("en", ["Ångström", "Graft", "Zinc"]), ("sv", ["Graft", "Zinc", "Ångström"])],
)
def test_the_glossary_is_sorted_with_all_that_belongs_to_it(
    language: str, order: list[str]
) -> None:
    book, _ = _resolve(GLOSSARY, language=language)
    (division,) = book.divisions
    assert re.findall(r"<dt[^>]*>(.*?)</dt>", division.xhtml) == order
    terms = [one.text for one in division.passages if one.text in order]
    assert terms == order
    blocks = [p.block for p in division.passages if p.block != "title"]
    assert blocks == re.findall(r'data-block="(\d+)"', division.xhtml)


NPO = "# One\n\n## The NPO\n\nAn NPO is an NPO.\n\n*[NPO]: nonprofit & more\n"


@pytest.mark.parametrize(
    ("spell_out", "times"), [(SpellOut.NEVER, 0), (SpellOut.CHAPTER, 2), (SpellOut.BOOK, 1)]
)
def test_abbreviations_are_spelt_out_as_often_as_wished(spell_out: SpellOut, times: int) -> None:
    book, _ = _resolve(NPO, NPO, back="abbreviations", spell_out=spell_out)
    written = "".join(division.xhtml for division in book.divisions[:2])
    spelt = 'An <abbr title="nonprofit &amp; more">NPO</abbr> <span class="spelt-out">('
    assert written.count(spelt) == times
    assert written.count("spelt-out") == times
    shown = [passage.text for passage in book.divisions[-1].passages]
    assert shown == ["NPO", "nonprofit & more"]


def test_an_index_may_stand_twice_in_a_file() -> None:
    text = "# A\n\n[index]\n\n[index]\n\nb{index: c}{index: d | see=c}"
    xhtml = _resolve(text)[0].divisions[-1].xhtml
    names = re.findall(r' (?:id|data-block)="([^"]+)"', xhtml)
    assert len(set(names)) == len(names)


def test_an_index_of_nothing_is_told() -> None:
    _, found = _resolve("# One\n\n[index]\n")
    assert found == {Code.NO_INDEX}
