"""A book from a stranger reads nothing outside its folder, reaches nothing and runs nothing.

Every build is watched (see `watched/sitecustomize.py`); outside the book stands a canary, a file
with a word that must be in nothing that is made or said.
"""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from chapbook.diagnostics import Code
from chapbook.pipeline import Request, make_book
from chapbook.settings import Edition, Limits
from tests.conftest import ROOT, TESTS, Built, run_chapbook

CANARY = "Quetzalcoatlus"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
BOMB = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))


def png(width: int, height: int) -> bytes:
    """Give a PNG of a size that its few bytes do not bear out."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@dataclass(frozen=True)
class Attack:
    """What a stranger puts into the book, and how the program must answer."""

    name: str
    files: Mapping[str, str | bytes]
    code: Code
    status: int = 1
    edition: str = "epub"


def chapter(text: str) -> dict[str, str | bytes]:
    return {"one.md": f"# One\n\n{text}\n"}


def style(rule: str) -> dict[str, str | bytes]:
    return {**chapter("Text."), "templates/css/book.css": rule}


def template(text: str) -> dict[str, str | bytes]:
    return {**chapter("Text."), "templates/chapter.html.j2": f"<section>{text}</section>"}


def drawing(inside: str, head: str = "") -> dict[str, str | bytes]:
    return {**chapter("![A drawing.](a.svg)"), "a.svg": head + SVG.format(inside)}


PICTURES = [
    Attack(name, chapter(f"![A picture.]({path})"), code, status)
    for name, path, code, status in [
        ("image above", "../canary.png", Code.MISSING_IMAGE, 1),
        ("image far above", "../" * 12 + "etc/passwd", Code.MISSING_IMAGE, 1),
        ("absolute image", "OUTSIDE/canary.png", Code.MISSING_IMAGE, 1),
        ("file image", "file://OUTSIDE/canary.png", Code.UNSAFE_HTML, 0),
        ("http image", "http://127.0.0.1:9/a.png", Code.REMOTE_IMAGE, 0),
        ("encoded image", "%2e%2e/canary.png", Code.MISSING_IMAGE, 1),
        ("linked image", "link.png", Code.FILE_OUTSIDE_BOOK, 1),
        ("image in a linked folder", "linked/canary.png", Code.MISSING_IMAGE, 1),
    ]
]
MARKUP = [
    Attack(name, chapter(text), code, status)
    for name, text, code, status in [
        ("script", "<script>alert(1)</script>", Code.UNSAFE_HTML, 0),
        ("event", '<b onclick="alert(1)">x</b>', Code.UNSAFE_HTML, 0),
        ("frame", '<iframe src="file://OUTSIDE/canary.txt"></iframe>', Code.UNSAFE_HTML, 0),
        ("html image", '<img src="file://OUTSIDE/canary.png" alt="x">', Code.UNSAFE_HTML, 0),
        (
            "style",
            '<p style="background: url(file://OUTSIDE/canary.png)">x</p>',
            Code.UNSAFE_HTML,
            0,
        ),
        ("object", '<object data="http://127.0.0.1:9/a">x</object>', Code.UNSAFE_HTML, 0),
        ("script link", "[x](javascript:alert(1))", Code.UNSAFE_HTML, 0),
        ("data link", "[x](data:text/html,x)", Code.UNSAFE_HTML, 0),
        ("deep quotation", "> " * 3000 + "x", Code.UNPARSABLE, 1),
    ]
]
DRAWINGS = [
    Attack(name, files, Code.UNSAFE_SVG)
    for name, files in [
        ("script in SVG", drawing("<script>alert(1)</script>")),
        ("event in SVG", drawing('<path d="M0 0h9" onload="alert(1)"/>')),
        ("file in SVG", drawing('<image href="file://OUTSIDE/canary.png" width="9" height="9"/>')),
        ("network in SVG", drawing('<image href="http://127.0.0.1:9/a.png"/>')),
        ("path in SVG", drawing('<image href="../canary.png"/>')),
        ("style in SVG", drawing("<style>@import url(http://127.0.0.1:9/a.css);</style>")),
        (
            "entity",
            drawing("<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "OUTSIDE/canary.txt">]>'),
        ),
        ("entity bomb", drawing("<text>&x11;</text>", f'<!DOCTYPE svg [<!ENTITY x0 "ha">{BOMB}]>')),
    ]
]
TEMPLATES = [
    Attack(name, template(text), Code.TEMPLATE_ERROR)
    for name, text in [
        ("class", "{{ ''.__class__.__mro__ }}"),
        ("globals", "{{ cycler.__init__.__globals__ }}"),
        ("globals of ours", "{{ book.__class__.__init__.__globals__ }}"),
        ("attr filter", "{{ '' | attr('__class__') }}"),
        ("format", "{{ '{0.__class__}'.format('') }}"),
        ("include above", "{% include '../../canary.txt' %}"),
        ("include absolute", "{% include 'OUTSIDE/canary.txt' %}"),
        ("endless", "{% for a in range(10 ** 9) %}x{% endfor %}"),
    ]
]
STYLES = [
    Attack(name, style(rule), code, status, "screen")
    for name, rule, code, status in [
        (
            "file in style",
            "p { background: url(file://OUTSIDE/canary.png) }",
            Code.TEMPLATE_ERROR,
            1,
        ),
        ("path in style", "p { background: url(../../../canary.png) }", Code.TEMPLATE_ERROR, 1),
        ("network in style", "p { background: url(http://127.0.0.1:9/a) }", Code.TEMPLATE_ERROR, 1),
        ("import", "@import url(http://127.0.0.1:9/a.css);", Code.TEMPLATE_ERROR, 1),
    ]
]
FILES = [
    Attack("linked chapter", {"link.md": b""}, Code.FILE_OUTSIDE_BOOK),
    Attack(
        "huge image", {**chapter("![x](a.png)"), "a.png": png(99999, 99999)}, Code.IMAGE_TOO_LARGE
    ),
    Attack(
        "bomb in front matter",
        {"one.md": f"---\na0: &a0 ha\n{LAUGHS}\n---\n\n# One\n"},
        Code.CONFIG_UNKNOWN_KEY,
        0,
    ),
    Attack(
        "deep TOML", {**chapter("x"), "book.toml": "title = " + "[" * 9999}, Code.CONFIG_SYNTAX, 2
    ),
    Attack(
        "long number", {**chapter("x"), "book.toml": "title = " + "9" * 9999}, Code.CONFIG_SYNTAX, 2
    ),
    Attack(
        "absolute chapter",
        {**chapter("x"), "book.toml": 'title = "A"\nchapters = ["OUTSIDE/canary.md"]'},
        Code.FILE_OUTSIDE_BOOK,
    ),
    Attack(
        "chapter above",
        {**chapter("x"), "book.toml": 'title = "A"\nchapters = ["../canary.md"]'},
        Code.FILE_OUTSIDE_BOOK,
    ),
    Attack(
        "slug above",
        {**chapter("x"), "book.toml": 'title = "A"\nslug = "../../x"'},
        Code.CONFIG_BAD_VALUE,
        2,
    ),
]
ATTACKS = [*PICTURES, *MARKUP, *DRAWINGS, *TEMPLATES, *STYLES, *FILES]


def _write(book: Path, attack: Attack) -> None:
    outside = book.parent
    (outside / "canary.png").write_text(CANARY)
    for name in ("canary.txt", "canary.md"):
        (outside / name).write_text(f"# {CANARY}\n")
    for name, content in {"book.toml": 'title = "A Book"\n', **attack.files}.items():
        file = book / name
        file.parent.mkdir(parents=True, exist_ok=True)
        raw = content.encode() if isinstance(content, str) else content
        file.write_bytes(raw.replace(b"OUTSIDE", str(outside).encode()))
    (book / "link.png").symlink_to(outside / "canary.png")
    (book / "linked").symlink_to(outside, target_is_directory=True)
    if "link.md" in attack.files:
        (book / "link.md").unlink()
        (book / "link.md").symlink_to(outside / "canary.txt")


def _build_watched(book: Path, attack: Attack) -> tuple[Built, list[str]]:
    log = book.parent / "watch.log"
    watched = TESTS / "end_to_end" / "watched"
    environment = {"WATCH_LOG": str(log), "PYTHONPATH": f"{watched}:{ROOT}"}
    output = book.parent / "output"
    built = run_chapbook(book, output, "-q", "--jobs=1", attack.edition, environment=environment)
    return built, log.read_text("utf-8", "replace").splitlines()


def _made(output: Path) -> bytes:
    """Give all bytes that were made, those in the e-book unpacked."""
    whole = b""
    for file in output.rglob("*") if output.exists() else ():
        if file.is_file():
            whole += file.read_bytes()
        if file.suffix == ".epub":
            with zipfile.ZipFile(file) as archive:
                whole += b"".join(map(archive.read, archive.namelist()))
    return whole


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_a_hostile_book(attack: Attack, tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.mkdir()
    _write(book, attack)
    built, log = _build_watched(book, attack)
    assert f"[{attack.code}]" in built.said
    assert "Traceback" not in built.said
    assert built.status == attack.status
    assert CANARY not in built.said
    assert CANARY.encode() not in _made(built.output)
    assert not [line for line in log if "canary" in line or line.startswith("forbidden")]


def test_the_watch_sees(tmp_path: Path) -> None:
    """What the other tests rely on: opening is seen, in workers too."""
    book = tmp_path / "book"
    book.mkdir()
    attack = Attack("none", chapter("Text."), Code.EMPTY_BOOK)
    _write(book, attack)
    built, log = _build_watched(book, attack)
    assert built.status == 0
    assert any(line.endswith("book/one.md") for line in log)
    assert any(line.endswith("chapter.html.j2") for line in log)


def test_a_build_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('title = "A"\n')
    (tmp_path / "one.md").write_text("# One\n\n" + "Text. " * 20_000)
    request = Request(
        tmp_path,
        tmp_path / "output",
        ROOT / "templates",
        (Edition.SCREEN,),
        limits=Limits(seconds=0.2),
    )
    build = make_book(request, lambda _stage, _what: None)
    assert [found.code for found in build.diagnostics if found.is_error] == [Code.TIME_LIMIT]
    assert not build.artifacts
