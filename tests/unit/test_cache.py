"""What was remembered comes back as it was, or not at all."""

import multiprocessing
import os
import pickle
import stat
import sys
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook import cache as cache_room
from chapbook import digests
from chapbook.cache import Cache, cache_folder, code_digest, digest, installed_version

KEY = digest("key")
OTHER = digest("other")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def kept(folder: Path, **options: int) -> Any:
    """Give what a new process would find."""
    return Cache(folder, **options).get("kind", KEY)


def entries(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path.name != cache_room.TALLY)


def put(folder: Path, value: object = ("one", 2)) -> Path:
    Cache(folder).put("kind", KEY, value)
    (entry,) = entries(folder)
    return entry


def test_another_process_finds_what_was_put(folder: Path) -> None:
    entry = put(folder)
    assert entry.relative_to(folder).parts == ("kind", KEY[:2], KEY)
    assert kept(folder) == ("one", 2)


def test_what_was_not_put_is_absent(folder: Path) -> None:
    put(folder)
    assert Cache(folder).get("kind", OTHER) is None
    assert Cache(folder).get("another", KEY) is None


@pytest.mark.parametrize("value", [(), 0, "", False, {}])
def test_what_is_empty_is_not_absent(folder: Path, value: object) -> None:
    put(folder, value)
    assert kept(folder) == value
    assert Cache(folder).recall("kind", KEY, lambda: "made anew") == value


def test_recall_makes_a_thing_once(folder: Path) -> None:
    numbers = iter(range(9))
    for cache in (Cache(folder), Cache(folder)):
        for _ in range(2):
            assert cache.recall("kind", KEY, lambda: next(numbers)) == 0
    assert next(numbers) == 1


def test_without_a_folder_a_process_remembers_by_itself(tmp_path: Path) -> None:
    cache = Cache(None)
    cache.put("kind", KEY, 1)
    assert cache.get("kind", KEY) == 1
    assert (cache.trouble, cache.clear()) == ("", (0, 0))
    cache.prune()
    assert cache.get("kind", KEY) is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_memory_is_not_read_again(folder: Path) -> None:
    entry = put(folder)
    cache = Cache(folder)
    first = cache.get("kind", KEY)
    entry.unlink()
    assert cache.get("kind", KEY) is first


def test_memory_forgets_what_was_not_used_for_longest() -> None:
    cache = Cache(None, in_memory=3000)
    for key in "abc":
        cache.put("kind", key, key * 800)
    assert cache.get("kind", "a")
    cache.put("kind", "d", "d" * 800)
    assert [key for key in "abcd" if cache.get("kind", key)] == ["a", "c", "d"]
    cache.put("kind", "e", "e" * 4000)
    assert cache.get("kind", "e") is None


def test_what_was_made_is_counted(folder: Path) -> None:
    cache = Cache(folder)
    cache.put("chapter", KEY, 1)
    cache.put("chapter", OTHER, 1)
    cache.get("chapter", KEY)
    assert cache.made == {"chapter": 2}


def test_a_copy_in_a_worker_reads_the_same_folder(folder: Path) -> None:
    put(folder)
    assert pickle.loads(pickle.dumps(Cache(folder))).get("kind", KEY) == ("one", 2)


# Damage ------------------------------------------------------------------------------------


def damages(content: bytes) -> Iterator[bytes]:
    yield b""
    yield content[:-1]
    yield content[: len(content) // 2]
    yield content + b"\0"
    yield bytes([content[0] ^ 1]) + content[1:]
    yield content[:-1] + bytes([content[-1] ^ 1])
    yield content.replace(b"one", b"two")
    yield pickle.dumps(("one", 3))


def test_a_damaged_entry_is_removed_and_absent(folder: Path) -> None:
    entry = put(folder)
    content = entry.read_bytes()
    for number, damaged in enumerate(damages(content)):
        entry.write_bytes(damaged)
        assert kept(folder) is None, number
        assert not entry.exists()


def test_an_entry_in_the_place_of_another_is_absent(folder: Path) -> None:
    content = put(folder).read_bytes()
    Cache(folder).put("kind", OTHER, ("another", 3))
    for entry in entries(folder):
        entry.write_bytes(content)
    assert Cache(folder).get("kind", OTHER) is None
    assert kept(folder) == ("one", 2)


@given(st.data())
def test_no_damage_is_ever_served(data: st.DataObject) -> None:
    value = data.draw(st.tuples(st.text(), st.integers()))
    content = cache_room._pack(value, ("kind", KEY))
    place = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(1, 255))
    damaged = content[:place] + bytes([content[place] ^ byte]) + content[place + 1 :]
    assert cache_room._unpack(content, ("kind", KEY)) == value
    assert cache_room._unpack(damaged, ("kind", KEY)) is None


class Gone:
    """A class of an earlier version."""


def test_a_value_whose_class_is_gone_is_absent(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, Gone())
    monkeypatch.delattr(sys.modules[__name__], "Gone")
    assert kept(folder) is None


