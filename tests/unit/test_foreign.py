"""Folders that were written for mdBook, Quarto or Pandoc are books as they stand."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapbook.configure import read_settings
from chapbook.diagnostics import BookError, Code, Diagnostic
from chapbook.model import Manuscript, SourceFile
from chapbook.origin import Origin, Tool
from chapbook.parse import parse_source
from chapbook.read import read_manuscript
from chapbook.read.foreign import Translator
from chapbook.settings import BookSettings, FrontMatter, Limits
from chapbook.spliced import whole
from tests.book_folder import show

Files = dict[str, str]


def read(root: Path, files: Files) -> tuple[BookSettings, Manuscript, list[Diagnostic]]:
    """Read a folder with these files, and all that is found in it up to its parsing."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    configured = read_settings(root)
    manuscript = read_manuscript(root, configured.value, Limits())
    found = [*configured.diagnostics, *manuscript.diagnostics]
    found += [d for s in manuscript.value.sources for d in parse_source(s, "en").diagnostics]
    return configured.value, manuscript.value, found


def places(found: list[Diagnostic]) -> list[str]:
    """Give where something was not understood; nothing else may be found."""
    assert {d.code for d in found} <= {Code.NOT_UNDERSTOOD}
    return [str(d.at) for d in found]


# mdBook

SUMMARY = "# Summary\n\n[Preface](preface.md)\n\n- [One](one.md)\n\n# Part\n\n- [Two](two.md)\n"
MDBOOK = {
    "book.toml": '[book]\ntitle = "Rust"\nauthors = ["Ann", "Bob"]\nlanguage = "en"\nsrc = "text"\n'
    "[output.html]\nmathjax = true\n",
    "text/SUMMARY.md": SUMMARY,
    "text/preface.md": "# Preface\n\n{{#title A}}Text {{ title }} {{ x }} {.only-x}.\n",
    "text/one.md": "# One\n\n```rust,ignore\n{{#include ../code/a.rs:two}}\n# hidden\n"
    "#[derive(A)]\n```\n\n> [!WARNING]\n> Hot.\n",
    "text/two.md": "# Two\n\n{{#include part.md}}\n\n```admonish tip title='Ask'\nText.\n```\n\n"
    "{{#include gone.md}} {{#foo}}\n",
    "text/part.md": "A part.\n",
    "code/a.rs": "fn one() {}\n// ANCHOR: two\nfn two() {}\n// ANCHOR_END: two\n",
}


def test_an_mdbook(tmp_path: Path) -> None:
    book, manuscript, found = read(tmp_path, MDBOOK)
    assert (book.title, book.origin.tool) == ("Rust", Tool.MDBOOK)
    assert [each.name for each in book.contributors] == ["Ann", "Bob"]
    assert show(manuscript) == "text/preface.md | text/one.md 0:text/two.md | "
    texts = {source.path: source.text for source in manuscript.sources}
    assert texts["text/preface.md"] == "# Preface\n\nText {{ title }} {{ x }} {.only-x}.\n"
    assert texts["text/one.md"] == (
        "# One\n\n```rust,ignore\nfn two() {}\n#[derive(A)]\n```\n\n!!! warning\n    Hot.\n"
    )
    assert texts["text/two.md"].startswith('# Two\n\nA part.\n\n!!! tip "Ask"\n    Text.\n')
    assert places(found) == ["book.toml:6:9", "text/two.md:9:22", "text/two.md:9:1"]


def test_a_summary_alone_makes_an_mdbook(tmp_path: Path) -> None:
    book, manuscript, found = read(
        tmp_path, {"src/SUMMARY.md": "# Trees\n\n- [A](a.md)\n", "src/a.md": "# A\n\nText.\n"}
    )
    assert (book.title, show(manuscript), found) == ("Trees", " | src/a.md | ", [])


# Quarto

