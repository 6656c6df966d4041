"""What is remembered of a composed book is what would be made now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chapbook.cache import Cache
from chapbook.compose import compose_epub, compose_paged
from chapbook.compose.fragments import ids_in
from chapbook.compose.markup import parse_fragment
from chapbook.diagnostics import BookError
from chapbook.model import Asset, Book, Manuscript, Matter, PartHead, Place, SourceFile
from chapbook.parse import parse_source
from chapbook.resolve import resolve_book
from chapbook.settings import BookSettings, Edition, FrontMatter, Numbering
from chapbook.words import Words
from tests.compose_books import FOLDERS, MODIFIED, book, chapter, english, whole_book

FILES = ("a.md", "b.md", "c.md", "d.md")
IMAGES = ("p.png", "x/p.png", "P.png")
TITLES = ("One", "Two *too*", "A <Third> & more")
SENTENCES = (
    "Words.",
    "A note[^n].\n\n[^n]: Short.",
    "A note[^n] and[^m].\n\n[^n]: Calls[^m].\n\n[^m]: - long\n    - list",
    "## Section\n\nText.",
    "## Section {#own}\n\nText.",
    "### Deep\n\nText.",
    "See [it](b.md#own), [](c.md), [that](#section) and [gone](d.md#own).",
    "![An image](p.png)",
    "![Another](x/p.png)\n\n![](P.png){.decorative}",
    'As `id="own"` says, <span id="note-1">this</span>.',
    "| a | b |\n|---|---|\n| c | d |\n\nTable: Of letters.",
)
SECTION = "<section id='{{ division.id }}'>%s{{ body }}{{ notes }}</section>"
TEMPLATES = {
    "all": SECTION % "{{ chapters | length }}{{ figures | length }}{{ edition }}"
    "{% for one in contents %}<a href='{{ url(one) }}'>{{ entry_title(one) }}</a>{% endfor %}",
    "little": SECTION % "",
    "part": SECTION % "{{ part.title if part }}",
    "headings": SECTION % "{{ division.headings | length }}",
    "open": SECTION % "{% set name = 'extra.j2' %}{% include name %}",
    "maybe": SECTION % "{% include 'extra.j2' ignore missing %}",
}
PLAIN = BookSettings("T")


@dataclass(frozen=True)
class Written:
    """A book as its author has it before him."""

    chapters: tuple[tuple[str, str, tuple[str, ...]], ...] = (("a.md", "One", ("Words.",)),)
    parts: tuple[str, ...] = ()
    pages: tuple[str, ...] = ("title-page", "contents")
    settings: BookSettings = PLAIN
    template: str = ""
    extra: str = ""

    def resolve(self, words: Words) -> Book:
        """Give the book as `resolve` makes it."""
        sources = [
            SourceFile(path, "\n\n".join([f"# {title}", *text]), FrontMatter())
            for path, title, text in self.chapters
        ]
        order = [Place(Matter.FRONT, page=page) for page in self.pages]
        for number, (path, *_) in enumerate(self.chapters):
            part = min(number, len(self.parts) - 1) if self.parts else None
            order.append(Place(Matter.BODY, path, part=part))
        heads = tuple(PartHead(title, "", None) for title in self.parts)
        assets = {path: Asset(path, Path("/x") / path, "image/png", path, 1) for path in IMAGES}
        manuscript = Manuscript(self.settings, tuple(order), heads, tuple(sources), assets)
        chapters = {source.path: parse_source(source, "en").value for source in sources}
        return resolve_book(manuscript, chapters, words).value

    def write_templates(self, folder: Path) -> None:
        """Put the author's own templates into a folder."""
        for name, text in (
            ("chapter.html.j2", TEMPLATES.get(self.template)),
            ("extra.j2", self.extra),
        ):
            if text:
                (folder / name).write_text(text, "utf-8")
            else:
                (folder / name).unlink(missing_ok=True)


