"""All that the dialect knows, in everything else: whatever is written becomes a sound book."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from chapbook.cache import Cache
from chapbook.cite import cite_book, find_style
from chapbook.compose import compose_epub, compose_paged
from chapbook.configure import read_settings
from chapbook.diagnostics import Code, Diagnostic
from chapbook.finish import finish_pdf
from chapbook.inspect import inspect_epub, inspect_pdf
from chapbook.model import Book
from chapbook.package import package_epub
from chapbook.parse import parse_source, set_book_words
from chapbook.read import read_manuscript
from chapbook.resolve import resolve_book
from chapbook.settings import Edition, Limits
from chapbook.variables import variables_of
from chapbook.words import Words, read_words
from tests.compose_books import FOLDERS, MODIFIED
from tests.generated_dialect import DialectBook, books, small_book
from tests.presses import InPlace, press

LOST = {Code.LOST_WORDS, Code.LOST_TEXT, Code.LOST_ALT, Code.TEXT_OUT_OF_ORDER}
SEVERAL = settings(
    max_examples=14,
    derandomize=True,
    database=None,
    # To make an example smaller would take minutes.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@dataclass(frozen=True)
class Resolved:
    """A book that was read, and what was found until then."""

    book: Book
    words: Words
    found: tuple[Diagnostic, ...]

    @property
    def is_refused(self) -> bool:
        """Whether there is no e-book of it."""
        return any(one.is_error for one in self.found)


def resolved(written: DialectBook, folder: Path) -> Resolved:
    """Take a book through the stages up to `cite`."""
    for name, text in written.files.items():
        (folder / name).write_text(text, "utf-8")
    configured = read_settings(folder)
    said = set_book_words(configured.value)
    words = read_words(FOLDERS, said.language)
    values = variables_of(said, words.write_date(said.date))
    read = read_manuscript(folder, said, Limits(), Cache(None), values)
    parsed = {s.path: parse_source(s, said.language, True) for s in read.value.sources}
    chapters = {path: outcome.value for path, outcome in parsed.items()}
    made = resolve_book(read.value, chapters, words)
    style = find_style(said, read.value.citation_style, FOLDERS)
    cited = cite_book(made.value, read.value.works, style.value, words)
    found = [*configured.diagnostics, *read.diagnostics, *made.diagnostics]
    found += [one for outcome in parsed.values() for one in outcome.diagnostics]
    found += [*style.diagnostics, *cited.diagnostics]
    return Resolved(cited.value, words, tuple(found))


def ebook(made: Resolved) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Make the e-book; give what was found in it."""
    composed = compose_epub(made.book, FOLDERS, made.words, MODIFIED)
    epub = package_epub(composed.value)
    found = inspect_epub(epub, composed.value.passages, made.book.settings)
    return epub, (*composed.diagnostics, *found)


def shown_in(epub: bytes) -> str:
    """Give all that the documents of an e-book show or say, each of them well-formed."""
    said = []
    with ZipFile(BytesIO(epub)) as archive:
        for name in archive.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx")):
                root = ElementTree.fromstring(archive.read(name))
                said += ["".join(root.itertext())]
                said += [value for element in root.iter() for value in element.attrib.values()]
    return "\n".join(said)


def in_book(book: Book) -> str:
    """Give all that the book holds for any edition."""
    held = [part for d in book.divisions for part in (d.xhtml, *(n.xhtml for n in d.notes))]
    held += [passage.text for d in book.divisions for passage in d.passages]
    return re.sub(
        "<rt>.*?</rt>|<rp>.*?</rp>|</?(?:em|strong|span|ruby|rb|code)[^>]*>", "", "\n".join(held)
    )


def missed(written: DialectBook, shown: str, found: tuple[Diagnostic, ...]) -> Iterator[str]:
    """Give the words that are nowhere, and of which nobody is told."""
    told = {(one.at.path, one.at.line) for one in found if one.at}
    said = "\n".join(one.message for one in found)
    for word, place in written.words.items():
        if word not in shown and word not in said and place not in told:
            yield word


def check(written: DialectBook) -> None:
    """Have a book made in full, and nothing of it lost."""
    with TemporaryDirectory() as folder:
        made = resolved(written, Path(folder))
        assert [one for one in made.found if one.code in LOST] == []
        shown = in_book(made.book)
        if not made.is_refused:
            epub, found = ebook(made)
            assert [one for one in found if one.is_error or one.code in LOST] == []
            shown += shown_in(epub)
            assert ebook(made)[0] == epub
    assert list(missed(written, shown, made.found)) == []


PIE = "```chart\n    type: pie\n\n    a, b\n    qbbba, 3\n    ```"
MENDED = {
    "a picture in a note": "qbbba[^n]\n\n[^n]: ![qbbca](a.svg)",
    "a chart in a note": f"a[^n]\n\n[^n]: b\n\n    {PIE}",
    "a language in a list": "![a](a.svg \"b <span lang='ja'>qbbba</span>\")",
    "a citation for one edition": "[qbbba @doe99]{.only-print} [@roe]{.only-epub}",
    "contents without a list of works": "[contents]\n\n[](#bibliography)",
    "spans in a note": "a[^n]\n\n[^n]: [[](#x) [qbbba]{.only-lang-en}]{.only-lang-en} [b]{#x}",
    "an index twice": "[index]\n\n[index]\n\n{index: qbbba}{index: b | see=qbbba}",
    "a heading for one edition": "## [qbbba]{.only-print} {#x}\n\n[](#x)",
}


@pytest.mark.parametrize("text", MENDED.values(), ids=MENDED)
def test_what_was_lost_once_is_kept(text: str) -> None:
    check(small_book(f"# T\n\n{text}\n", '[notes]\nepub = "book"\n'))


@SEVERAL
@given(books(is_faulty=False))
def test_any_mixture_becomes_a_sound_ebook(written: DialectBook) -> None:
    check(written)


@SEVERAL
@given(books(is_faulty=True))
def test_no_fault_in_a_mixture_breaks_it_or_loses_a_word(written: DialectBook) -> None:
    check(written)


@settings(SEVERAL, max_examples=2)
@given(books(is_faulty=False))
def test_any_mixture_becomes_sound_pages(written: DialectBook) -> None:
    with TemporaryDirectory() as folder:
        made = resolved(written, Path(folder))
        if made.is_refused:
            return
        publication = compose_paged(made.book, Edition.PRINT, FOLDERS, made.words).value
        laid = press(publication)
        pdf = finish_pdf(laid.value, publication, Cache(None))
        lost = inspect_pdf(pdf, laid.value, publication.passages, InPlace(), Cache(None))
        assert [one for one in (*laid.diagnostics, *lost) if one.is_error] == []
