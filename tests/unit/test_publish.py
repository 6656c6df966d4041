"""Publishing moves a whole set or nothing."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from chapbook.diagnostics import Code, Location, warning
from chapbook.publication import Artifact
from chapbook.publish import describe, publish
from chapbook.settings import Edition

FOUND = (warning(Code.MISSING_ALT, "no alt", Location("a.md", 3)),)


def made(content: bytes) -> tuple[Artifact, bytes]:
    return describe("book", Edition.PRINT, content, 4), content


def test_files_and_record_stand_in_the_output_folder(tmp_path: Path) -> None:
    publish(tmp_path / "new", [made(b"one")], FOUND, {"b": "2", "a": "1"})
    record = json.loads((tmp_path / "new" / "build.json").read_text())
    assert (tmp_path / "new" / "book-print.pdf").read_bytes() == b"one"
    assert record["artifacts"][0]["name"] == "book-print.pdf"
    assert record["artifacts"][0]["pages"] == 4
    assert record["diagnostics"][0]["line"] == 3
    assert record["diagnostics"][0]["column"] is None
    assert list(record["tools"]) == ["a", "b"]


def test_what_stands_there_is_told_by_its_digest(tmp_path: Path) -> None:
    digests = publish(tmp_path, [made(b"one")], FOUND, {})
    assert [name for name, _ in digests] == ["book-print.pdf", "build.json"]
    for name, digest in digests:
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest


def test_what_is_the_same_is_left_alone(tmp_path: Path) -> None:
    publish(tmp_path, [made(b"one")], (), {})
    file, record = tmp_path / "book-print.pdf", tmp_path / "build.json"
    first = file.stat(), record.stat()
    publish(tmp_path, [made(b"one")], (), {})
    assert (file.stat(), record.stat()) == first
    publish(tmp_path, [made(b"two")], (), {})
    assert file.read_bytes() == b"two"


def test_nothing_is_left_beside_the_set(tmp_path: Path) -> None:
    publish(tmp_path, [made(b"one")], (), {})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book-print.pdf", "build.json"]


def test_a_failing_write_leaves_the_old_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, [made(b"old")], (), {})
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full(_descriptor: int) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        publish(tmp_path, [made(b"new")], (), {})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_a_killed_build_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".chapbook-999999999-x").mkdir()
    living = tmp_path / f".chapbook-{os.getpid()}-y"
    living.mkdir()
    publish(tmp_path, [made(b"one")], (), {})
    assert not (tmp_path / ".chapbook-999999999-x").exists()
    assert living.exists()


def packed(**files: bytes) -> list[tuple[Artifact, bytes]]:
    """Make a folder of files, with their sums, and one file beside it."""
    sums = "".join(f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in files.items())
    inside = {**files, "SHA256SUMS": sums.encode()}
    return [
        (describe("book", Edition.PACK, held, 0, ending), held)
        for ending, held in {"": b"zip", **{f"-pack/{n}": h for n, h in inside.items()}}.items()
    ]


def test_a_folder_is_put_there_as_a_whole(tmp_path: Path) -> None:
    publish(tmp_path, packed(one=b"1", two=b"2"), (), {})
    publish(tmp_path, packed(one=b"1", three=b"3"), (), {})
    folder = tmp_path / "book-pack"
    assert {path.name for path in folder.iterdir()} == {"SHA256SUMS", "one", "three"}
    assert (tmp_path / "book-pack.zip").read_bytes() == b"zip"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_what_others_put_into_the_folder_stays(tmp_path: Path) -> None:
    publish(tmp_path, packed(one=b"1"), (), {})
    own = tmp_path / "book-pack" / "letters" / "to-the-printer.txt"
    own.parent.mkdir()
    own.write_bytes(b"Dear printer")
    publish(tmp_path, packed(two=b"2"), (), {})
    assert own.read_bytes() == b"Dear printer"
    assert not (tmp_path / "book-pack" / "one").exists()


def test_a_folder_that_is_the_same_is_left_alone(tmp_path: Path) -> None:
    digests = publish(tmp_path, packed(one=b"1"), (), {})
    assert "book-pack/one" in dict(digests)
    before = (tmp_path / "book-pack").stat()
    publish(tmp_path, packed(one=b"1"), (), {})
    assert (tmp_path / "book-pack").stat() == before


def test_sums_that_name_files_elsewhere_harm_none(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"mine")
    folder = tmp_path / "output" / "book-pack"
    folder.mkdir(parents=True)
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  ../../outside.txt\n", "utf-8")
    publish(tmp_path / "output", packed(one=b"1"), (), {})
    assert outside.read_bytes() == b"mine"


def test_a_file_in_place_of_the_folder_stops_the_set(tmp_path: Path) -> None:
    (tmp_path / "book-pack").write_bytes(b"mine")
    with pytest.raises(OSError, match="book-pack"):
        publish(tmp_path, packed(one=b"1"), (), {})
    assert [path.name for path in tmp_path.iterdir()] == ["book-pack"]
    assert (tmp_path / "book-pack").read_bytes() == b"mine"