Edit = Callable[[Written], Written]
CHAPTERS = st.lists(
    st.tuples(
        st.sampled_from(FILES),
        st.sampled_from(TITLES),
        st.lists(st.sampled_from(SENTENCES), max_size=4).map(tuple),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda chapter: chapter[0],
).map(tuple)


def change(**facts: Any) -> Edit:
    return lambda book: replace(book, **facts)


def retell(number: int, title: str, text: tuple[str, ...]) -> Edit:
    def edit(book: Written) -> Written:
        chapters = list(book.chapters)
        place = number % len(chapters)
        chapters[place] = (chapters[place][0], title, text)
        return replace(book, chapters=tuple(chapters))

    return edit


def reorder(book: Written) -> Written:
    return replace(book, chapters=book.chapters[1:] + book.chapters[:1])


EDITS = st.one_of(
    st.builds(
        retell,
        st.integers(0, 3),
        st.sampled_from(TITLES),
        st.lists(st.sampled_from(SENTENCES), max_size=4).map(tuple),
    ),
    CHAPTERS.map(lambda chapters: change(chapters=chapters)),
    st.just(reorder),
    st.sampled_from([(), ("Part",), ("Part", "Other"), ("Other",)]).map(lambda x: change(parts=x)),
    st.sampled_from([(), ("contents",), ("title-page", "half-title", "contents")]).map(
        lambda x: change(pages=x)
    ),
    st.sampled_from(["", *TEMPLATES]).map(lambda x: change(template=x)),
    st.sampled_from(["", "{{ book.title }}", "{{ division.title }}"]).map(
        lambda x: change(extra=x)
    ),
    st.sampled_from(
        [BookSettings("T"), BookSettings("U"), BookSettings("T", numbering=Numbering(False))]
    ).map(lambda x: change(settings=x)),
)


class Forgetful(Cache):
    """Makes every division anew."""

    def get(self, kind: str, key: str) -> Any:
        return None if kind == "composed" else super().get(kind, key)


def compose_all(book: Book, folders: tuple[Path, ...], cache: Cache | None) -> list[object]:
    """Compose every edition; give what came of each, be it faults."""
    made: list[object] = []
    for edition in Edition:
        try:
            if edition.is_paged:
                made.append(compose_paged(book, edition, folders, english(), cache))
            else:
                made.append(compose_epub(book, folders, english(), MODIFIED, cache))
        except BookError as fault:
            made.append(fault.diagnostics)
    return made


def made_anew(
    book: Book, folders: tuple[Path, ...], cache: Cache, edition: Edition = Edition.SCREEN
) -> int:
    """Count the divisions that are not remembered."""
    before = cache.made.get("composed", 0)
    compose_paged(book, edition, folders, english(), cache)
    return cache.made.get("composed", 0) - before


FRESH = Forgetful(None)
KEPT = Cache(None)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(EDITS, min_size=1, max_size=6))
def test_a_book_comes_out_of_its_edits_as_if_made_anew(tmp_path: Path, edits: list[Edit]) -> None:
    folders = (tmp_path, *FOLDERS)
    written = Written()
    for edit in edits:
        written = edit(written)
        written.write_templates(tmp_path)
        book = written.resolve(english())
        assert compose_all(book, folders, KEPT) == compose_all(book, folders, FRESH)


def test_what_is_kept_on_the_disk_serves_another_run(tmp_path: Path) -> None:
    book = whole_book(tmp_path)
    folder = tmp_path / "cache"
    first = compose_all(book, FOLDERS, Cache(folder))
    again = Cache(folder)
    assert compose_all(book, FOLDERS, again) == first == compose_all(book, FOLDERS, None)
    assert not again.made


THREE = Written(
    (
        ("a.md", "One", ("Words.",)),
        ("b.md", "Two", ("See [it](c.md#own).",)),
        ("c.md", "Three", ()),
    ),
    ("Part",),
)


