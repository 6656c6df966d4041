"""The reading order of real folders."""

import os
from pathlib import Path

import pytest

from chapbook.diagnostics import BookError, Code, Location
from chapbook.model import PartHead
from chapbook.settings import Limits
from tests.book_folder import HOUSE, TITLE, Folder, show


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "book"
    root.mkdir()
    return Folder(root)


# the order of book.toml


def test_listed_chapters_come_before_listed_parts(folder: Folder) -> None:
    toml = (
        TITLE
        + 'front = ["title-page", "about.md"]\nback = ["end.markdown", "colophon"]\n'
        + 'chapters = ["./z.md"]\n[[parts]]\ntitle = "P"\nchapters = ["b.md", "x/a.md"]\n'
    )
    shown = folder.order("about.md end.markdown z.md b.md x/a.md unlisted.md", toml)
    assert shown == "title-page about.md | z.md 0:b.md 0:x/a.md | end.markdown colophon"


def test_the_house_puts_its_pages_where_the_book_does_not_say(folder: Folder) -> None:
    folder.write({"a.md": "# A"})
    places = folder.read()[0].order
    assert [place.page for place in places[:-1]] == HOUSE.split()
    assert folder.order("a.md", TITLE + 'language = "ja"') == " | a.md | colophon"
    assert folder.order("a.md", TITLE + 'language = "ja"\nback = []') == " | a.md | "


def test_places_and_parts_know_their_line(folder: Folder) -> None:
    folder.write({"a.md": "# A"}, TITLE + '[[parts]]\ntitle = "P"\nchapters = ["a.md"]')
    manuscript = folder.read()[0]
    assert manuscript.order[-1].at == Location("book.toml", 4, 13)
    assert manuscript.parts == (PartHead("P", "", Location("book.toml", 2, 3)),)


@pytest.mark.parametrize(
    ("listed", "code", "at", "hint"),
    [
        ('chapters = ["a.md", "chapter-1.md"]', Code.MISSING_FILE, "2:21", "chapter-01.md"),
        ('chapters = ["a.md", "x/b.md"]', Code.MISSING_FILE, "2:21", "B.md"),
        ('chapters = ["A.md", "y/B.md"]', Code.MISSING_FILE, "2:13", "a.md"),
        ('chapters = ["a.md", "a"]', Code.CONFIG_BAD_VALUE, "2:21", "a.md"),
        ('chapters = ["a.md", "./a.md"]', Code.CONFIG_BAD_VALUE, "2:21", "first at"),
        ('chapters = ["a.md", "../book/../x.md"]', Code.FILE_OUTSIDE_BOOK, "2:21", "copy"),
        ('chapters = ["a.md", "/etc/x.md"]', Code.FILE_OUTSIDE_BOOK, "2:21", "copy"),
        ('chapters = ["a.md", "folder.md"]', Code.MISSING_FILE, "2:21", ""),
        ('front = ["title-pag"]', Code.UNKNOWN_PAGE, "2:10", "title-page"),
        ('back = ["chapter-01"]', Code.UNKNOWN_PAGE, "2:9", "chapter-01.md"),
        ('front = ["imprint", "imprint"]', Code.CONFIG_BAD_VALUE, "2:21", "first at"),
        ('[cover]\nimage = "c.svg"\nalt = "x"', Code.MISSING_FILE, "3:1", "C.svg"),
        ('[cover]\nimage = "c.pdf"\nalt = "x"', Code.CONFIG_BAD_VALUE, "3:1", "PNG"),
        ('[cover]\nimage = "../c.png"\nalt = "x"', Code.FILE_OUTSIDE_BOOK, "3:1", "copy"),
    ],
)
def test_each_fault_of_a_list(folder: Folder, listed: str, code: Code, at: str, hint: str) -> None:
    (folder.root / "folder.md").mkdir()
    files: dict[str, str | bytes] = {"a.md": "# A", "chapter-01.md": "# C", "y/B.md": "# B"}
    finding = folder.refusal({**files, "C.svg": "<svg/>"}, TITLE + listed)
    assert (finding.code, str(finding.at)) == (code, f"book.toml:{at}")
    assert hint in " ".join(finding.hints)


# the order of a SUMMARY.md


def test_a_summary_tells_the_order(folder: Folder) -> None:
    summary = (
        "# Summary\n\n[Preface](./pre%20face.md)\n<!-- [No](no.md) -->\n\n"
        "- [One](one.md)\n    * [Nested `[x]`](sub/two.md#top)\n- [Draft]()\n\n---\n\n"
        '# Part *One*\n\n1. [Three](<three.md> "title")\n\n# Empty\n\n[After](after.md)\n'
    )
    names = ["pre face.md", "one.md", "sub/two.md", "three.md", "after.md", "no.md"]
    folder.write({"SUMMARY.md": summary, **{name: "# T" for name in names}})
    manuscript, findings = folder.read()
    assert findings == ()
    assert show(manuscript) == "pre face.md | one.md sub/two.md 0:three.md | after.md"
    assert manuscript.parts == (PartHead("Part One", "", Location("SUMMARY.md", 12, 1)),)
    assert manuscript.order[5].at == Location("SUMMARY.md", 6, 3)


def test_a_summary_may_stand_in_src_and_be_wrong(folder: Folder) -> None:
    finding = folder.refusal({"src/SUMMARY.md": "- [A](a.md)\n- [B](B.md)", "src/a.md": "# A"})
    assert (finding.code, str(finding.at)) == (Code.MISSING_FILE, "src/SUMMARY.md:2:3")


