"""Charts and QR codes as they are drawn: all the data, the same every time, and legible."""

import re
import sys
from io import BytesIO
from xml.etree.ElementTree import Element, tostring

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from chapbook.compose.markup import parse_fragment, write_html
from chapbook.compose.plots import Plot, Theme, plot
from chapbook.compose.qr import MODULE, QUIET, SIDE, draw_code, show_codes
from chapbook.compose.vega import draw_specification
from chapbook.diagnostics import BookError, Code, Location

THEME = Theme("Source Sans 3", 8.5, 330.0, "#000000", "#9a9a9a", ("#2b3a6b", "#9a9a9a"))
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?$")


def drawn(kind: str, rows: list[tuple[str, tuple[float, ...]]], units: str = "%") -> Element:
    names = tuple(f"s{n}" for n in range(len(rows[0][1])))
    values = tuple(row for _, row in rows)
    written = tuple(tuple(f"{v:g}" for v in row) for row in values)
    labels = tuple(name for name, _ in rows)
    return plot(Plot(kind, units, "", "", names, labels, written, values), THEME)


def words(svg: Element) -> str:
    return " ".join(text.text or "" for text in svg.iter("text"))


@pytest.mark.parametrize("kind", ["bar", "pie"])
def test_every_label_and_value_is_written(kind: str) -> None:
    shown = words(drawn(kind, [("Yes", (37.0,)), ("No", (63.0,))]))
    for word in ("Yes", "No", "37\xa0%", "63\xa0%"):
        assert word in shown


def test_bars_are_as_long_as_their_values() -> None:
    svg = drawn("bar", [("a", (10.0,)), ("b", (40.0,)), ("c", (0.0,))])
    lengths = [float(box.get("width", "")) for box in svg.iter("rect")]
    assert lengths[1] == pytest.approx(4 * lengths[0], abs=0.02)
    assert lengths[2] == 0


def test_the_slices_of_a_pie_fill_the_circle() -> None:
    svg = drawn("pie", [("a", (1.0,)), ("b", (1.0,)), ("c", (2.0,))])
    assert len(list(svg.iter("path"))) == 3
    assert len(list(drawn("pie", [("a", (1.0,))]).iter("circle"))) == 1


ROWS = st.lists(
    st.tuples(st.sampled_from(["a", "Long words of a label that break", "日本語", ""]),
              st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))),
    min_size=2, max_size=9,
)  # fmt: skip


@settings(max_examples=40)
@given(st.sampled_from(["bar", "line", "dot"]), ROWS)
def test_whatever_the_numbers_the_drawing_is_whole_and_the_same_again(
    kind: str, rows: list[tuple[str, tuple[float, ...]]]
) -> None:
    svg = drawn(kind, rows)
    assert tostring(svg) == tostring(drawn(kind, rows))
    height = float(svg.get("height", ""))
    for element in svg.iter():
        for name in ("x", "y", "x1", "y1", "width", "height", "cx", "cy"):
            if name in element.attrib:
                assert NUMBER.match(element.attrib[name])
        if "cy" in element.attrib:
            assert -1 <= float(element.attrib["cy"]) <= height + 1


SPECIFICATION = (
    '{"mark": "bar", "data": {"values": [{"a": "x & y", "b": 28}, {"a": "z", "b": 55}]},'
    ' "encoding": {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "a"}}}'
)
AT = Location("a.md", 3, 1)


def test_vega_lite_is_drawn_in_the_theme_and_the_same_again() -> None:
    svg = draw_specification(SPECIFICATION, THEME, (), AT)
    assert tostring(svg) == tostring(draw_specification(SPECIFICATION, THEME, (), AT))
    assert {"x & y", "z"} <= {text.text for text in svg.iter("text")}
    written = tostring(svg, "unicode")
    assert THEME.series[0] in written
    assert {text.get("font-family") for text in svg.iter("text")} == {THEME.font}
    assert not re.search("aria-|role=|opacity", written)


def test_vega_lite_fetches_nothing() -> None:
    far = SPECIFICATION.replace('"values": [', '"url": "https://example.org/a.csv", "x": [')
    with pytest.raises(BookError) as raised:
        draw_specification(far, THEME, (), AT)
    (finding,) = raised.value.diagnostics
    assert (finding.code, finding.at) == (Code.BAD_CHART, AT)
    assert "not allowed" in finding.message


def test_without_the_extra_the_way_to_install_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(BookError) as raised:
        draw_specification(SPECIFICATION, THEME, (), AT)
    (finding,) = raised.value.diagnostics
    assert (finding.code, finding.at) == (Code.MISSING_LIBRARY, AT)
    assert "build.py charts" in finding.hints[0]


def read_code(svg: Element) -> list[str]:
    """Draw the modules of a code as pixels, and read it with another library."""
    count = int(svg.attrib["viewBox"].split()[-1])
    image = Image.new("L", (count * 6, count * 6), 255)
    pen = ImageDraw.Draw(image)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg[0].attrib["d"]):
        left, top = int(x) * 6, int(y) * 6
        pen.rectangle((left, top, left + int(width) * 6 - 1, top + 5), 0)
    image.save(BytesIO(), "PNG")
    return [code.text for code in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize(
    "address", ["https://example.org/", "mailto:a@b.org", "https://example.org/" + "x" * 300]
)
def test_a_code_is_read_back_and_is_large_enough(address: str) -> None:
    svg = draw_code(address)
    assert read_code(svg) == [address]
    count = int(svg.attrib["viewBox"].split()[-1])
    size = float(re.findall(r"width:([0-9.]+)mm", svg.attrib["style"])[0])
    assert size >= max(SIDE, MODULE * count) - 0.01
    rows = {int(y) for y in re.findall(r"M\d+ (\d+)h", svg[0].attrib["d"])}
    assert (min(rows), max(rows)) == (QUIET, count - QUIET - 1)


PAGE = (
    '<section><p>See <a href="https://a.org/" class="qr">a</a>, <a href="https://b.org/">b</a>.</p>'
    '<p><a href="#x" class="qr">x</a></p>'
    '<ul><li><a href="https://c.org/" class="qr">c</a></li></ul>'
    '<table><tr><td><a href="https://d.org/" class="qr">d</a></td></tr></table>'
    '<p><a href="https://a.org/" class="qr">again</a> '
    '<a href="https://e.org/" class="no-qr">e</a></p>'
    "</section>"
)


def test_codes_stand_after_the_block_of_their_link_each_once() -> None:
    root = parse_fragment(PAGE)
    show_codes(root, of_all=False)
    section = root[0]
    shown = [e.text for e in root.iter("p") if e.get("class") == "address"]
    assert shown == ["https://a.org/", "https://c.org/", "https://d.org/"]
    assert [child.tag for child in section] == ["p", "div", "p", "ul", "table", "div", "p"]
    assert section[3][0][-1].get("class") == "qr-codes"


def test_the_code_of_a_line_stands_below_its_verse() -> None:
    line = '<div class="line">a <a class="qr" href="https://a.org">b</a> c</div>'
    root = parse_fragment(f'<div class="verse"><div class="stanza">{line}</div></div><p>d</p>')
    show_codes(root, of_all=False)
    assert [child.get("class") for child in root] == ["verse", "qr-codes", None]


def test_codes_of_all_links_leave_out_those_that_say_no() -> None:
    root = parse_fragment(PAGE)
    show_codes(root, of_all=True)
    html = write_html(root)
    assert html.count('class="qr-code"') == 4
    assert "https://e.org/</p>" not in html
