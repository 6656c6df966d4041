"""E-books of every kind of content before EPUBCheck, which may find nothing at all."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chapbook.compose import compose_epub
from chapbook.inspect import inspect_epub
from chapbook.model import Asset, Book, Matter
from chapbook.package import package_epub
from chapbook.print_shop import Cover
from chapbook.settings import BookSettings, Identifiers
from chapbook.words import read_words
from tests.compose_books import (
    FOLDERS,
    MODIFIED,
    SETTINGS,
    SVG,
    book,
    call,
    chapter,
    entry,
    note,
    page,
    section,
    whole_book,
)
from tests.validators.epubcheck import validate

CAMEL_CASE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60" role="img"
aria-label="A ground" preserveAspectRatio="xMidYMid"><defs><linearGradient id="g"
gradientUnits="userSpaceOnUse"><stop offset="0"/></linearGradient><clipPath id="c"><path
d="M0 0h9v9z"/></clipPath></defs><g clip-path="url(#c)"><rect width="90" height="60"
fill="url(#g)"/><foreignObject width="9" height="9"/></g></svg>"""
IDS = ("2nd", "a:b", "a b", "é", "日本", "①", "%41", "note-1", "call-1", "odd", "a&amp;b", "x_x20_")


def whole(folder: Path) -> Book:
    return whole_book(folder)


def odd_ids(_: Path) -> Book:
    text = "".join(f'<p id="{i}">{i} <a href="book:odd#{i}">x</a></p>' for i in IDS)
    far = "".join(f'<p><a href="book:odd#{i}">x</a></p>' for i in IDS)
    notes = (note("1", 1, "<p>a</p>"), note("日 b", 2, '<p id="in-note">b</p>'))
    odd = chapter("odd", text + f"<p>{call('1')}{call('日 b')}{call('1')}</p>", notes=notes)
    other = chapter("other", far + '<p><a href="book:odd#in-note">y</a></p>')
    listed = tuple(section("odd", i.replace("&amp;", "&"), i) for i in IDS)
    return book(odd, other, contents=(entry(odd, listed), entry(other)))


def drawings(folder: Path) -> Book:
    assets = {}
    for number, name in enumerate(("Größe.svg", "größe.svg", "日本.svg", "a/日本.svg", "x.y.svg")):
        file = folder / f"d{number}.svg"
        file.write_text(CAMEL_CASE.replace("<foreignObject", "<rect"), "utf-8")
        assets[name] = Asset(name, file, "image/svg+xml", "", len(SVG))
    body = "".join(f'<p><img src="asset:{name}" alt="A ground"/></p>' for name in assets)
    formula = '<math alttext="x"><mfrac><mi>x</mi><mn>2</mn></mfrac></math>'
    drawn = CAMEL_CASE.replace(' xmlns="http://www.w3.org/2000/svg"', "")
    drawn = drawn.replace("<foreignObject", "<rect")
    divisions = (chapter("a", body + drawn), chapter("b", f"<p>{formula}</p>"))
    settings = replace(SETTINGS, cover=Cover("日本.svg"))
    return book(*divisions, settings=settings, assets=assets)


def notes_of_every_kind(_: Path) -> Book:
    notes = (
        note("p", 1, f"<p>Two.</p><p>Paragraphs{call('in')}.</p>"),
        note("ul", 2, "<ul><li>List</li></ul>"),
        note("pre", 3, "<pre><code>x &lt; y</code></pre>"),
        note("in", 4, "<blockquote><p>Inside.</p></blockquote>"),
        note("tbl", 5, "<table><tbody><tr><td>Cell</td></tr></tbody></table>"),
    )
    body = f"<h2>Head{call('p')}</h2><p>a{call('ul')}{call('pre')}{call('tbl')}{call('p')}</p>"
    title = f"A title{call('p')} with <em>a</em> <a href='book:b'>link</a>"
    text = "A title\ufffc with a link"
    one = chapter("a", body, title=text, title_xhtml=title, notes=notes)
    return book(one, chapter("b", "<p/>"), contents=(entry(one),))


def japanese(_: Path) -> Book:
    settings = BookSettings(title="六つの糸", language="ja", slug="ito", subtitle="読書会の友")
    body = (
        "<p><ruby>糸<rp>(</rp><rt>いと</rt><rp>)</rp></ruby>が<em>交わる</em>。"
        '<span lang="en">Threads</span></p><h2 id="見出し">見出し</h2>'
    )
    one = chapter("a", body, title="糸", title_xhtml="糸", label="1")
    pages = (page("title-page", "titlepage"), page("contents", "toc"))
    return book(
        *pages,
        one,
        chapter("b", "<p>English</p>", language="en"),
        page("colophon", "colophon", Matter.BACK),
        settings=settings,
        contents=(entry(one, (section("a", "見出し", "見出し"),)),),
    )


def right_to_left(_: Path) -> Book:
    settings = BookSettings(title="كتاب", language="ar", identifiers=Identifiers())
    return book(chapter("a", "<p>نص</p>"), settings=settings)


def many_chapters(_: Path) -> Book:
    chapters = tuple(
        chapter(
            f"c{i}",
            f'<h2 id="s">S</h2><p>Text{call("n")} <a href="book:c{i % 300 + 1}#s">on</a></p>',
            label=str(i),
            notes=(note("n", 1, "<p>Note</p>"),),
        )
        for i in range(1, 301)
    )
    contents = tuple(entry(c, (section(c.id, "s", "S"),)) for c in chapters)
    return book(page("contents", "toc"), *chapters, contents=contents)


def tables_and_lists(_: Path) -> Book:
    body = (
        '<table><caption>Cap</caption><thead><tr><th id="h" scope="col" style="text-align:right">'
        '1</th></tr></thead><tbody><tr><td headers="h" colspan="1">2</td></tr></tbody></table>'
        "<dl><dt>Term</dt><dd><p>Means</p></dd></dl>"
        '<ul class="task-list"><li><input type="checkbox" disabled="disabled" checked="checked"/>'
        ' done</li></ul><ol start="3"><li value="5">five</li></ol><hr/>'
        "<blockquote><table><tbody><tr><td><table><tbody><tr><td>in</td></tr></tbody></table>"
        "</td></tr></tbody></table></blockquote>"
        '<details><summary>More</summary><p>Less</p></details><pre lang="en">a\n  b</pre>'
    )
    return book(chapter("a", body))


BOOKS = (
    whole,
    odd_ids,
    drawings,
    notes_of_every_kind,
    japanese,
    right_to_left,
    many_chapters,
    tables_and_lists,
)


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_epubcheck_finds_nothing(make: Callable[[Path], Book], tmp_path: Path) -> None:
    made = make(tmp_path)
    words = read_words(FOLDERS, made.settings.language)
    publication = compose_epub(made, FOLDERS, words, MODIFIED).value
    file = tmp_path / "book.epub"
    file.write_bytes(package_epub(publication))
    assert inspect_epub(file.read_bytes(), publication.passages) == ()
    assert validate(file) == []


def test_epubcheck_would_find_what_is_wrong(tmp_path: Path) -> None:
    words = read_words(FOLDERS, "en")
    publication = compose_epub(whole_book(tmp_path), FOLDERS, words, MODIFIED).value
    broken = tuple(
        replace(d, content=d.content.replace('href="chapter-002.xhtml#', 'href="gone.xhtml#'))
        for d in publication.documents
    )
    file = tmp_path / "book.epub"
    file.write_bytes(package_epub(replace(publication, documents=broken)))
    assert {finding.rule for finding in validate(file)} == {"RSC-007"}