@pytest.mark.parametrize(
    ("template", "edit", "anew"),
    [
        ("", retell(0, "One", ("Other words.",)), 1),
        ("", retell(0, "Other", ("Words.",)), 3),  # its part and the contents list it
        ("", retell(2, "Three", ("## Own {#own}",)), 4),  # chapter b now leads there
        ("little", change(settings=BookSettings("Other")), 3),  # the part and two pages
        ("part", change(parts=("Other",)), 5),
        ("headings", retell(2, "Three", ("## New",)), 3),
        ("all", retell(0, "Other", ("Words.",)), 5),
        ("little", change(template="headings"), 3),
        ("maybe", change(extra="x"), 3),
        ("", change(parts=()), 4),
    ],
)
def test_only_what_an_edit_reaches_is_made_anew(
    tmp_path: Path, template: str, edit: Edit, anew: int
) -> None:
    folders = (tmp_path, *FOLDERS)
    cache = Cache(None)
    before = replace(THREE, template=template)
    after = edit(before)
    before.write_templates(tmp_path)
    assert made_anew(before.resolve(english()), folders, cache) == 6
    assert made_anew(before.resolve(english()), folders, cache) == 0
    after.write_templates(tmp_path)
    assert made_anew(after.resolve(english()), folders, cache) == anew


SEEN = ("b.md", "Two", ("![Seen](x/p.png) [there](c.md)",))


@pytest.mark.parametrize(
    "others",
    [
        (("c.md", "Three", ()), ("a.md", "One", ("![Seen](p.png)",))),  # another image of its name
        (("d.md", "Four", ()), ("c.md", "Three", ())),  # another number of that chapter
    ],
)
def test_an_ebook_follows_its_files(others: tuple[tuple[str, str, tuple[str, ...]], ...]) -> None:
    cache = Cache(None)
    before = (SEEN, ("c.md", "Three", ()))
    for chapters in (before, (SEEN, *others)):
        made = Written(chapters).resolve(english())
        assert compose_all(made, FOLDERS, cache) == compose_all(made, FOLDERS, None)


def test_a_name_that_another_chapter_takes_is_given_up() -> None:
    cache = Cache(None)
    second = chapter("a--b", '<p id="c">Text</p>')
    third = chapter("d", '<p><a href="book:a--b#c">there</a></p>')
    for first in ('<p id="c">Text</p>', '<p id="b--c">Text</p>'):
        made = book(chapter("a", first), second, third)
        assert compose_all(made, FOLDERS, cache) == compose_all(made, FOLDERS, None)


def test_screen_and_print_share_what_does_not_name_the_edition(tmp_path: Path) -> None:
    cache = Cache(None)
    book = THREE.resolve(english())
    assert made_anew(book, FOLDERS, cache, Edition.SCREEN) == 6
    assert made_anew(book, FOLDERS, cache, Edition.PRINT) == 0
    replace(THREE, template="all").write_templates(tmp_path)
    folders = (tmp_path, *FOLDERS)
    assert made_anew(book, folders, cache, Edition.SCREEN) == 3
    assert made_anew(book, folders, cache, Edition.PRINT) == 3


def test_a_template_that_chooses_another_as_it_runs_is_never_remembered(tmp_path: Path) -> None:
    written = replace(THREE, template="open", extra="x")
    written.write_templates(tmp_path)
    cache = Cache(None)
    assert made_anew(written.resolve(english()), (tmp_path, *FOLDERS), cache) == 3


VALUES = st.text(st.sampled_from("ab =\"'>&;") | st.characters(categories=["L"]), max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["id", "title", "data-id"]), VALUES, VALUES), max_size=5))
def test_ids_are_found_as_a_tree_would_give_them(parts: list[tuple[str, str, str]]) -> None:
    def quoted(value: str) -> str:
        value = value.replace("&", "&amp;").replace("<", "&lt;")
        if '"' in value and "'" not in value:
            return f"'{value}'"
        return '"' + value.replace('"', "&quot;") + '"'

    xhtml = "".join(
        f"<p class='x'\n{name} = {quoted(value)}>{text.replace('&', '&amp;')} id=\"t\"</p><br/>"
        for name, value, text in parts
    )
    tree = parse_fragment(xhtml)
    assert list(ids_in(xhtml)) == [e.attrib["id"] for e in tree.iter() if "id" in e.attrib]
