"""The specification says what is in the files, in the words of the book's language."""

from dataclasses import replace
from pathlib import Path

import pytest

from chapbook.cover.wrap import Wrap
from chapbook.diagnostics import Code, Location, warning
from chapbook.impose import plan_booklet
from chapbook.pack.coverage import InkUse
from chapbook.pack.names import PackNames
from chapbook.pack.reading import PrintFile
from chapbook.pack.sheet import SpecSheet, write_text
from chapbook.pack.specification import TIMES, Made, specify
from chapbook.print_shop import TRIMS, Binding, Booklet, Colour, Paper, Print, PrintMark, Spot
from chapbook.settings import BookSettings, Page
from chapbook.words import read_words

HOUSE = Path(__file__).parents[2] / "templates"
LANGUAGES = sorted(p.stem for p in (HOUSE / "words").glob("*.toml") if "-" not in p.stem)
B6 = TRIMS["b6"]
INTERIOR = PrintFile(
    44, (128, 182), 3, (148, 202), "1.6", "PDF/X-4", "FOGRA39", "coated", ("Serif",)
)
COVER = PrintFile(1, (258.42, 182), 3, (278, 202), "1.6", fonts=("Sans",), missing_fonts=("Sans",))
PRINT = Print(paper=Paper(stock="offset 90"))
SETTINGS = BookSettings("On Trees", slug="trees", page=Page(trim=B6), print=PRINT)


def made(booklet: Booklet = Booklet(), rtl: bool = False) -> Made:
    plan = plan_booklet(42, booklet, B6, 0.11, rtl)
    return Made(INTERIOR, COVER, Wrap(B6, 2.42, is_rtl=rtl), plan, blanks=2)


def specified(
    what: Made | None = None, settings: BookSettings = SETTINGS, language: str = "en"
) -> SpecSheet:
    words = read_words((HOUSE,), language)
    return specify(settings, what or made(), PackNames("trees"), words)


def said(sheet: SpecSheet) -> dict[str, tuple[str, ...]]:
    return {f"{g.title}/{fact.label}": fact.values for g in sheet.groups for fact in g.facts}


def test_the_facts_are_those_of_the_files() -> None:
    facts = said(specified())
    assert facts["Pages/Number"] == ("44 (blank at the end: 2)",)
    assert facts["Pages/Trim size"] == (f"B6, 128 {TIMES} 182 mm",)
    assert facts["Pages/Size with marks"] == (f"148 {TIMES} 202 mm",)
    assert facts["Pages/Fonts, embedded"] == ("Serif",)
    assert facts["Pages/Fonts, not embedded"] == ("Sans",)
    assert facts["Paper/Thickness of a sheet"] == ("0.11 mm",)
    assert facts["Colours/Standard"] == ("PDF/X-4",)
    assert facts["Colours/Printing condition"] == ("FOGRA39 (coated)",)
    assert facts["Binding/Spine"] == ("2.42 mm",)
    assert facts["Cover/Folds, from the left edge"] == ("128 mm, 130.42 mm",)
    assert facts["Booklet proof/Sheets"] == (f"11 {TIMES} B5, 257 {TIMES} 182 mm",)


def test_what_is_assumed_is_called_so() -> None:
    facts = said(specified(settings=replace(SETTINGS, print=Print())))
    assert facts["Paper/Thickness of a sheet"] == ("0.11 mm (assumed)",)
    assert "Paper/Stock" not in facts


def test_inks_are_named_in_the_language_and_spots_as_the_printer_does() -> None:
    inks = (
        InkUse("Black", 0.0714, frozenset({1, 2, 3})),
        InkUse("Cyan", 0.5, frozenset({2})),
        InkUse("PANTONE 2745 C", 0.0123, frozenset({2, 3})),
    )
    wanted = replace(
        PRINT, colour=Colour.CMYK, ink_limit=280, spots=(Spot("PANTONE 2745 C", "#123456"),)
    )
    sheet = specified(replace(made(), inks=inks), replace(SETTINGS, print=wanted), "de")
    facts = said(sheet)
    assert facts["Farben/Druckfarben und Flächendeckung"] == (
        "Schwarz 7,1 %, Cyan 50 %, PANTONE 2745 C 1,2 %",
    )
    assert facts["Farben/Druck in"] == ("vier Farben (CMYK) + PANTONE 2745 C",)
    assert facts["Farben/Seiten in Farbe"] == ("2 / 44",)
    assert facts["Farben/Gesamtfarbauftrag höchstens"] == ("280 %",)


def test_numbers_are_written_as_the_language_does() -> None:
    assert said(specified(language="de"))["Bindung/Rückenbreite"] == ("2,42 mm",)
    assert said(specified(language="ja"))["製本/背幅"] == ("2.42 mm",)


def test_the_side_of_the_spine() -> None:
    assert said(specified())["Binding/Bound at the"] == ("left",)
    assert said(specified(made(rtl=True)))["Binding/Bound at the"] == ("right",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_all_of_it_itself(language: str) -> None:
    own, english = (read_words((HOUSE,), tag).pack for tag in (language, "en"))
    assert own.keys() == english.keys()
    for binding in Binding:
        assert own[f"bound_{binding}"]
    for mark in PrintMark:
        assert own[f"mark_{mark}"]
    for pattern in ("pages_blank", "assumed", "more", "no_standard"):
        assert own[pattern].count("{") == english[pattern].count("{")
    if language != "en":
        same = {key for key in own if own[key] == english[key]}
        assert len(same) < 12, same


def test_american_spelling() -> None:
    assert read_words((HOUSE,), "en-US").pack["colours"] == "Colors"


def test_findings_stand_with_their_place_and_the_text_has_them_all() -> None:
    found = [
        warning(Code.HAIRLINE, f"line {n} is thin", Location("a.md", n, 2)) for n in range(1, 30)
    ]
    sheet = specified(replace(made(), found=(*found, found[0])))
    assert sheet.findings[4] == "line 5 is thin (a.md:5:2)"
    assert len(sheet.findings) == 29
    short = sheet.shortened(4)
    assert short.findings == sheet.findings[:4]
    assert short.more == "25 more in trees-specification.txt"
    assert sheet.shortened(29).more == ""
    assert all(finding in write_text(sheet) for finding in sheet.findings)


def test_the_text_leaves_room_for_an_address_that_is_not_known() -> None:
    assert "____" in write_text(specified())
    known = replace(SETTINGS, print=replace(PRINT, contact=" Ann\n\nann@example.org "))
    told = write_text(specified(settings=known))
    assert "Contact\n  Ann\n  ann@example.org\n" in told
    assert "____" not in told


def test_a_clean_book_is_told_to_be_clean() -> None:
    assert write_text(specified()).endswith("What the checks found\n  Nothing.\n")
