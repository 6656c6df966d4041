"""The house's e-book, read in three engines as a person reads: chapters, notes, pages, by night.

`CHAPBOOK_SHOTS=folder` keeps the pictures of the screen.
"""

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.conftest import ROOT, run_chapbook
from tests.readers.packages import find_browser, find_packages
from tests.readers.plan import Opened, letters

ENGINES = ("foliate", "epubjs", "vivliostyle")
SCRIPT = ROOT / "tests" / "readers" / "read.mjs"
MOST_SECONDS = 300
LEGIBLE = 4.5  # https://www.w3.org/TR/WCAG22/#contrast-minimum
NIGHT = (0x12, 0x12, 0x12)
LARGER = {"foliate": 1.5, "epubjs": 1.5, "vivliostyle": 1.125}


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    find_packages()
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "source", folder / "source")
    made = run_chapbook(folder / "source", folder / "output", "--quiet", "print", "epub")
    assert made.status == 0, made.said
    return made.only(".epub")


@pytest.fixture(scope="module")
def book(epub: Path) -> Opened:
    return Opened(epub)


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = os.environ.get("CHAPBOOK_SHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module", params=ENGINES)
def seen(
    request: pytest.FixtureRequest, epub: Path, book: Opened, shots: Path, tmp_path_factory: Any
) -> Mapping[str, Any]:
    """What was seen in one engine."""
    folder = tmp_path_factory.mktemp("plan")
    with zipfile.ZipFile(epub) as archive:
        archive.extractall(folder / "book")
    plan = {
        "engine": request.param,
        "browser": find_browser(),
        "packages": str(find_packages()),
        "epub": str(epub),
        "unzipped": str(folder / "book"),
        "opf": book.opf,
        "shots": str(shots),
        "chapters": book.chapters(),
        "sights": book.sights(),
        "note": book.note(),
        "page": book.page(),
    }
    (folder / "plan.json").write_text(json.dumps(plan), "utf-8")
    done = subprocess.run(
        [shutil.which("node") or "node", str(SCRIPT), str(folder / "plan.json")],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=MOST_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    told: Mapping[str, Any] = json.loads(done.stdout)
    return {**told, "plan": plan}


def shows(seen_words: str, sought: str) -> bool:
    return letters(sought) in letters(seen_words)


def test_every_link_leads_to_a_place(book: Opened) -> None:
    links = list(book.links())
    assert len(links) > 200
    assert [link for link in links if not book.has(link)] == []


def test_the_contents_are_those_of_the_book(seen: Mapping[str, Any], book: Opened) -> None:
    lines = [letters("".join(map(str, line.itertext()))) for line in book.lines("toc")]
    assert [letters(entry["label"]) for entry in seen["contents"]] == lines


def test_the_contents_lead_to_the_chapters(seen: Mapping[str, Any]) -> None:
    chapters = seen["plan"]["chapters"]
    for n, (chapter, words) in enumerate(zip(chapters, seen["chapters"], strict=True)):
        assert shows(words, chapter["words"])
        others = [one for m, one in enumerate(chapters) if m != n]
        assert not any(shows(words, other["words"]) for other in others)


def test_a_note_is_followed_and_come_back_from(seen: Mapping[str, Any]) -> None:
    note, went = seen["plan"]["note"], seen["note"]
    assert shows(went["before"], note["before"])
    # The viewer takes it to the foot of the page that calls it.
    assert shows(went["before"], note["words"]) is (seen["engine"] == "vivliostyle")
    assert shows(went["there"], note["words"])
    assert shows(went["back"], note["before"])


def test_a_note_pops_up(seen: Mapping[str, Any]) -> None:
    if "popUp" in seen["note"]:
        note = seen["plan"]["note"]
        assert shows(seen["note"]["popUp"], note["words"])
        assert shows(seen["note"]["popUp"], note["before"]), "the page stays behind it"


def test_a_printed_page_is_found(seen: Mapping[str, Any], book: Opened) -> None:
    page = seen["plan"]["page"]
    assert page, "the house's book has no list of pages"
    if seen["engine"] == "vivliostyle":
        return  # it knows no list of pages
    labels = [letters("".join(map(str, line.itertext()))) for line in book.lines("page-list")]
    if seen["engine"] == "foliate":
        assert [entry["label"] for entry in seen["pages"]] == labels
    assert len(seen["pages"]) == len(labels)
    assert shows(seen["page"], page["words"])


def test_all_text_grows_as_the_reader_wishes(seen: Mapping[str, Any]) -> None:
    before, after = (merged(seen["looks"][name], "sizes") for name in ("day", "large"))
    common = set(before) & set(after)
    assert {"p", "h1"} <= common
    factor = LARGER[seen["engine"]]
    assert {tag: after[tag] / before[tag] for tag in common} == pytest.approx(
        dict.fromkeys(common, factor), rel=0.02
    )


def merged(looks: list[dict[str, Any]], key: str) -> dict[str, float]:
    return {name: value for look in looks for name, value in look[key].items()}


def test_all_text_can_be_read_by_day_and_by_night(seen: Mapping[str, Any]) -> None:
    assert len(seen["looks"]) > 4
    for name, looks in seen["looks"].items():
        assert looks, name
        assert [pale for look in looks for pale in look["pale"]] == [], name
        assert min(look["least"] for look in looks) >= LEGIBLE, name
    colours = {name: looks[0]["colour"] for name, looks in seen["looks"].items()}
    assert colours["day"] == colours["large"] != colours["night"] == "rgb(221, 221, 221)"


def test_nothing_is_wider_than_the_screen(seen: Mapping[str, Any]) -> None:
    for name, looks in seen["looks"].items():
        assert [wide for look in looks for wide in look["wide"]] == [], name


def test_the_ground_is_dark_by_night(seen: Mapping[str, Any], shots: Path) -> None:
    pictures = sorted(shots.glob(f"{seen['engine']}-*.png"))
    assert len(pictures) >= 8
    for picture in pictures:
        with Image.open(picture) as image:
            colours = image.convert("RGB").getcolors(maxcolors=2**24) or []
        ground = max(colours)[1]
        assert (ground == NIGHT) is ("night" in picture.name), picture.name


def test_every_link_is_really_followed(seen: Mapping[str, Any], book: Opened) -> None:
    if seen["engine"] != "foliate":
        return
    folder = f"{book.folder}/" if book.folder else ""
    wanted = {f"{folder}{link.file}" + (f"#{link.id}" if link.id else "") for link in book.links()}
    assert set(seen["links"]["followed"]) == wanted
    assert seen["links"]["broken"] == {}


def test_no_engine_complains(seen: Mapping[str, Any]) -> None:
    assert seen["faults"] == []
