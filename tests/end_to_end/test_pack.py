"""The pack as a print shop gets it: unpacked, checked and read with other programs."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.conftest import Built, run_chapbook

POINTS = 72 / 25.4
TOML = """title = "Letters from the Orchard"
language = "en"
date = 2024-02-29
slug = "orchard"
[identifiers]
print = "978-3-16-148410-0"
[print]
colour = "cmyk"
standard = "X-4"
bleed = 4
contact = "Ann Appleton, ann@example.org"
[print.paper]
caliper = 0.2
[[print.spots]]
name = "PANTONE 2745 C"
colour = "#4b2a8b"
[cover]
flaps = 60
"""
CHAPTER = "# Letter {0}\n\n" + "The orchard lies behind the house, and the trees bore well. " * 60
PHOTO = "\n\n![A photograph.](photo.png)\n"
Sizes = list[tuple[float, float]]


def write(book: Path, toml: str = TOML) -> Path:
    (book / "templates" / "css").mkdir(parents=True)
    (book / "book.toml").write_text(toml, "utf-8")
    (book / "templates" / "css" / "book.css").write_text("h1 { color: #4b2a8b }", "utf-8")
    for number in range(1, 6):
        text = CHAPTER.format(number) + (PHOTO if number == 3 else "\n")
        (book / f"{number}.md").write_text(text, "utf-8")
    Image.radial_gradient("L").convert("RGB").save(book / "photo.png")
    return book


def pack(root: Path, toml: str = TOML, *arguments: str) -> Built:
    book = write(root / "book", toml)
    return run_chapbook(book, root / "output", "pack", "--jobs=1", *arguments)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pack")


@pytest.fixture(scope="module")
def built(root: Path) -> Built:
    made = pack(root)
    assert made.status == 0, made.said
    return made


@pytest.fixture(scope="module")
def unpacked(built: Built, root: Path) -> Path:
    with zipfile.ZipFile(built.output / "orchard-pack.zip") as archive:
        archive.extractall(root / "unpacked")
    return root / "unpacked" / "orchard-pack"


@pytest.fixture(scope="module")
def facts(unpacked: Path) -> dict[str, str]:
    """Read the text as `group/label`."""
    found, group = {}, ""
    for line in (unpacked / "orchard-specification.txt").read_text("utf-8").splitlines():
        label, colon, value = line.strip().partition(": ")
        if not line.startswith(" "):
            group = line
        elif colon:
            found[f"{group}/{label}"] = value
    return found


def read(file: Path) -> tuple[Sizes, list[str]]:
    """Give the trim of each page in millimetres, and its text."""
    document = pypdfium2.PdfDocument(file)
    try:
        boxes = [page.get_trimbox() for page in document]
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return [((b[2] - b[0]) / POINTS, (b[3] - b[1]) / POINTS) for b in boxes], texts


def boxes_of(file: Path) -> tuple[tuple[float, ...], tuple[float, ...]]:
    document = pypdfium2.PdfDocument(file)
    try:
        page = document[0]
        media, trim, bleed = page.get_mediabox(), page.get_trimbox(), page.get_bleedbox()
    finally:
        document.close()
    sheet = ((media[2] - media[0]) / POINTS, (media[3] - media[1]) / POINTS)
    return sheet, tuple(abs(a - b) / POINTS for a, b in zip(trim, bleed, strict=True))


def numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]


def test_the_folder_and_the_zip_hold_the_same(built: Built, unpacked: Path) -> None:
    folder = built.output / "orchard-pack"
    held = {f.relative_to(folder): f.read_bytes() for f in folder.rglob("*") if f.is_file()}
    assert held == {
        f.relative_to(unpacked): f.read_bytes() for f in unpacked.rglob("*") if f.is_file()
    }
    assert {f.name for f in built.output.iterdir()} == {
        "build.json", "orchard-pack", "orchard-pack.zip"
    }  # fmt: skip


def test_the_sums_are_right(unpacked: Path) -> None:
    if not (program := shutil.which("sha256sum")):
        pytest.skip("no sha256sum on this machine")
    command = [program, "--check", "--strict", "--quiet", "SHA256SUMS"]
    done = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    listed = {
        line.partition("  ")[2] for line in (unpacked / "SHA256SUMS").read_text().splitlines()
    }
    files = {f.relative_to(unpacked).as_posix() for f in unpacked.rglob("*") if f.is_file()}
    assert files - listed == {"SHA256SUMS"}


def test_the_files_are_what_the_sheet_says(unpacked: Path, facts: dict[str, str]) -> None:
    trims, _ = read(unpacked / "orchard-interior.pdf")
    assert numbers(facts["Pages/Number"])[0] == len(trims)
    assert numbers(facts["Pages/Trim size"])[-2:] == pytest.approx(trims[0], abs=0.06)
    sheet, bleeds = boxes_of(unpacked / "orchard-interior.pdf")
    assert numbers(facts["Pages/Size with marks"]) == pytest.approx(sheet, abs=0.06)
    assert bleeds == pytest.approx(numbers(facts["Pages/Bleed"]) * 4, abs=0.02)
    assert facts["Colours/Standard"] == "PDF/X-4"
    assert facts["Colours/Printing condition"].startswith("FOGRA39 ")
    assert facts["Book/ISBN"] == "978-3-16-148410-0"
    assert facts["Book/Date"] == "29 February 2024"


def test_the_cover_is_what_the_sheet_says(unpacked: Path, facts: dict[str, str]) -> None:
    pages = len(read(unpacked / "orchard-interior.pdf")[0])
    ((width, height),) = read(unpacked / "orchard-cover.pdf")[0]
    (spine,) = numbers(facts["Binding/Spine"])
    assert spine == pytest.approx(pages / 2 * 0.2, abs=0.005)
    assert (width, height) == pytest.approx((2 * (148 + 60) + spine, 210), abs=0.02)
    assert numbers(facts["Cover/Flat, trimmed"]) == pytest.approx((width, height), abs=0.02)
    folds = numbers(facts["Cover/Folds, from the left edge"])
    assert folds == pytest.approx([60, 208, 208 + spine, 356 + spine], abs=0.02)


def test_every_ink_is_told(facts: dict[str, str]) -> None:
    inks = dict(re.findall(r"(\D[^,]*?) ([\d.]+) %", facts["Colours/Inks and area covered"]))
    assert {name.strip(", ") for name in inks} == {"Black", "PANTONE 2745 C"}
    coloured, pages = numbers(facts["Colours/Pages in colour"])
    assert 0 < coloured < pages


def test_the_dummy_is_folded_as_the_booklet_is(unpacked: Path, facts: dict[str, str]) -> None:
    sides = read(unpacked / "proof/orchard-folding-dummy.pdf")[1]
    booklet, proofs = read(unpacked / "proof/orchard-booklet.pdf")
    assert len(sides) == len(booklet) == 2 * numbers(facts["Booklet proof/Sheets"])[0]
    shown = [sorted(map(int, text.split())) for text in sides]
    assert sorted(n for side in shown for n in side) == list(range(1, 2 * len(sides) + 1))
    pages = read(unpacked / "orchard-interior.pdf")[1]
    for side, text in zip(shown, proofs, strict=True):
        letters = {
            m for n in side if n <= len(pages) for m in re.findall(r"Letter \d", pages[n - 1])
        }
        assert letters == set(re.findall(r"Letter \d", text))


def test_the_spreads_show_every_page_at_its_size(unpacked: Path) -> None:
    files = sorted((unpacked / "spreads").glob("orchard-0*.png"))
    pages = len(read(unpacked / "orchard-interior.pdf")[0])
    shown = [int(n) for file in files for n in re.findall(r"\d{3}", file.stem)]
    assert shown == list(range(1, pages + 1))
    for file in files:
        with Image.open(file) as image:
            assert (image.width, image.height) == pytest.approx(
                (2 * 148 / 25.4 * 96 + 38, 210 / 25.4 * 96 + 38), abs=2
            )
    assert (unpacked / "spreads" / "orchard-cover.png").is_file()


def test_the_sheet_is_one_page_and_says_what_the_text_says(
    unpacked: Path, facts: dict[str, str]
) -> None:
    ((width, height),), (sheet,) = read(unpacked / "orchard-specification.pdf")
    assert (width, height) == pytest.approx((210, 297), abs=0.1)
    told = " ".join(sheet.replace("\ufffe", "").split())
    for value in facts.values():
        assert "".join(value.split()) in "".join(told.split())
    assert "Ann Appleton, ann@example.org" in told


def test_warnings_are_on_the_sheet(built: Built, unpacked: Path) -> None:
    text = (unpacked / "orchard-specification.txt").read_text("utf-8")
    assert "warning[low-resolution]" in built.said
    assert "photo.png is printed at" in text
    assert "(3.md:5:3)" in text


def test_the_same_book_gives_the_same_pack(built: Built, tmp_path: Path) -> None:
    again = pack(tmp_path)
    assert again.status == 0
    name = "orchard-pack.zip"
    assert (again.output / name).read_bytes() == (built.output / name).read_bytes()


def test_an_error_stops_the_pack(tmp_path: Path) -> None:
    made = pack(tmp_path, TOML.replace('"X-4"', '"X-1a"').replace("cmyk", "rgb"))
    assert made.status == 1
    assert "error[print-standard]" in made.said
    assert not made.output.exists() or not any(made.output.iterdir())


def test_every_picture_and_pdf_opens(unpacked: Path) -> None:
    names = [f for f in unpacked.rglob("*") if f.suffix in (".pdf", ".png")]
    assert len(names) > 8
    for file in names:
        if file.suffix == ".pdf":
            document = pypdfium2.PdfDocument(file)
            assert all(page.render(scale=0.2) for page in document)
            document.close()
        else:
            with Image.open(io.BytesIO(file.read_bytes())) as image:
                image.load()
