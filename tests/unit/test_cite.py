# ruff: noqa: RUF001  # dashes are the matter here
"""Citations of whole books, set by the house's styles and by others."""

import re
from pathlib import Path

import pytest

from chapbook.cite import cite_book, find_style
from chapbook.cite.csl.casing import recased
from chapbook.cite.csl.punctuation import tidy
from chapbook.cite.csl.signs import rich, to_xhtml
from chapbook.conditions import words_for
from chapbook.diagnostics import Code, Diagnostic
from chapbook.model import Book
from chapbook.parse import parse_source
from chapbook.resolve import resolve_book
from chapbook.settings import Edition
from chapbook.words import read_words
from tests.book_folder import Folder
from tests.compose_books import FOLDERS

SOURCES = r"""
@book{doe99, author={Doe, Jane}, title={Trees & <i>}, year=1999, publisher={Press}}
@book{doe99b, author={Doe, Jane}, title={Bushes}, year=1999}
@book{roe01, author={Roe, Rick and Li, Cy}, title={Fruit}, year=2001}
@book{roe02, author={Roe, Rita and Li, Cy}, title={Roots}, year=2001}
@article{poe, author={Poe, A. and Bee, B. and Cee, C. and Dee, D.}, title={What?}, journal={J},
 volume=2, pages={1--9}, year=2003}
@misc{bare, title={No Author}}
@book{soseki, author={夏目, 漱石}, title={こころ}, year=1914}
@book{never, author={Never, N.}, title={Unread}, year=1900}
"""
TOML = 'title = "B"\nlanguage = "{language}"\n[citations]\nsources = "a.bib"\n{keys}\n'
STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>x</title><id>x</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout>{}</layout></citation></style>"""


class Cited:
    """A book that was cited: its words, and what was found."""

    def __init__(self, book: Book, found: tuple[Diagnostic, ...]) -> None:
        self.book, self.found = book, found
        self.division = {one.id: one for one in book.divisions}

    def text(self, name: str = "one") -> str:
        return re.sub("<[^>]*>", "", self.division[name].xhtml).replace("\xa0", " ")

    def works(self, name: str = "bibliography") -> list[str]:
        rows = re.findall(r"<li [^>]*>(.*?)</li>", self.division[name].xhtml)
        return [re.sub(r" ↩\d*", "", re.sub("<[^>]*>", "", row)) for row in rows]


def cite(
    folder: Path, *chapters: str, keys: str = "", language: str = "en", files: str = ""
) -> Cited:
    names = ("one", "two", "three")
    texts = {f"{name}.md": f"# T\n\n{text}\n" for name, text in zip(names, chapters, strict=False)}
    book = Folder(folder)
    own = {"s.csl": files} if files else {}
    book.write({"a.bib": SOURCES, **texts, **own}, TOML.format(language=language, keys=keys))
    manuscript, found = book.read()
    parsed = {s.path: parse_source(s, language, True) for s in manuscript.sources}
    words = read_words(FOLDERS, language)
    chapters_of = {path: outcome.value for path, outcome in parsed.items()}
    resolved = resolve_book(manuscript, chapters_of, words).value
    style = find_style(manuscript.settings, manuscript.citation_style, FOLDERS)
    outcome = cite_book(resolved, manuscript.works, style.value, words)
    return Cited(outcome.value, (*found, *outcome.diagnostics, *style.diagnostics))


SHOWN = {
    "[@roe01]": "(Rick Roe and Cy Li 2001)",
    "[@poe, p. 3]": "(Poe et al. 2003, p. 3)",
    "[see @poe, ch. 2 and *passim*]": "(see Poe et al. 2003, chap. 2 and passim)",
    "[@doe99; @doe99b]": "(Doe 1999b, 1999a)",
    "@poe [p. 3]": "Poe et al. (2003, p. 3)",
    "[-@poe]": "(2003)",
    "[@bare]": "(No Author n.d.)",
    "[@soseki]": "(夏目 1914)",
    "[@poe, pp. 3-5]": "(Poe et al. 2003, pp. 3–5)",
}


def test_authors_and_dates(tmp_path: Path) -> None:
    made = cite(tmp_path, "\n\n".join([*SHOWN, "[@roe02]"]))
    assert made.found == ()
    paragraphs = re.findall("<p [^>]*>(.*?)</p>", made.division["one"].xhtml)
    plain = [re.sub("<[^>]*>", "", one).replace("\xa0", " ") for one in paragraphs]
    assert dict(zip(SHOWN, plain, strict=False)) == SHOWN


def test_the_list_has_what_is_cited_and_nothing_else(tmp_path: Path) -> None:
    made = cite(tmp_path, "[@doe99] [@soseki] [@poe] [@doe99b]")
    assert made.works() == [
        "Doe, Jane. 1999a. Bushes.",
        "———. 1999b. Trees & <i>. Press.".replace("<i>", "&lt;i&gt;").replace(" & ", " &amp; "),
        "Poe, A., B. Bee, C. Cee, and D. Dee. 2003. “What?” J 2, 1–9.",
        "夏目漱石. 1914. こころ.",
    ]


def test_all_works_are_listed_on_request(tmp_path: Path) -> None:
    made = cite(tmp_path, "[@doe99]", keys='nocite = "all"')
    assert len(made.works()) == 8


def test_entries_and_citations_lead_to_each_other(tmp_path: Path) -> None:
    made = cite(tmp_path, "[@doe99] and [@doe99]", "[@doe99]")
    assert 'href="book:bibliography#work-doe99"' in made.division["one"].xhtml
    back = re.findall(r'class="way-back" href="([^"]+)"', made.division["bibliography"].xhtml)
    assert back == ["book:one#cite-1", "book:one#cite-2", "book:two#cite-1"]
    assert 'id="cite-2"' in made.division["one"].xhtml


def test_notes_say_ibid_but_not_from_chapter_to_chapter(tmp_path: Path) -> None:
    text = "A [@doe99, p. 1]. B [@doe99, p. 1]. C [@doe99, p. 2]. D [@poe]. E [@doe99]."
    made = cite(tmp_path, text, "F [@doe99].", keys='style = "notes"')
    notes = [re.sub("<[^>]*>", "", note.xhtml) for note in made.division["one"].notes]
    assert [note.replace("\xa0", " ") for note in notes] == [
        "Jane Doe, Trees &amp; &lt;i&gt;, Press, 1999, p. 1.",
        "Ibid.",
        "Ibid., p. 2.",
        "A. Poe et al., “What?,” J 2 (2003), 1–9.",
        "Doe, Trees &amp; &lt;i&gt;.",
    ]
    assert "Ibid" not in made.division["two"].notes[0].xhtml
    assert made.text() == "A. B. C. D. E."


def test_ibid_is_no_capital_in_the_midst_of_a_note(tmp_path: Path) -> None:
    made = cite(tmp_path, "A [@doe99]. B [see @doe99]. C [@doe99].", keys='style = "notes"')
    notes = [re.sub("<[^>]*>", "", note.xhtml) for note in made.division["one"].notes]
    assert notes[1:] == ["See ibid.", "Ibid."]


def test_notes_are_numbered_together_with_the_authors_own(tmp_path: Path) -> None:
    text = "A [@doe99]. B[^n] C [@poe]. See [](#note:n).\n\n[^n]: In it [@poe, p. 3]; so."
    made = cite(tmp_path, text, keys='style = "notes"')
    notes = made.division["one"].notes
    assert [(note.key, note.number) for note in notes] == [("cite-1", 1), ("n", 2), ("cite-3", 3)]
    assert "A. Poe et al., “What?,” J 2 (2003), 1–9, p.\xa03; so." in re.sub(
        "<[^>]*>", "", notes[1].xhtml
    )
    assert "note 2" in made.text()


def test_passages_have_the_words_that_are_shown(tmp_path: Path) -> None:
    made = cite(tmp_path, "A [@doe99], *b* @poe.[^n]\n\n[^n]: In [@poe].\n\n- c [@soseki]")
    texts = [passage.text for passage in made.division["one"].passages if passage.block != "title"]
    assert texts == [
        "A (Doe 1999), b Poe et al. (2003).\ufffc", "c (夏目 1914)", "In (Poe et al. 2003).",
    ]  # fmt: skip
    made = cite(tmp_path, "A [@doe99]. B @poe, c.", keys='style = "notes"')
    first = made.division["one"].passages[1]
    assert first.text == "A.\ufffc B Poe et al.,\ufffc c."


def test_numbers_follow_the_first_citation_and_join(tmp_path: Path) -> None:
    text = "[@poe] [@doe99; @poe; @bare] [@poe; @doe99; @bare, p. 3]"
    made = cite(tmp_path, text, keys='style = "numbers"')
    assert made.text() == "[1] [1–3] [1, 2, 3, p. 3]"
    assert made.works()[0].startswith("[1] A. Poe, B. Bee, C. Cee, and D. Dee, “What?,” J 2")


def test_each_chapter_may_have_its_own_list(tmp_path: Path) -> None:
    made = cite(tmp_path, "[@doe99]", "[@doe99b]\n\n[bibliography]\n\nEnd.", keys='per = "chapter"')
    assert made.text() == "(Doe 1999)BibliographyDoe, Jane. 1999. Trees &amp; &lt;i&gt;. Press. ↩"
    assert made.text("two") == "(Doe 1999)Doe, Jane. 1999. Bushes. ↩End."
    assert "bibliography" not in made.division
    assert not [entry for entry in made.book.contents if entry.division == "bibliography"]
    blocks = [passage.text for passage in made.division["two"].passages]
    assert blocks == ["T", "(Doe 1999)", "Doe, Jane. 1999. Bushes.", "End."]


def test_a_list_stands_where_the_author_wants_it(tmp_path: Path) -> None:
    made = cite(tmp_path, "[@doe99]", "[bibliography]")
    assert "bibliography" not in made.division
    assert made.works("two") == ["Doe, Jane. 1999. Trees &amp; &lt;i&gt;. Press."]
    assert 'href="book:two#work-doe99"' in made.division["one"].xhtml


def test_the_words_are_those_of_the_books_language(tmp_path: Path) -> None:
    made = cite(tmp_path, "[@poe, S. 3-5] [@bare] @roe01", language="de")
    assert (
        made.text().replace("\xa0", " ")
        == "(Poe u. a. 2003, S. 3–5) (No Author o. J.) Roe und Li (2001)"
    )


def test_an_unknown_key_has_its_place_and_the_nearest(tmp_path: Path) -> None:
    made = cite(tmp_path, "[@doe98; @poe]", keys='style = "gone"')
    unknown, style = made.found
    assert (unknown.code, str(unknown.at)) == (Code.UNKNOWN_WORK, "one.md:3:2")
    assert "“@doe99”" in unknown.hints[0]
    assert style.code is Code.CITATION_STYLE


def test_a_style_of_the_book_is_used(tmp_path: Path) -> None:
    style = STYLE.format('<text variable="title" text-case="uppercase" font-style="italic"/>')
    made = cite(tmp_path, "[@doe99b]", keys='style = "s.csl"', files=style)
    assert made.found == ()
    assert "<i>BUSHES</i>" in made.division["one"].xhtml
    assert "bibliography" not in made.division  # the style has none
    assert "<a" not in made.division["one"].xhtml


@pytest.mark.parametrize(
    ("style", "severity"),
    [
        ("<style", "error"),
        ("<html/>", "error"),
        ("<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><style>&y;</style>", "error"),
        (STYLE.format('<text variable="titel"/>'), "warning"),
        (STYLE.format('<text macro="gone"/>'), "error"),
        (STYLE.format('<choose><if position="near-note"><text value="x"/></if></choose>'), ""),
    ],
)
def test_a_faulty_style_is_a_finding(tmp_path: Path, style: str, severity: str) -> None:
    made = cite(tmp_path, "[@doe99]", keys='style = "s.csl"', files=style)
    assert {found.code for found in made.found} <= {Code.CITATION_STYLE}
    assert severity in {str(found.severity) for found in made.found} or not severity
    assert "passwd" not in str(made.found)


def test_what_a_work_says_is_never_markup() -> None:
    assert to_xhtml(str(rich('<b>a</b> <script>b</script> & "c"'))) == (
        "<b>a</b> &lt;script&gt;b&lt;/script&gt; &amp; “c”"
    )
    assert to_xhtml(str(rich("</i><b>a"))) == "<b>a</b>"


@pytest.mark.parametrize(
    ("text", "is_inside", "better"),
    [
        ("A?. B", False, "A? B"),
        ("A., , B", False, "A., B"),
        ("A,. B", False, "A. B"),
        ("“A”, B", True, "“A,” B"),
        ("“A”, B", False, "“A”, B"),
        ("“A ‘b’”, C", True, "“A ‘b,’” C"),
        ("the growers’, C", True, "the growers’, C"),
        ("“A?”. B", True, "“A?” B"),
        ("A () B [ c ]", False, "A B [c]"),
        ("\ufdd0A.\ufdd1. B", False, "\ufdd0A.\ufdd1 B"),
    ],
)
def test_no_stop_stands_twice(text: str, is_inside: bool, better: str) -> None:
    assert tidy(text, ("”", "’") if is_inside else None) == better


@pytest.mark.parametrize(
    ("how", "better"),
    [
        ("title", "The Life and Death of eBay: A Study"),
        ("sentence", "The life and death of eBay: a study"),
        ("uppercase", "THE LIFE AND DEATH OF eBay: A STUDY"),
        ("capitalize-first", "The life and death of eBay: a study"),
    ],
)
def test_cases_leave_alone_what_keeps_its_capitals(how: str, better: str) -> None:
    text = rich('the life and death of <span class="nocase">eBay</span>: a study')
    assert str(recased(text, how)) == better


def test_a_citation_can_be_for_one_edition(tmp_path: Path) -> None:
    made = cite(tmp_path, "A [@poe]{.only-print #here} b [c @doe99]{.only-epub}.", keys="")
    assert made.found == ()
    (passage,) = (p for p in made.division["one"].passages if p.text.startswith("A"))
    assert words_for(passage.text, Edition.PRINT) == "A (Poe et al. 2003) b ."
    assert words_for(passage.text, Edition.EPUB) == "A b (c Doe 1999)."
    assert '<span id="here" class="only-print"><span class="citation"' in (
        made.division["one"].xhtml
    )


def test_a_list_may_come_before_all_words(tmp_path: Path) -> None:
    made = cite(tmp_path, "[bibliography]\n\nA [@roe01].")
    texts = [passage.text for passage in made.division["one"].passages]
    assert [text.split()[0] for text in texts] == ["T", "Roe,", "A"]


def test_nothing_leads_to_a_list_that_is_not_there(tmp_path: Path) -> None:
    text = "[contents]\n\nSee [the works](#bibliography).[^n]\n\n[^n]: Or [](#bibliography)."
    made = cite(tmp_path, text)
    assert "bibliography" not in made.division
    one = made.division["one"]
    assert "book:bibliography" not in one.xhtml + one.notes[0].xhtml
    assert "See <span>the works</span>" in one.xhtml
    assert {(found.code, str(found.at)) for found in made.found} == {(Code.BROKEN_LINK, "one.md")}
