"""The veraPDF engine finds nothing against PDF/UA-1 in what the last stages make."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import weasyprint

from chapbook.cache import Cache
from chapbook.compose import compose_paged
from chapbook.finish import finish_pdf
from chapbook.settings import Edition
from chapbook.typeset.document import write_document
from tests import compose_books
from tests.compose_books import FOLDERS, english
from tests.paged_books import FRONT, ODD, ODD_STYLE, ONE, STYLE, publication, whole_book
from tests.presses import press as typeset
from tests.validators.verapdf import validate, validate_all

ROOT = Path(__file__).parents[2]


def make(folder: Path, edition: Edition, *html: str) -> Path:
    book = publication(folder, *html, edition=edition)
    path = folder / f"{edition}.pdf"
    path.write_bytes(finish_pdf(typeset(book).value, book, Cache(None)))
    return path


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A book of sixty pages with everything in it, on screen and on paper."""
    folder = tmp_path_factory.mktemp("book")
    return [make(folder, edition, *whole_book(60)) for edition in (Edition.SCREEN, Edition.PRINT)]


def test_both_editions_conform(editions: list[Path]) -> None:
    assert validate_all(editions) == [[], []]


def test_odd_styles_conform(tmp_path: Path) -> None:
    book = publication(tmp_path, ODD, style=STYLE + ODD_STYLE)
    path = tmp_path / "odd.pdf"
    path.write_bytes(finish_pdf(typeset(book).value, book, Cache(None)))
    assert validate(path) == []


@pytest.fixture(scope="module")
def house_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book in the house's own theme."""
    folder = tmp_path_factory.mktemp("house")
    book = compose_paged(compose_books.whole_book(folder), Edition.SCREEN, FOLDERS, english()).value
    laid = typeset(book)
    assert laid.diagnostics == ()
    path = folder / "house.pdf"
    path.write_bytes(finish_pdf(laid.value, book, Cache(None)))
    return path


def test_the_house_theme_conforms(house_book: Path) -> None:
    assert validate(house_book) == []


def test_the_folio_in_print_is_the_label_of_the_page(house_book: Path) -> None:
    with pypdfium2.PdfDocument(house_book) as pdf:
        printed = [_foot(page) for page in pdf]
        labels = [pdf.get_page_label(number) for number in range(len(pdf))]
    assert len([folio for folio in printed if folio]) >= 5
    assert [folio or label for folio, label in zip(printed, labels, strict=True)] == labels


def _foot(page: pypdfium2.PdfPage) -> str:
    """Give what stands in the foot margin, which holds nothing but the folio."""
    return str(page.get_textpage().get_text_bounded(bottom=0, top=62)).strip()


def test_the_engine_would_notice(tmp_path: Path) -> None:
    book = publication(tmp_path, FRONT, ONE)
    untagged = tmp_path / "untagged.pdf"
    weasyprint.HTML(string=write_document(book)).write_pdf(untagged)
    rules = {finding.rule for finding in validate(untagged)}
    assert {"7.1-3", "7.1-11", "7.18.5-1"} <= rules


def test_a_missing_glyph_does_not_conform_and_the_file_does_not_say_it_does(
    tmp_path: Path,
) -> None:
    path = make(tmp_path, Edition.SCREEN, "<section><p>\ue001</p></section>")
    rules = {finding.rule for finding in validate(path)}
    assert "7.21.8-1" in rules
    assert "5-1" in rules, "the engine asks for the claim, which is not made"


def test_the_same_book_makes_the_same_bytes_on_any_day_and_in_any_folder(tmp_path: Path) -> None:
    program = """
import sys, pathlib
from tests.presses import print_pdf
from tests.paged_books import publication, whole_book
book = publication(pathlib.Path(sys.argv[1]), *whole_book(3))
sys.stdout.buffer.write(print_pdf(book))
"""
    outputs = []
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Adak")):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program, str(folder)]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].startswith(b"%PDF-1.7")


def test_an_undated_book_is_valid(tmp_path: Path) -> None:
    book = publication(tmp_path, FRONT, ONE)
    undated = replace(book, metadata=replace(book.metadata, date=""))
    path = tmp_path / "undated.pdf"
    path.write_bytes(finish_pdf(typeset(undated).value, undated, Cache(None)))
    assert validate(path) == []
