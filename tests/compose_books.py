"""Small books for the tests of `compose` and `package`, as `resolve` would give them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from chapbook.diagnostics import Location
from chapbook.model import (
    Asset,
    Book,
    Division,
    DivisionKind,
    Entry,
    Heading,
    Kind,
    Matter,
    Note,
    Passage,
)
from chapbook.print_shop import Cover
from chapbook.settings import BookSettings, Contributor, Identifiers, Remark, Subject
from chapbook.words import Words, read_words

HOUSE = Path(__file__).parents[1] / "templates"
FOLDERS = (HOUSE,)
MODIFIED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
AT = Location("one.md", 3, 1)

SETTINGS = BookSettings(
    title="Six & a Half <Threads>",
    subtitle="A Companion",
    language="en-GB",
    slug="six",
    publisher="The House",
    date=date(2026, 11, 24),
    edition="First edition",
    rights="© 2026 The House",
    license="https://creativecommons.org/licenses/by/4.0/",
    description="A small book & what it holds.",
    subjects=(Subject("Books"), Subject("Threads & needles")),
    contributors=(
        Contributor("Ann Bee", "aut", "Bee, Ann"),
        Contributor("Cy Dee", "aut"),
        Contributor("Eve Eff", "trl", "Eff, Eve"),
    ),
    identifiers=Identifiers(
        print="978-3-16-148410-0", uuid="urn:uuid:533dd805-b8c0-5bf3-acf8-deac486ad505"
    ),
    imprint=Remark("No & affiliation.\n\nSecond paragraph."),
    colophon=Remark("Set in type."),
)

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" width="100" height="60">
<defs><linearGradient id="g"><stop offset="0" stop-color="#223"/></linearGradient></defs>
<rect width="100" height="60" fill="url(#g)"/></svg>"""


def english() -> Words:
    """Give the words of the house in English."""
    return read_words(FOLDERS, "en")


def page(name: str, role: str = "", matter: Matter = Matter.FRONT) -> Division:
    """Make a page that the house fills."""
    title = str(getattr(english(), name.replace("-", "_"), name))
    return Division(name, DivisionKind.PAGE, matter, role or name, title, title, title, page=name)


def chapter(key: str, xhtml: str, **facts: object) -> Division:
    """Make a chapter that holds this text."""
    division = Division(
        id=key,
        kind=DivisionKind.CHAPTER,
        matter=Matter.BODY,
        role="chapter",
        title=f"On {key}",
        title_xhtml=f"On {key}",
        short_title=f"On {key}",
        xhtml=xhtml,
        at=AT,
    )
    return replace(division, **facts)  # type: ignore[arg-type]


def note(key: str, number: int, xhtml: str) -> Note:
    """Make a note out of its blocks."""
    return Note(key, number, xhtml, len(xhtml.split()), AT)


def call(key: str) -> str:
    """Write the neutral call of a note."""
    return f'<a class="note-call" data-note="{key}"></a>'


def entry(division: Division, children: tuple[Entry, ...] = (), level: int = 1) -> Entry:
    """List a division."""
    return Entry(
        division=division.id,
        anchor="",
        kind=division.kind.value,
        level=level,
        label=division.label,
        title=division.title,
        title_xhtml=division.title_xhtml,
        matter=division.matter,
        children=children,
    )


def section(division: str, anchor: str, title: str, children: tuple[Entry, ...] = ()) -> Entry:
    """List a section."""
    return Entry(division, anchor, "section", 2, "", title, title, Matter.BODY, children)


def book(*divisions: Division, settings: BookSettings = SETTINGS, **facts: object) -> Book:
    """Make a book of these divisions, with plain contents."""
    unlisted = ("half-title", "title-page", "imprint", "contents")
    contents = tuple(entry(d) for d in divisions if d.page not in unlisted)
    made = Book(settings, divisions, contents, (), (), {})
    return replace(made, **facts)  # type: ignore[arg-type]


ONE = chapter(
    "one",
    '<p id="2nd" data-block="1">First'
    + call("a")
    + ' <a href="book:two#日本 語">there</a>, <a href="book:two#nowhere">gone</a>, '
    '<a href="https://example.org/?a=1&amp;b=2">out</a>'
    + call("long")
    + call("a")
    + ' <a href="javascript:x">no</a>.</p>'
    '<figure id="fig-1"><img src="asset:images/a plan &amp; b.svg" alt="A plan"/>'
    '<figcaption data-block="2"><span class="label">Figure 1</span> The plan</figcaption></figure>'
    '<h2 id="one" data-block="3">Same as the chapter</h2>'
    '<h2 id="note-1" data-block="4">A note by name</h2>'
    '<figure id="tbl-1"><table><thead><tr><th scope="col" data-block="5">Head'
    + call("head")
    + '</th></tr></thead><tbody><tr><td data-block="6">Cell</td></tr></tbody></table>'
    '<figcaption data-block="7">Table</figcaption></figure>'
    '<p data-block="8">A <span lang="ja">日本</span><br/>end.</p>',
    label="1",
    part="part-1",
    headings=(
        Heading(2, "one", "Same as the chapter", "Same as the chapter", AT),
        Heading(2, "note-1", "A note by name", "A note by name", AT),
    ),
    notes=(
        note("a", 1, '<p data-block="9">Short <em>note</em>.</p><p data-block="10">Twice.</p>'),
        note("long", 2, f'<p data-block="11">{"many words " * 70}{call("inner")}</p>'),
        note("head", 3, '<p data-block="12">In a head.</p>'),
        note("inner", 4, '<ul><li data-block="13">Inside.</li></ul>'),
    ),
    passages=(
        Passage("title", Kind.HEADING, "On one", AT),
        Passage("1", Kind.TEXT, "First\ufffc there, gone, out\ufffc\ufffc no.", AT),
        Passage("", Kind.ALT, "A plan", AT),
    ),
)
TWO = chapter(
    "two", '<h2 id="日本 語" data-block="1">日本</h2><p data-block="2">Text</p>', label="2"
)
PART = Division(
    "part-1",
    DivisionKind.PART,
    Matter.BODY,
    "part",
    "The Part",
    "The <em>Part</em>",
    "The Part",
    "I",
    summary="What it is about.",
    at=AT,
)


def whole_book(folder: Path) -> Book:
    """Make a book with one of everything; its images are written to `folder`."""
    names = ("images/a plan & b.svg", "images/A-plan-b.svg", "images/cover.svg")
    assets = {}
    for number, name in enumerate(names):
        file = folder / f"{number}.svg"
        file.write_text(SVG, "utf-8")
        assets[name] = Asset(name, file, "image/svg+xml", "", len(SVG), 100, 60)
    front = (
        page("half-title", "halftitlepage"),
        page("title-page", "titlepage"),
        page("imprint", "copyright-page"),
        page("contents", "toc"),
        page("figures-and-tables", "loi"),
    )
    back = page("colophon", "colophon", Matter.BACK)
    inner = entry(ONE, (section("one", "one", "Same"), section("one", "note-1", "Note")), 2)
    return Book(
        settings=replace(SETTINGS, cover=Cover("images/cover.svg", "Six lines & a half")),
        divisions=(*front, PART, ONE, TWO, back),
        contents=(
            entry(front[4]),
            entry(PART, (inner,)),
            entry(TWO, (section("two", "日本 語", "日本"),)),
            entry(back),
        ),
        figures=(
            Entry("one", "fig-1", "figure", 1, "Figure 1", "The plan", "The plan", Matter.BODY),
        ),
        tables=(Entry("one", "tbl-1", "table", 1, "Table 1", "Table", "Table", Matter.BODY),),
        assets=assets,
    )
