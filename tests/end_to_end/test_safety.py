"""A hostile book reads nothing outside its folder, reaches no network and runs no code."""

import zipfile
from pathlib import Path

import pytest

from tests.conftest import Built, run_chapbook

CANARY = "canary-in-a-file-outside"
# Put first on the path, this makes every attempt to open a socket end the program.
NO_NETWORK = """
import socket, sys

def refuse(*args, **named):
    sys.stderr.write("NETWORK\\n")
    raise SystemExit(99)

socket.socket.connect = refuse
socket.getaddrinfo = refuse
socket.create_connection = refuse
"""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "secret.md").write_text(f"# Secret\n\n{CANARY}\n", "utf-8")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{CANARY}</text></svg>'
    )
    (tmp_path / "secret.svg").write_text(svg, "utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(NO_NETWORK, "utf-8")
    return tmp_path


def build(outside: Path, files: dict[str, str], *arguments: str) -> Built:
    book = outside / "book"
    for name, text in {"book.toml": 'title = "Bad"\n', **files}.items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text(text.replace("OUTSIDE", str(outside)), "utf-8")
    root = Path(__file__).parents[2]
    path = {"PYTHONPATH": f"{outside / 'site'}:{root}"}
    built = run_chapbook(book, outside / "made", "-q", *arguments, environment=path)
    assert "NETWORK" not in built.said
    assert "Traceback" not in built.said
    assert CANARY not in built.said
    return built


def contents(built: Built) -> bytes:
    found = b""
    for file in built.output.iterdir() if built.output.is_dir() else ():
        found += b"" if file.name == "build.json" else file.read_bytes()
        if file.suffix == ".epub":
            with zipfile.ZipFile(file) as archive:
                found += b"".join(archive.read(name) for name in archive.namelist())
    return found


@pytest.mark.parametrize(
    "target",
    ["../secret.svg", "OUTSIDE/secret.svg", "file://OUTSIDE/secret.svg", "%2e%2e/secret.svg"],
)
def test_an_image_outside_the_book_is_not_read(outside: Path, target: str) -> None:
    built = build(outside, {"one.md": f"# One\n\n![It]({target})\n"})
    assert "book/one.md:3:7: " in built.said
    assert CANARY.encode() not in contents(built)


@pytest.mark.parametrize("listed", ["../secret.md", "OUTSIDE/secret.md"])
def test_a_chapter_outside_the_book_is_not_read(outside: Path, listed: str) -> None:
    toml = f'title = "Bad"\nchapters = ["{listed}"]\n'
    built = build(outside, {"book.toml": toml, "one.md": "# One\n"})
    assert built.status in (1, 2)
    assert "file-outside-book" in built.said


def test_a_link_in_the_file_system_does_not_lead_out(outside: Path) -> None:
    book = outside / "book"
    book.mkdir()
    (book / "link.svg").symlink_to(outside / "secret.svg")
    (book / "two.md").symlink_to(outside / "secret.md")
    built = build(outside, {"one.md": "# One\n\n![It](link.svg)\n"})
    assert built.status != 0
    assert CANARY.encode() not in contents(built)


def test_nothing_is_fetched(outside: Path) -> None:
    remote = "http://example.org/a"
    text = (
        f"# One\n\n![It]({remote}.png)\n\n<img src='{remote}.png' alt='x'>\n\n"
        f"<link rel=stylesheet href='{remote}.css'>\n\n<iframe src='{remote}'></iframe>\n\nText.\n"
    )
    style = f"@import url({remote}.css); p {{ background: url({remote}.png) }}"
    own = {"templates/css/book.css": style}
    build(outside, {"one.md": text, **own})
    built = build(outside, {"one.md": text, "templates/css/book.css": "p { color: black }"})
    assert built.status == 0, built.said
    assert b"iframe" not in contents(built)


@pytest.mark.parametrize(
    "svg",
    [
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file://OUTSIDE/secret.md">]>'
        '<svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>',
        '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        '<svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file://OUTSIDE/secret.svg"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://example.org/a.png"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><path d="M0 0h9"/></svg>',
    ],
)
def test_a_drawing_with_more_than_lines_in_it_is_refused(outside: Path, svg: str) -> None:
    built = build(outside, {"one.md": "# One\n\n![It](a.svg)\n", "a.svg": svg})
    assert built.status == 1
    assert "[unsafe-svg]" in built.said
    assert CANARY.encode() not in contents(built)


def test_scripts_are_taken_out_and_said(outside: Path) -> None:
    text = (
        "# One\n\n<script>alert('evil')</script>\n\n<p onclick='evil()'>Text.</p>\n\n"
        "[x](javascript:evil())\n"
    )
    built = build(outside, {"one.md": text}, "epub")
    assert "one.md:3:1: warning[unsafe-html]" in built.said
    assert b"evil" not in contents(built).replace(b"one.md", b"")


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ book.__class__.__init__.__globals__ }}",
        "{% include '../../secret.md' %}",
        "{% include 'OUTSIDE/secret.md' %}",
        "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(outside: Path, template: str) -> None:
    own = {"one.md": "# One\n\nText.\n", "templates/chapter.html.j2": template}
    built = build(outside, own, "epub")
    assert built.status == 1
    assert "[template-error]" in built.said
    assert CANARY.encode() not in contents(built)