QUARTO = {
    "_quarto.yml": "project:\n  type: book\nbook:\n  title: Trees\n  author: [Ann, {name: Bob}]\n"
    '  date: "8/18/2021"\n  chapters:\n    - index.qmd\n    - part: Work\n      chapters:\n'
    "        - cut/one.qmd\n    - last.qmd\n  appendices: [tools.qmd]\n  search: true\n"
    "lang: en_GB\n",
    "index.qmd": "# Preface {.unnumbered}\n\nSee @sec-cut, [@fig-a; @fig-a] and [-@fig-a].\n",
    "cut/one.qmd": "# Cutting {#sec-cut}\n\n::: {.callout-tip}\n## Ask\n\nText.\n\n- a\n:::\n\n"
    '![Cap](../a.svg){#fig-a width="3in" fig-alt="What is seen"}\n\n'
    "{{< include _part.qmd >}}\n\n{{< video x >}}\n",
    "cut/_part.qmd": "Part {{< meta title >}} {{< var press.city >}}{{< meta x >}}.\n",
    "_variables.yml": "press:\n  city: Kobe *east*\nlist: [a]\n",
    "last.qmd": "# Last\n\n```{python}\n#| label: x\n1 + 1\n```\n\n"
    '::: {.content-visible when-format="pdf"}\nOn paper.\n:::\n\nMail a@fig-tree.org, `@fig-a`.\n',
    "tools.qmd": "# Tools\n\nText.\n",
}


def test_a_book_of_quarto(tmp_path: Path) -> None:
    book, manuscript, found = read(tmp_path, QUARTO)
    assert (book.title, book.language, book.date) == (
        "Trees",
        "en-GB",
        date(2021, 8, 18),
    )
    assert [each.name for each in book.contributors] == ["Ann", "Bob"]
    assert show(manuscript) == " | index.qmd 0:cut/one.qmd last.qmd | tools.qmd"
    sources = {source.path: source for source in manuscript.sources}
    assert not sources["index.qmd"].front_matter.numbered
    assert sources["tools.qmd"].front_matter.appendix
    assert sources["index.qmd"].text.splitlines()[2] == (
        "See [](cut/one.qmd#sec-cut), [](cut/one.qmd#fig-a), [](cut/one.qmd#fig-a)"
        " and [](cut/one.qmd#fig-a){: .number }."
    )
    cut = sources["cut/one.qmd"].text
    assert '!!! tip "Ask"\n\n    Text.\n\n    - a\n' in cut
    assert '![What is seen](../a.svg "Cap"){: #fig-a }' in cut
    assert r"Part Trees Kobe \*east\*." in cut
    last = sources["last.qmd"].text
    assert "```python\n1 + 1\n```" in last
    assert "!!! only pdf\n    On paper.\n" in last
    assert "a@fig-tree.org, `@fig-a`" in last
    assert places(found) == [
        "_quarto.yml:14:3",
        "cut/one.qmd:15:1",
        "cut/one.qmd:11:18",
        "cut/_part.qmd:1:47",
        "last.qmd:3:1",
    ]


def test_a_website_of_quarto_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("project:\n  type: website\n")
    with pytest.raises(BookError, match="no book"):
        read_settings(tmp_path)


# Pandoc

PANDOC = {
    "2-two.md": "# Two {-}\n\n::: {.aside #x}\nIn **it**.\n\n::: inner\nDeep.\n:::\n:::\n",
    "1-one.md": "---\ntitle: Trees\nauthor:\n- Ann\ndate: 24 November 2026\ngeometry: a5\n...\n\n"
    "# One\n\nH~2~O, x^2^, a note^[with *words* [and](b.md) more], [small]{.smallcaps},\n"
    "~~gone~~ and [日本]{lang=ja}.\n\n\\newpage\n\n\\vfill\n",
    "10-ten.md": "# Ten\n\n```{=latex}\n\\x\n```\n\n```{=html}\n<b>raw</b>\n```\n",
}


