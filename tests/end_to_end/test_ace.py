"""Ace by DAISY finds no violation, of any level, in any e-book that the house makes."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chapbook.compose import compose_epub
from chapbook.model import Book, Matter
from chapbook.package import package_epub
from chapbook.settings import Accessibility, BookSettings
from chapbook.words import read_words
from tests.compose_books import (
    FOLDERS,
    MODIFIED,
    SETTINGS,
    book,
    chapter,
    entry,
    note,
    page,
    section,
    whole_book,
)
from tests.conftest import ROOT, TESTS, run_chapbook
from tests.validators.ace import validate

GOLDEN = sorted(folder for folder in (TESTS / "golden").glob("*/book"))
STATEMENT = Accessibility(
    certifier="The House", report="https://example.org/report", contact="mailto:a@example.org",
    statement=True,
)  # fmt: skip


@pytest.mark.parametrize("folder", [ROOT / "source", *GOLDEN], ids=lambda f: f.parent.name)
def test_no_book_of_ours_shuts_anyone_out(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "book"
    shutil.copytree(folder, copy)
    built = run_chapbook(copy, tmp_path / "output", "--quiet", "--jobs=1", "epub")
    assert built.status == 0
    assert validate(built.only(".epub")) == []


def whole(folder: Path) -> Book:
    made = whole_book(folder)
    return replace(made, settings=replace(made.settings, accessibility=STATEMENT))


def tables_and_descriptions(folder: Path) -> Book:
    made = whole_book(folder)
    wide = "".join(f'<th scope="col">A very wide head {n}</th>' for n in range(30))
    cells = "".join(f"<td>{n}</td>" for n in range(30))
    body = (
        '<figure id="f"><img src="asset:images/cover.svg" alt="Six lines"/>'
        "<figcaption>Lines</figcaption></figure>"
        '<div class="admonition description"><p class="admonition-title">What it shows</p>'
        "<p>Six lines cross.</p></div>"
        f"<figure class='table'><figcaption>Wide</figcaption><table><thead><tr>{wide}</tr></thead>"
        f"<tbody><tr>{cells}</tr></tbody></table></figure>"
        f"<table><tbody><tr><th scope='row'>Row</th>{cells}</tr></tbody></table>"
        '<div class="admonition tip"><p class="admonition-title">Tip</p><p>Do.</p></div>'
        '<div class="admonition warning"><p class="admonition-title">Mind</p><p>Not.</p></div>'
        f"<pre><code>{'long line ' * 60}</code></pre>"
        '<p><span lang="ja"><ruby>糸<rt>いと</rt></ruby></span></p>'
        '<p><img class="decorative" src="asset:images/cover.svg" alt=""/></p>'
    )
    one = chapter("a", body, epigraph="In the beginning", epigraph_source="A book")
    glossary = chapter(
        "g", "<dl><dt>Term</dt><dd>Meaning</dd></dl>", matter=Matter.BACK, role="glossary"
    )
    index = chapter(
        "i", '<ul><li><a href="book:a">Lines</a></li></ul>', matter=Matter.BACK, role="index"
    )
    return book(
        page("title-page", "titlepage"), one, glossary, index, settings=SETTINGS, assets=made.assets
    )


def japanese(_: Path) -> Book:
    settings = BookSettings(title="六つの糸", language="ja", accessibility=STATEMENT)
    one = chapter(
        "a",
        "<p><ruby>糸<rp>(</rp><rt>いと</rt><rp>)</rp></ruby>が<em>交わる</em>。</p>"
        '<h2 id="m">中</h2>',
        title="糸",
        title_xhtml="<ruby>糸<rt>いと</rt></ruby>",
        label="1",
    )
    pages = (page("title-page", "titlepage"), page("contents", "toc"))
    contents = (entry(one, (section("a", "m", "中"),)),)
    return book(*pages, one, settings=settings, contents=contents)


def right_to_left(_: Path) -> Book:
    settings = BookSettings(title="كتاب", language="ar", accessibility=STATEMENT)
    return book(chapter("a", "<p>نص</p>", title="فصل"), settings=settings)


def many_notes(_: Path) -> Book:
    calls = "".join(f'<p>x<a class="note-call" data-note="{n}"></a></p>' for n in range(1, 9))
    notes = tuple(note(str(n), n, "<p>y</p>") for n in range(1, 9))
    return book(chapter("a", calls, notes=notes), chapter("b", "<h2 id='s'>S</h2><p>z</p>"))


BOOKS = (whole, tables_and_descriptions, japanese, right_to_left, many_notes)


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_no_kind_of_content_does(make: Callable[[Path], Book], tmp_path: Path) -> None:
    made = make(tmp_path)
    words = read_words(FOLDERS, made.settings.language)
    file = tmp_path / "book.epub"
    file.write_bytes(package_epub(compose_epub(made, FOLDERS, words, MODIFIED).value))
    assert validate(file) == []


def test_ace_would_find_what_is_wrong(tmp_path: Path) -> None:
    words = read_words(FOLDERS, "en")
    publication = compose_epub(many_notes(tmp_path), FOLDERS, words, MODIFIED).value
    broken = tuple(
        replace(
            d,
            content=d.content.replace("<h2 ", '<img src="images/x.png"/><h5 ', 1).replace(
                "</h2>", "</h5>"
            ),
        )
        for d in publication.documents
    )
    file = tmp_path / "book.epub"
    file.write_bytes(package_epub(replace(publication, documents=broken)))
    assert {finding.rule.split()[0] for finding in validate(file)} >= {"image-alt", "heading-order"}
