"""When an e-book names printed pages, whose they are, and that they are always the same."""

from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest

from chapbook import pipeline
from chapbook.diagnostics import Code, Severity
from chapbook.editions import edition_of_pages
from chapbook.pipeline import Build, Request, make_book
from chapbook.settings import BookSettings, Edition, Epub, PageList
from tests.printed_pages import page_list

ROOT = Path(__file__).parents[2]
EPUB, PRINT, SCREEN = Edition.EPUB, Edition.PRINT, Edition.SCREEN
ISBN = '[identifiers]\nprint = "978-3-16-148410-0"\nscreen = "978-0-306-40615-7"\n'
TEXT = "# One\n\n" + "The words of a page, and of the page after it.\n\n" * 90


def build(folder: Path, settings: str = "", *editions: Edition, **wanted: object) -> Build:
    book = folder / "book"
    book.mkdir(exist_ok=True)
    (book / "book.toml").write_text(f'title = "Sheets"\n{settings}', "utf-8")
    (book / "one.md").write_text(TEXT, "utf-8")
    request = Request(book, folder / "output", ROOT / "templates", editions, **wanted)  # type: ignore[arg-type]
    return make_book(request, lambda _stage, _what: None)


def epub_of(folder: Path) -> bytes:
    return (folder / "output" / "sheets.epub").read_bytes()


def package_of(folder: Path) -> str:
    with ZipFile(folder / "output" / "sheets.epub") as package:
        return package.read("EPUB/content.opf").decode()


@pytest.mark.parametrize(
    ("wanted", "book", "asked", "pages"),
    [
        (PageList.AUTO, (PRINT, EPUB), (EPUB,), None),
        (PageList.AUTO, (EPUB,), (SCREEN, EPUB), SCREEN),
        (PageList.AUTO, (EPUB,), (SCREEN, PRINT, EPUB), PRINT),
        (PageList.AUTO, (EPUB,), (Edition.BOOKLET, EPUB), PRINT),
        (PageList.AUTO, (EPUB,), (Edition.COVER, EPUB), PRINT),
        (PageList.AUTO, (PRINT, EPUB), (PRINT,), None),
        (PageList.ALWAYS, (SCREEN, EPUB), (EPUB,), SCREEN),
        (PageList.ALWAYS, (SCREEN, PRINT, EPUB), (SCREEN, EPUB), PRINT),
        (PageList.ALWAYS, (EPUB,), (EPUB,), PRINT),
        (PageList.NEVER, (PRINT, EPUB), (PRINT, EPUB), None),
    ],
)
def test_whose_pages_are_named(
    wanted: PageList,
    book: tuple[Edition, ...],
    asked: tuple[Edition, ...],
    pages: Edition | None,
) -> None:
    settings = BookSettings("T", editions=book, epub=Epub(page_list=wanted))
    assert edition_of_pages(settings, asked) is pages


def test_an_ebook_made_alone_names_pages_where_that_is_wanted(tmp_path: Path) -> None:
    always = '[epub]\npage-list = "always"\n'
    assert [a.name for a in build(tmp_path, always, EPUB).artifacts] == ["sheets.epub"]
    alone = epub_of(tmp_path)
    assert page_list(alone)
    build(tmp_path, always, PRINT, EPUB)
    assert epub_of(tmp_path) == alone


def test_an_ebook_without_pages_claims_none(tmp_path: Path) -> None:
    build(tmp_path, '[epub]\npage-list = "never"\n', SCREEN, EPUB)
    package = package_of(tmp_path)
    assert "page" not in package.lower().replace("title-page", "")
    assert b"pageList" not in ZipFile(tmp_path / "output" / "sheets.epub").read("EPUB/toc.ncx")


@pytest.mark.parametrize(
    ("settings", "edition", "source"),
    [
        (ISBN, PRINT, "urn:isbn:9783161484100"),
        (ISBN, SCREEN, "urn:isbn:9780306406157"),
        ('publisher = "P"\ndate = 2026-11-24\n', PRINT, "Sheets (Print), P, 2026"),
        ("", SCREEN, "Sheets (PDF)"),
    ],
)
def test_the_package_names_the_source_of_the_pages(
    settings: str, edition: Edition, source: str, tmp_path: Path
) -> None:
    build(tmp_path, settings, edition, EPUB)
    package = package_of(tmp_path)
    assert f'<meta property="pageBreakSource">{source}</meta>' in package
    for feature in ("pageBreakMarkers", "pageNavigation", "printPageNumbers"):
        assert f'"schema:accessibilityFeature">{feature}<' in package


def test_the_same_bytes_in_every_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = set()
    for few, jobs in product((pipeline.FEW, 0), (1, 2)):
        monkeypatch.setattr(pipeline, "FEW", few)
        for _ in range(2):
            build(tmp_path, ISBN, PRINT, EPUB, jobs=jobs, cache=tmp_path / f"cache-{few}-{jobs}")
            made.add(epub_of(tmp_path))
    assert len(made) == 1


def test_a_machine_without_layout_says_that_pages_are_missing(tmp_path: Path) -> None:
    always = '[epub]\npage-list = "always"\n'
    built = build(tmp_path, always, EPUB, lacks=("Pango",), remedy="install it")
    (found,) = built.diagnostics
    assert (found.code, found.severity) == (Code.MISSING_LIBRARY, Severity.WARNING)
    assert str(found.at) == "book.toml:3:1"
    assert [a.name for a in built.artifacts] == ["sheets.epub"]


def test_pages_that_can_not_be_laid_out_stop_the_ebook_that_is_to_name_them(
    tmp_path: Path,
) -> None:
    templates = tmp_path / "book" / "templates"
    templates.mkdir(parents=True)
    (templates / "chapter.html.j2").write_text("{% if paged %}{{ nothing.at.all }}{% endif %}<p/>")
    built = build(tmp_path, '[epub]\npage-list = "always"\n', EPUB)
    assert Code.TEMPLATE_ERROR in [found.code for found in built.diagnostics]
    assert built.artifacts == ()
