"""A build of the pack: what it is made of, and what is remembered of it."""

import json
import re
from pathlib import Path

import pytest

from chapbook.cache import Cache
from chapbook.diagnostics import Code
from chapbook.ledger import find_build, read_state
from chapbook.pipeline import make_book
from chapbook.request import Request
from chapbook.settings import Edition
from tests.unit.test_editions import PAPER, ROOT, Shop

PACK = (Edition.PACK,)
GRAY = f'[print]\ncolour = "gray"\n{PAPER}'


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_the_pack_alone_is_published(shop: Shop) -> None:
    built = shop.build(GRAY, PACK)
    assert built.diagnostics == ()
    output = shop.made("").parent
    assert {f.name for f in output.iterdir()} == {"build.json", "sheets-pack", "sheets-pack.zip"}
    record = json.loads((output / "build.json").read_text("utf-8"))
    held = {f.relative_to(output).as_posix() for f in output.rglob("*") if f.is_file()}
    assert {made["name"] for made in record["artifacts"]} == held - {"build.json"}


def test_what_is_in_the_pack_is_made_once(shop: Shop) -> None:
    shop.build(GRAY, (Edition.PRINT, Edition.COVER, Edition.PACK))
    assert shop.calls.count(("typeset", "print")) == 1
    assert shop.calls.count(("typeset", "cover")) == 1
    assert shop.calls.count(("prepress", "print")) == 1
    folder = shop.made("-pack")
    for inner, alone in (("-interior.pdf", "-print.pdf"), ("-cover.pdf", "-cover.pdf")):
        assert (folder / f"sheets{inner}").read_bytes() == shop.made(alone).read_bytes()


def test_a_book_that_became_shorter_leaves_no_spread_behind(shop: Shop) -> None:
    shop.build(f"[print]\nmultiple = 32\n{PAPER}", PACK)
    assert shown(shop) == list(range(1, 33))
    shop.build(PAPER, PACK)
    assert shown(shop) == list(range(1, len(shown(shop)) + 1))
    assert len(shown(shop)) < 32


def shown(shop: Shop) -> list[int]:
    """Give the pages that the spreads are named after."""
    files = sorted(shop.made("-pack").joinpath("spreads").glob("sheets-0*.png"))
    return [int(page) for file in files for page in re.findall(r"\d{3}", file.stem)]


@pytest.mark.parametrize("place", ["output", "book/output"])
def test_a_build_of_which_nothing_changed_is_remembered(shop: Shop, place: str) -> None:
    shop.build(GRAY, PACK)
    kept = shop.root / "cache"
    request = Request(shop.root / "book", shop.root / place, ROOT / "templates", PACK, cache=kept)
    state = read_state(request)
    build = make_book(request, lambda *_: None, state=state)
    assert build.artifacts
    assert find_build(request, read_state(request), Cache(kept)) == build
    spread = next((shop.root / place / "sheets-pack" / "spreads").iterdir())
    spread.write_bytes(b"harmed")
    assert find_build(request, read_state(request), Cache(kept)) is None


def test_an_error_stops_it_and_says_so_once(shop: Shop) -> None:
    built = shop.build(f'[booklet]\nsheet = "A5"\n{PAPER}', PACK)
    assert [found.code for found in built.diagnostics] == [Code.SHEET_TOO_SMALL]
    assert built.artifacts == ()
    assert not shop.made("-pack").exists()


def test_a_thinner_model_for_other_foldings(shop: Shop) -> None:
    built = shop.build(
        f'[booklet]\nbinding = "perfect"\ncover = true\nsignature = 8\n{PAPER}', PACK
    )
    assert [found.code for found in built.diagnostics if found.is_error] == []
    assert (shop.made("-pack") / "proof" / "sheets-folding-dummy.pdf").is_file()