# the order of names


def test_numbers_are_numbers_and_case_is_nothing(folder: Folder) -> None:
    assert folder.order("10.md 9.md b.md A.md 9-x.md") == " | 9.md 9-x.md 10.md A.md b.md | "


def test_folders_are_parts_and_files_stand_among_them_by_number(folder: Folder) -> None:
    names = "03-last.md 01-first.md 02-the_middle/2.md 02-the_middle/deep/1.md 02-the_middle/1.md"
    assert folder.order(names) == (
        " | 01-first.md 0:02-the_middle/1.md 0:02-the_middle/2.md 0:02-the_middle/deep/1.md"
        " 03-last.md | "
    )
    assert folder.read()[0].parts[0].title == "The middle"


def test_folders_that_differ_after_a_dot_are_two_parts(folder: Folder) -> None:
    assert folder.order("v1.b/1.md v1.a/2.md v1.b/3.md v1.a/4.md") == (
        " | 0:v1.a/2.md 0:v1.a/4.md 1:v1.b/1.md 1:v1.b/3.md | "
    )


def test_without_numbers_files_stand_before_folders(folder: Folder) -> None:
    assert folder.order("README.md basics/a.md words.md") == (
        " | README.md words.md 0:basics/a.md | "
    )


def test_names_that_say_so_are_front_and_back_matter(folder: Folder) -> None:
    names = "preface.md 01-one.md 02-two.md appendix-a.md glossary.md index.md about-the-author.md"
    assert folder.order(names) == (
        "preface.md | index.md 01-one.md 02-two.md | about-the-author.md appendix-a.md glossary.md"
    )


def test_a_number_keeps_a_name_in_its_place(folder: Folder) -> None:
    names = "00-preface.md 01-one.md 02-foreword.md 03-glossary.md 04-four.md 05-index.md"
    assert folder.order(names) == (
        "00-preface.md | 01-one.md 02-foreword.md 03-glossary.md 04-four.md | 05-index.md"
    )


def test_a_readme_does_not_part_a_numbered_preface_from_the_front(folder: Folder) -> None:
    assert folder.order("README.md 00-preface.md 01-one.md") == (
        "00-preface.md | README.md 01-one.md | "
    )


def test_japanese_names(folder: Folder) -> None:
    chapters = [f"第{number}章.md" for number in ("一", "二", "三", "十", "十一", "二十")]
    names = ["はじめに.md", *reversed(chapters), "あとがき.md", "付録/表.md"]
    assert folder.order(names, 'title = "吾輩は猫である"\nlanguage = "ja"') == (
        f"はじめに.md | {' '.join(chapters)} 0:付録/表.md | あとがき.md colophon"
    )


def test_a_lone_folder_is_the_book(folder: Folder) -> None:
    assert folder.order("text/one/1.md text/two/2.md text/preface.md") == (
        "text/preface.md | 0:text/one/1.md 1:text/two/2.md | "
    )


def test_a_short_index_heads_its_part(folder: Folder) -> None:
    folder.write({
        "1-a/index.md": "# The First\n\nWhat it\nis about.\n",
        "1-a/x.md": "# X",
        "2-b/README.md": "# The Second\n\nHas *markup*.\n",
        "2-b/x.md": "# X",
        "3-c/index.md": "# Alone\n\nNo chapter but this.\n",
        "4-d/index.md": f"# Long\n\n{'word ' * 80}\n",
        "4-d/x.md": "# X",
    })  # fmt: skip
    manuscript = folder.read()[0]
    assert show(manuscript) == (
        " | 0:1-a/x.md 1:2-b/README.md 1:2-b/x.md 2:3-c/index.md 3:4-d/index.md 3:4-d/x.md | "
    )
    assert [part.title for part in manuscript.parts] == ["The First", "B", "C", "D"]
    assert manuscript.parts[0].summary == "What it is about."
    assert manuscript.parts[0].at == Location("1-a/index.md", 1, 3)


def test_what_is_not_the_book_is_passed_over(folder: Folder) -> None:
    names = "a.md b/a.md .hidden.md .git/a.md templates/a.md output/a.md node_modules/x/a.md x.txt"
    assert folder.order(names) == " | a.md 0:b/a.md | "


def test_lists_take_their_files_out_of_what_is_found(folder: Folder) -> None:
    toml = TITLE + 'front = ["title-page", "z.md"]\nback = ["a.md"]\n'
    assert folder.order("a.md preface.md m.md z.md", toml) == (
        "title-page z.md preface.md | m.md | a.md"
    )


def test_order_does_not_depend_on_the_disk(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{number}-{kind}/c{number}.md" for number in range(5) for kind in "ab"]
    first = folder.order(names)
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: reversed(list(scandir(path))))
    assert show(folder.read()[0]) == first


def test_two_thousand_files(folder: Folder) -> None:
    names = [f"{part}/{chapter}.md" for part in range(20) for chapter in range(100)]
    shown = folder.order(names)
    assert shown.split()[1:-1] == [f"{i // 100}:{name}" for i, name in enumerate(names)]
    with pytest.raises(BookError) as raised:
        folder.read(Limits(files=1999))
    assert raised.value.diagnostics[0].code is Code.TOO_MANY_FILES
