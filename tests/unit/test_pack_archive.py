"""The pack as a ZIP, and the sums that `sha256sum` accepts."""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.pack.archive import SUMS, with_sums, zip_files

DAY = date(2024, 2, 29)
FILES = {"b.pdf": b"two", "a/c.png": b"one", "ä.txt": b""}
names = st.text("abcä/", min_size=1, max_size=8).filter(
    lambda n: "//" not in n and n.strip("/") == n
)


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("no sha256sum on this machine")
    command = [program, "--check", "--strict", SUMS]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_sums_are_those_of_every_file(tmp_path: Path) -> None:
    put(tmp_path, with_sums(FILES))
    done = check(tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["a/c.png: OK", "b.pdf: OK", "ä.txt: OK"]


def test_a_file_that_was_harmed_is_found(tmp_path: Path) -> None:
    put(tmp_path, with_sums(FILES) | {"b.pdf": b"tw0"})
    assert "b.pdf: FAILED" in check(tmp_path).stdout


@given(st.dictionaries(names, st.binary(max_size=9)), st.dates())
def test_what_goes_in_comes_out(files: dict[str, bytes], day: date) -> None:
    with zipfile.ZipFile(io.BytesIO(zip_files(files, "x-pack", day))) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {f"x-pack/{name}": content for name, content in files.items()}
    assert list(found) == sorted(found)


def test_the_date_is_that_of_the_book_and_the_order_is_none() -> None:
    turned = dict(reversed(FILES.items()))
    assert zip_files(FILES, "p", DAY) == zip_files(turned, "p", DAY)
    with zipfile.ZipFile(io.BytesIO(zip_files(FILES, "p", DAY))) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2024, 2, 29)}


@pytest.mark.parametrize(("day", "year"), [(date(1455, 8, 24), 1980), (None, 2000)])
def test_a_date_that_a_zip_cannot_say(day: date | None, year: int) -> None:
    with zipfile.ZipFile(io.BytesIO(zip_files(FILES, "p", day))) as archive:
        assert archive.infolist()[0].date_time[0] == year