def test_a_folder_in_place_of_an_entry_is_no_entry(folder: Path) -> None:
    entry = put(folder)
    entry.unlink()
    entry.mkdir()
    cache = Cache(folder)
    assert cache.get("kind", KEY) is None
    cache.put("kind", KEY, 1)
    assert str(folder) in cache.trouble
    assert cache.get("kind", KEY) == 1


# The disk ----------------------------------------------------------------------------------


def test_a_full_disk_means_no_more_than_no_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def __init__(self, number: int, _mode: str) -> None:
            self.number = number

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None:
            os.close(self.number)

        def write(self, _content: bytes) -> None:
            raise OSError(28, "No space left on device")

    cache = Cache(folder)
    monkeypatch.setattr(os, "fdopen", Full)
    cache.put("kind", KEY, 1)
    assert cache.trouble == f"{folder}: no space left on device"
    assert cache.get("kind", KEY) == 1
    monkeypatch.undo()
    assert entries(folder) == []
    assert kept(folder) is None


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the superuser writes anywhere"
)
def test_a_folder_that_cannot_be_written_is_no_trouble_to_read(folder: Path) -> None:
    put(folder)
    for each in (folder / "kind", folder):
        each.chmod(0o500)
    cache = Cache(folder)
    cache.put("other", KEY, 1)
    assert cache.trouble.endswith("permission denied")
    assert cache.get("kind", KEY) == ("one", 2)


def test_a_file_in_place_of_the_folder(folder: Path) -> None:
    folder.write_bytes(b"")
    cache = Cache(folder)
    assert str(folder) in cache.trouble
    assert cache.recall("kind", KEY, lambda: 1) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such rights")
