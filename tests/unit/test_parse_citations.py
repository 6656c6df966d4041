"""Citations as Pandoc writes them, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.model import Chapter, Citation, SourceFile
from chapbook.parse import parse_source
from chapbook.parse.dialect.locators import cut_locator
from chapbook.settings import FrontMatter


def chapter(text: str, is_citing: bool = True) -> Chapter:
    source = SourceFile("a.md", f"# T\n\n{text}", FrontMatter())
    outcome = parse_source(source, "en", is_citing)
    assert outcome.diagnostics == ()
    return outcome.value[0]


def show(citation: Citation) -> str:
    shown = (
        f"{one.prefix}|{'-' if one.is_bare else ''}{one.key}|{one.label} {one.locator}|{one.suffix}"
        for one in citation.cites
    )
    return ("in text: " if citation.is_in_text else "") + "; ".join(shown)


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("[@doe99]", "|doe99| |"),
        ("[@doe99, p. 12]", "|doe99|page 12|"),
        ("[see @doe99, pp. 33-35 and *passim*; also @roe, ch. 3]",
         "see|doe99|page 33-35| and *passim*; also|roe|chapter 3|"),
        ("[-@doe99]", "|-doe99| |"),
        ("[@{odd key!, x}]".replace(" ", ""), "|oddkey!,x| |"),
        ("[@a:b.c-d/e]", "|a:b.c-d/e| |"),
        ("[@doe99 [p. 12]]", None),
        ("@doe99 says", "in text: |doe99| |"),
        ("@doe99.", "in text: |doe99| |"),
        ("@doe99 [p. 12] says", "in text: |doe99|page 12|"),
        ("@doe99 [p. 12; see @roe] says", "in text: |doe99|page 12|; see|roe| |"),
        ("-@doe99 says", "|-doe99| |"),
        ("[@a;\n@b]", "|a| |; |b| |"),
    ],
)  # fmt: skip
def test_a_citation_is_read(text: str, citation: str | None) -> None:
    found = chapter(f"As {text} end.").citations
    if citation is not None:
        assert [show(one) for one in found] == [citation]


@pytest.mark.parametrize(
    "text",
    [
        "me@example.org", r"\@doe99", "`[@doe99]`", "    [@doe99]", "<https://x.org/@doe>", "a @ b",
        "[@doe99](https://example.org)", "https://example.org/@doe", "[email](mailto:me@x.org)",
    ],
)  # fmt: skip
def test_what_is_no_citation_stays(text: str) -> None:
    assert chapter(text).citations == ()


@pytest.mark.parametrize("is_citing", [True, False])
def test_brackets_that_are_not_read_are_found(is_citing: bool) -> None:
    text = "<p>In HTML [@doe99].</p>" if is_citing else "In text [@doe99].\n\n[bibliography]"
    outcome = parse_source(SourceFile("a.md", text, FrontMatter(title="T")), "en", is_citing)
    found = [f"{d.code} {d.at}" for d in outcome.diagnostics]
    first = f"unread-citation a.md:1:{12 if is_citing else 9}"
    assert found == ([first] if is_citing else [first, "unread-citation a.md:3:1"])


def test_without_sources_every_sign_stays_text() -> None:
    made = chapter("Ask @doe99 or (@roe).", is_citing=False)
    assert "Ask @doe99 or (@roe)." in made.xhtml
    assert made.citations == ()


@pytest.mark.parametrize(
    ("suffix", "cut"),
    [
        (", p. 12", ("page", "12", "")),
        (", pp. 3, 5-7", ("page", "3, 5-7", "")),
        (", 12", ("page", "12", "")),
        (" p. xii", ("page", "xii", "")),
        (", S. 12 f.", ("page", "12", " f.")),
        (", Kap. 4", ("chapter", "4", "")),
        (", § 12", ("section", "12", "")),
        (", vol. 2", ("volume", "2", "")),
        ("、12頁", ("page", "12", "")),
        ("、第3章", ("chapter", "3", "")),
        (", {p. 3 bis} more", ("page", "3 bis", " more")),
        (" and elsewhere", ("", "", " and elsewhere")),
        (", see below", ("", "", ", see below")),
        (", 1990 edition", ("page", "1990", " edition")),
        ("", ("", "", "")),
    ],
)
def test_a_place_is_told_from_words(suffix: str, cut: tuple[str, str, str]) -> None:
    assert cut_locator(suffix) == cut


def test_each_key_has_its_place() -> None:
    made = chapter("As [see @a;\n@b] and @a, *so [@c]*.[^n]\n\n[^n]: In a note @c [@a].")
    places = {str(one.at) for citation in made.citations for one in citation.cites}
    assert places == {"a.md:3:9", "a.md:4:1", "a.md:4:9", "a.md:4:18", "a.md:6:17", "a.md:6:21"}


@given(st.text(alphabet="a@[];-, p1.{}*\n", max_size=40))
def test_any_citation_can_be_read_and_no_word_is_lost(text: str) -> None:
    source = SourceFile("a.md", f"# T\n\n{text}", FrontMatter())
    outcome = parse_source(source, "en", True)
    assert not [found for found in outcome.diagnostics if found.code == "lost-words"]