def test_a_folder_for_pandoc(tmp_path: Path) -> None:
    book, manuscript, found = read(tmp_path, PANDOC)
    assert (book.title, book.date) == ("Trees", date(2026, 11, 24))
    assert show(manuscript) == " | 1-one.md 2-two.md 10-ten.md | "
    one, two, ten = manuscript.sources
    assert one.text[one.body :] == (
        "\n# One\n\nH<sub>2</sub>O, x<sup>2</sup>, a note[^inline-1], [small]{: .small-caps },\n"
        '~~gone~~ and [日本]{: lang="ja" }.\n\n\n[page break]\n\n\n\n\n\n[^inline-1]: with *words* '
        "[and](b.md) more"
    )
    assert str(one.locate(one.text.rindex("with"))) == "1-one.md:11:22"
    assert (one.front_matter.title, two.front_matter.numbered) == ("", False)
    assert '<div id="x" class="aside" markdown="1">' in two.text
    assert ten.text == "# Ten\n\n\n<b>raw</b>\n"
    assert places(found) == ["1-one.md:6:1", "1-one.md:16:1", "10-ten.md:3:4"]
    chapter = parse_source(two, "en").value[0]
    assert [p.text for p in chapter.passages] == ["Two", "In it.", "Deep."]


def test_lines_of_a_title_are_read_and_left_out(tmp_path: Path) -> None:
    book, manuscript, found = read(
        tmp_path, {"a.md": "% The\n  Trees\n% Ann; Bob\n% 2026-11-24\n\n# One\n\nText.\n"}
    )
    assert (book.title, book.date) == ("The Trees", date(2026, 11, 24))
    assert [each.name for each in book.contributors] == ["Ann", "Bob"]
    assert (manuscript.sources[0].text, found) == ("\n# One\n\nText.\n", [])


def test_chapters_that_each_have_a_title_make_no_book(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\n---\nText.\n")
    with pytest.raises(BookError, match=r"no file \"book.toml\""):
        read_settings(tmp_path)


def test_a_title_at_the_top_makes_it_ours(tmp_path: Path) -> None:
    files = {**MDBOOK, "book.toml": 'title = "Ours"\n', "text/two.md": "# Two\n\n::: x\n"}
    book, manuscript, _ = read(tmp_path, files)
    assert book.origin.tool is Tool.CHAPBOOK
    assert next(s for s in manuscript.sources if s.path.endswith("two.md")).text.endswith("::: x\n")


PIECES = st.sampled_from(
    [
        ":::", "::: {.callout-note}", "::: x", "## Head {-}", "text", "> [!NOTE]", "> more",
        "```", "```{python}", "```rust", "# x", "#| label: a", "^[note", "^[a note]", "H~2~O",
        "{{< a b >}}", "{{< include x.qmd >}}", "@fig-a", "[@fig-a]",
        "![a](b.svg){#fig-a width=3}", "[a]{.b}", "", "{{#include a.rs:2}}", "{{#title a}}",
        "\\newpage", "    code", "- item", "```{=latex}", "$a^2$",
        "::: {.content-visible when-format='pdf'}", "`@fig-a`", "<!-- ::: -->", "% title",
        "|a|b|",
    ]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=12).map("\n".join)


@given(LINES, st.sampled_from([Tool.MDBOOK, Tool.QUARTO, Tool.PANDOC]))
@settings(max_examples=100, deadline=None)
def test_whatever_is_written_is_read(text: str, tool: Tool) -> None:
    source = SourceFile("a.md", text, FrontMatter())
    translator = Translator(BookSettings("T", origin=Origin(tool)), [source], {})
    made = translator.translate(whole("a.md", text), "a.md")
    made = translator.finish(made, "a.md")
    read = SourceFile("a.md", made.text, FrontMatter(), 0, made.pieces)
    last = text.count("\n") + 1
    for offset in range(len(made.text)):
        at = read.locate(offset)
        assert 1 <= at.line <= last
    for found in (*translator.findings, *parse_source(read, "en").diagnostics):
        assert found.at is not None
        assert found.at.line <= last
