"""A build is remembered for just as long as making it again would give the same."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chapbook import ledger
from chapbook.cache import Cache
from chapbook.diagnostics import Code, Diagnostic, error, warning
from chapbook.ledger import find_build, keep_build, read_state
from chapbook.publish import describe, publish
from chapbook.request import Build, Request
from chapbook.settings import Edition, Limits

CONTENT = b"the book"


@pytest.fixture
def request_for(tmp_path: Path) -> Request:
    book, templates = tmp_path / "book", tmp_path / "house"
    (book / "templates").mkdir(parents=True)
    (book / "images").mkdir()
    templates.mkdir()
    (book / "one.md").write_text("# One\n", "utf-8")
    (book / "images" / "a.png").write_bytes(b"png")
    (book / ".cover.png").write_bytes(b"png")
    (templates / "page.css").write_text("p {}", "utf-8")
    return Request(book=book, output=book / "output", templates=templates, cache=tmp_path / "cache")


def remember(request: Request, *found: Diagnostic, left_out: tuple[Edition, ...] = ()) -> Build:
    """Publish a book and remember how it was made."""
    state = read_state(request)
    artifact = describe("t", Edition.EPUB, CONTENT, 0)
    digests = publish(request.output, [(artifact, CONTENT)], found, {})
    build = Build((artifact,), found, left_out)
    keep_build(request, state, build, digests, Cache(request.cache))
    return build


def recall(request: Request) -> Build | None:
    return find_build(request, read_state(request), Cache(request.cache))


def test_what_was_made_of_the_same_is_found(request_for: Request) -> None:
    found = warning(Code.MISSING_ALT, "no alternative")
    assert recall(request_for) is None
    build = remember(request_for, found)
    assert recall(request_for) == build
    assert recall(replace(request_for, jobs=7)) == build


def test_faults_are_remembered_too(request_for: Request) -> None:
    build = Build(diagnostics=(error(Code.MISSING_IMAGE, "no image"),))
    keep_build(request_for, read_state(request_for), build, (), Cache(request_for.cache))
    assert recall(request_for) == build


def change_in_place(file: Path) -> None:
    """Change a file so that its size and its time stay the same."""
    facts = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def put_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


CHANGES: dict[str, Callable[[Request], object]] = {
    "a source": lambda r: change_in_place(r.book / "one.md"),
    "an image": lambda r: change_in_place(r.book / "images" / "a.png"),
    "a hidden file": lambda r: change_in_place(r.book / ".cover.png"),
    "a template of the house": lambda r: change_in_place(r.templates / "page.css"),
    "one file more": lambda r: (r.book / "two.md").write_text("", "utf-8"),
    "one template more": lambda r: (r.book / "templates" / "a.css").write_text("", "utf-8"),
    "one file less": lambda r: (r.book / "one.md").unlink(),
    "another name": lambda r: (r.book / "one.md").rename(r.book / "two.md"),
    "no output": lambda r: (r.output / "t.epub").unlink(),
    "another output": lambda r: (r.output / "t.epub").write_bytes(b"another"),
    "another record": lambda r: (r.output / "build.json").write_bytes(b"{}"),
    "a folder in place of the output": lambda r: put_folder(r.output / "t.epub"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_makes_it_anew(
    request_for: Request, change: Callable[[Request], object]
) -> None:
    remember(request_for)
    change(request_for)
    assert recall(request_for) is None


@pytest.mark.parametrize(
    "options",
    [
        {"editions": (Edition.EPUB,)},
        {"strict": True},
        {"limits": Limits(seconds=5)},
        {"lacks": ("Pango",)},
        {"output": Path("elsewhere")},
    ],
)
def test_another_wish_makes_it_anew(request_for: Request, options: dict[str, object]) -> None:
    remember(request_for)
    assert recall(replace(request_for, **options)) is None  # type: ignore[arg-type]


def test_another_day_or_program_makes_it_anew(
    request_for: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(request_for)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert recall(request_for) is None
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setattr(ledger, "code_digest", lambda: "another")
    assert recall(request_for) is None


@pytest.mark.parametrize("code", sorted(ledger.PASSING))
def test_what_was_cut_short_is_tried_again(request_for: Request, code: Code) -> None:
    remember(request_for, error(code, "not this time"))
    assert recall(request_for) is None


def test_what_the_machine_could_not_make_is_tried_again(request_for: Request) -> None:
    remember(request_for, left_out=(Edition.PRINT,))
    assert recall(request_for) is None


def test_a_change_during_the_build_is_noticed(request_for: Request) -> None:
    state = read_state(request_for)
    source = request_for.book / "one.md"
    source.write_text("# Two\n", "utf-8")
    keep_build(request_for, state, Build(), (), Cache(request_for.cache))
    source.write_text("# One\n", "utf-8")
    assert recall(request_for) is None


def test_what_we_publish_and_the_history_change_nothing(request_for: Request) -> None:
    build = remember(request_for)
    (request_for.book / ".git").mkdir()
    (request_for.book / ".git" / "index").write_bytes(b"x")
    assert recall(request_for) == build


def test_a_folder_with_too_many_files_is_not_looked_at(request_for: Request) -> None:
    small = replace(request_for, limits=Limits(files=2))
    assert read_state(small).name == ledger.UNSURE
    keep_build(small, read_state(small), Build(), (), Cache(small.cache))
    assert recall(small) is None


def test_what_cannot_be_read_is_no_fault(request_for: Request) -> None:
    (request_for.book / "gone.md").symlink_to("nowhere")
    os.mkfifo(request_for.book / "pipe.md")
    build = remember(request_for)
    assert recall(request_for) == build
