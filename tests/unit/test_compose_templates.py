"""Templates from strangers: what they may do, and how their faults are told."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapbook.compose import sandbox
from chapbook.compose.folders import Folders
from chapbook.compose.rendering import Renderer, css_string, paragraphs
from chapbook.diagnostics import BookError, Diagnostic

Write = Callable[[str, str], Renderer]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a template into the book's own folder; the house's lies beside it."""
    own, house = tmp_path / "own", tmp_path / "house"
    own.mkdir()
    house.mkdir()
    (house / "base.j2").write_text("house {% block a %}{% endblock %}", "utf-8")

    def put(name: str, text: str) -> Renderer:
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text, "utf-8")
        return Renderer(Folders((own, house)))

    return put


def fault_of(renderer: Renderer, name: str, **context: object) -> Diagnostic:
    with pytest.raises(BookError) as caught:
        renderer.render(name, context)
    assert len(caught.value.diagnostics) == 1
    return caught.value.diagnostics[0]


def test_the_books_own_file_comes_before_the_houses(write: Write) -> None:
    assert write("base.j2", "own").render("base.j2", {}) == "own"


def test_a_template_can_extend_the_one_that_it_replaces(write: Write) -> None:
    text = '{% extends "house:base.j2" %}{% block a %}and own{% endblock %}'
    assert write("base.j2", text).render("base.j2", {}) == "house and own"


def test_text_is_escaped_but_not_in_a_stylesheet(write: Write) -> None:
    assert write("a.html.j2", "{{ x }}").render("a.html.j2", {"x": "<&>"}) == "&lt;&amp;&gt;"
    renderer = write("a.css.j2", "a > b { content: {{ x | css_string }} }")
    assert renderer.render("a.css.j2", {"x": 'a"}'}) == r'a > b { content: "a\22 \7d " }'


@given(st.text())
def test_no_text_can_leave_its_css_string(text: str) -> None:
    inner = css_string(text)[1:-1]
    assert not set('"<>{}*/;\n\r\f\x00') & set(inner)


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert paragraphs("a\nb\n \n\n c \n") == ["a b", "c"]


@pytest.mark.parametrize(
    ("text", "message", "line", "hint"),
    [
        ("a\n{{ titel }}", "'titel' is undefined", 2, "title"),
        ("\n\n{{ day.yeer }}", "has no attribute 'yeer'", 3, "year"),
        ("{{ day.yeer.x }}", "has no attribute 'yeer'", 1, "year"),
        ("{{ names.trls }}", "has no attribute 'trls'", 1, "trl"),
        ("{% if x %}", "unexpected end of template", 1, ""),
        ("\n{{ x | nope }}", "no filter named 'nope'", 2, ""),
        ("\n{{ 1 / 0 }}", "ZeroDivisionError", 2, ""),
        ("\n{% include 'bass.j2' %}", "there is no template “bass.j2”", 2, "base.j2"),
        ("{% include '../../../etc/passwd' %}", "there is no template", 1, ""),
        ("{% include '/etc/passwd' %}", "there is no template", 1, ""),
    ],
)
def test_a_fault_is_told_at_its_line(
    write: Write, text: str, message: str, line: int, hint: str
) -> None:
    renderer = write("a.j2", text)
    fault = fault_of(renderer, "a.j2", title="T", day=date(2026, 1, 2), names={"trl": "x"})
    assert message in fault.message
    assert str(fault.at) == f"templates/a.j2:{line}"
    assert fault.hints == ((f"did you mean “{hint}”?",) if hint else ())


def test_a_fault_in_an_included_template_is_told_there(write: Write) -> None:
    write("b.j2", "\n\n{{ nothing }}")
    fault = fault_of(write("a.j2", "\n{% include 'b.j2' %}"), "a.j2")
    assert str(fault.at) == "templates/b.j2:3"


MANY = "{% for a in range(99999) %}"
DOUBLE = "{% set n = namespace(s='x') %}" + MANY + "{% set n.s = n.s "


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ day.today() }}",
        "{{ names.update({'a': 1}) }}",
        "{{ names.keys.__self__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ range(999999999) }}",
        "{{ 'x' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'x'.ljust(999999999) }}",
        "{{ 'x' | center(999999999) }}",
        "{{ lipsum() }}",
        "{{ [1, 2] | random }}",
        MANY + MANY + "{% endfor %}{% endfor %}",
        MANY + "{{ a }}" + MANY + "{{ a }}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        DOUBLE + "~ n.s %}{% endfor %}",
        DOUBLE + "+ n.s %}{% endfor %}",
    ],
)
def test_a_template_can_not_break_out_or_run_for_ever(
    write: Write, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(sandbox, "MOST_STEPS", 50_000)
    monkeypatch.setattr(sandbox, "MOST_CHARACTERS", 100_000)
    fault = fault_of(write("a.j2", text), "a.j2", day=date(2026, 1, 2), names={"trl": "x"})
    assert fault.is_error


def test_a_link_out_of_the_folder_is_not_followed(write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret.j2").write_text("secret", "utf-8")
    renderer = write("a.j2", "{% include 'link.j2' %}")
    (tmp_path / "own" / "link.j2").symlink_to(tmp_path / "secret.j2")
    assert "there is no template “link.j2”" in fault_of(renderer, "a.j2").message


def test_a_template_that_is_no_text_or_too_large_is_a_fault(write: Write, tmp_path: Path) -> None:
    renderer = write("a.j2", "x" * (2**20 + 1))
    assert "larger" in fault_of(renderer, "a.j2").message
    (tmp_path / "own" / "b.j2").write_bytes(b"\xff\xfe")
    assert "UnicodeDecodeError" in fault_of(renderer, "b.j2").message