def test_the_folder_is_nobody_elses(folder: Path) -> None:
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    put(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such rights")
def test_the_folder_of_another_user_is_not_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    cache = Cache(folder)
    assert cache.get("kind", KEY) is None
    assert cache.trouble == f"{folder} belongs to another user"


def write_many(folder: Path, value: int) -> int:
    wrong = 0
    for _ in range(200):
        cache = Cache(folder)
        cache.put("kind", KEY, (value, "x" * 10_000))
        found = Cache(folder).get("kind", KEY)
        wrong += found is None or found[1] != "x" * 10_000
    return wrong


def test_two_builds_at_once_never_see_half_an_entry(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(write_many, [folder, folder], [1, 2])) == [0, 0]
    assert len(entries(folder)) == 1


# Bounds ------------------------------------------------------------------------------------


def fill(folder: Path, count: int) -> list[str]:
    """Put entries of a little over 1000 bytes, the first one longest ago."""
    keys = [digest(number) for number in range(count)]
    for age, key in enumerate(keys):
        Cache(folder).put("kind", key, "x" * 1000)
        os.utime(folder / "kind" / key[:2] / key, (age, age))
    return keys


def present(folder: Path, keys: list[str]) -> list[int]:
    return [n for n, key in enumerate(keys) if (folder / "kind" / key[:2] / key).exists()]


def test_pruning_forgets_what_was_not_used_for_longest(folder: Path) -> None:
    keys = fill(folder, 5)
    cache = Cache(folder, limit=3500)
    assert cache.get("kind", keys[0])
    cache.prune()
    assert present(folder, keys) == [0, 3, 4]


def test_pruning_leaves_what_there_is_room_for(folder: Path) -> None:
    keys = fill(folder, 3)
    Cache(folder).prune()
    assert present(folder, keys) == [0, 1, 2]


def test_what_a_killed_build_left_is_pruned(folder: Path) -> None:
    entry = put(folder)
    left = entry.parent / ".new-abc"
    left.write_bytes(b"x" * 1000)
    os.utime(left, (1, 1))
    Cache(folder, limit=500).prune()
    assert entries(folder) == [entry]


def counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note each folder whose entries are counted one by one."""
    counted: list[Path] = []
    engine = cache_room._entries

    def entries_of(where: Path) -> Iterator[tuple[float, int, Path]]:
        counted.append(where)
        return engine(where)

    monkeypatch.setattr(cache_room, "_entries", entries_of)
    Cache(folder).prune()
    counted.clear()
    return counted


def put_and_prune(folder: Path, number: int, limit: int = 10**6) -> Cache:
    cache = Cache(folder, limit=limit)
    cache.put("kind", digest(number), "x" * 1000)
    cache.prune()
    return cache


def test_entries_are_counted_only_where_there_may_be_too_many(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = counts(folder, monkeypatch)
    for number in range(3):
        put_and_prune(folder, number)
    assert not counted
    put_and_prune(folder, 3, limit=3500)
    assert counted
    assert len(entries(folder)) == 3


def test_what_a_killed_build_wrote_is_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = counts(folder, monkeypatch)
    Cache(folder).put("kind", digest("of a build that is killed"), "x" * 5000)
    put_and_prune(folder, 1, limit=3500)
    assert counted
    assert len(entries(folder)) == 1


def test_what_two_builds_at_once_wrote_is_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = counts(folder, monkeypatch)
    one = Cache(folder)
    one.put("kind", digest("first"), "x" * 1000)
    put_and_prune(folder, 2)
    counted.clear()
    one.prune()
    assert counted


def test_clearing_says_how_much_there_was(folder: Path) -> None:
    fill(folder, 3)
    (folder / "README").write_text("the user's own", "utf-8")
    count, size = Cache(folder).clear()
    assert count == 3
    assert size > 3000
    assert [path.name for path in folder.iterdir()] == ["README"]


def test_where_it_is_kept_can_be_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHAPBOOK_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("CHAPBOOK_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    assert cache_folder() == Path("/elsewhere/chapbook")


def test_a_user_without_a_home_remembers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("CHAPBOOK_CACHE", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert cache_folder() is None


def test_what_is_too_deep_to_be_written_is_kept_in_memory(folder: Path) -> None:
    deep: tuple[object, ...] = ()
    for _ in range(100_000):
        deep = (deep,)
    cache = Cache(folder)
    cache.put("kind", KEY, deep)
    assert cache.get("kind", KEY) is deep
    assert (cache.trouble, entries(folder)) == ("", [])


# Digests -----------------------------------------------------------------------------------


class Colour(Enum):
    RED = 1
    BLUE = 2


class Shade(Enum):
    RED = 1


@dataclass(frozen=True)
class Point:
    x: object
    y: object = 0


@dataclass(frozen=True)
class Pair:
    x: object
    y: object = 0


DIFFERENT: tuple[object, ...] = (
    None, True, 1, 1.0, "1", b"1", "", b"", (), {}, frozenset(), (1,), ((1,),), (1, 2), (12,),
    ("ab", "c"), ("a", "bc"), ("abc",), Colour.RED, Colour.BLUE, Shade.RED, Point(1), Point(2),
    Point(1, 1), Pair(1), Path("a"), "a", date(2000, 1, 1), "2000-01-01", {"a": 1}, {"a": 2},
    {"b": 1}, {"a": {}}, {1}, -0.0, 0.0, float("nan"), "s1:a", "\ud800",
)  # fmt: skip


def test_different_things_have_different_digests() -> None:
    assert len({digest(thing) for thing in DIFFERENT}) == len(DIFFERENT)
    assert digest(1, 2) != digest((1, 2))


def test_the_same_things_have_the_same_digest() -> None:
    assert digest([1, "a"]) == digest((1, "a"))
    assert digest({"a": 1, "b": 2}) == digest(OrderedDict(b=2, a=1))
    assert digest({"a", "b", "c"}) == digest(frozenset("cba"))


def test_a_digest_is_the_same_in_every_process() -> None:
    assert digest("a", (1, {"b": frozenset("xyz")})) == (
        "33e05632aa96ae5e2a7b8210e50c28884cafea860bdca727f29783a466a1072a"
    )


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(NESTED, NESTED)
def test_digests_are_equal_where_things_are(one: object, two: object) -> None:
    assert (digest(one) == digest(two)) == (repr(_sorted(one)) == repr(_sorted(two)))


def _sorted(thing: object) -> object:
    if isinstance(thing, dict):
        return {key: _sorted(value) for key, value in sorted(thing.items())}
    return tuple(map(_sorted, thing)) if isinstance(thing, tuple) else thing


def test_what_has_no_digest_is_refused() -> None:
    with pytest.raises(TypeError, match="no digest of a object"):
        digest(object())


def test_the_program_has_a_digest_that_changes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "again").symlink_to(fonts)
    (fonts / "broken").symlink_to(tmp_path / "nowhere")
    monkeypatch.setattr(digests, "FONT_FOLDERS_ELSEWHERE", (str(fonts),))
    monkeypatch.setattr(digests, "FONT_FOLDERS", {})

    def anew() -> str:
        digests._installed.cache_clear()
        return code_digest.__wrapped__()

    before = anew()
    assert before == anew()
    (fonts / "a.ttf").write_bytes(b"1")
    with_font = anew()
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "weasyprint-99.dist-info").mkdir()
    with_library = anew()
    monkeypatch.setenv("PANGO_LANGUAGE", "ja")
    assert len({before, with_font, with_library, anew()}) == 4


@pytest.fixture
def _looked_up_anew() -> Iterator[None]:
    digests._installed.cache_clear()
    yield
    digests._installed.cache_clear()


@pytest.mark.usefixtures("_looked_up_anew")
def test_versions_are_those_of_the_packages_that_are_there() -> None:
    for name in ("weasyprint", "EbookLib", "pymdown_extensions", "markdown", "nh3"):
        assert installed_version(name) == version(name)
    assert installed_version("no-such-thing") == ""


@pytest.mark.usefixtures("_looked_up_anew")
def test_the_names_of_older_packages_are_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Old.Thing-1.2b1-py3.11.egg-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert installed_version("old-thing") == "1.2b1"
