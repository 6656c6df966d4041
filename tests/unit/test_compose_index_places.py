# ruff: noqa: RUF001  # signs that look alike are the matter here
"""What an index leads to: the anchors for the press, each place once for an e-book."""

from xml.etree.ElementTree import Element, fromstring, tostring

from chapbook.compose.index_places import leave_out, list_pages, list_places


def _link(anchor: str, kind: str = "locator", matter: str = "body") -> str:
    place = f'data-place="{anchor[0]}" data-matter="{matter}"'
    return f'<a class="{kind}" href="book:{anchor}" {place}>{anchor[0]}</a>'


def _entry(*links: str) -> tuple[Element, Element]:
    locators = f'<span class="locators">{", ".join(links)}</span>'
    entry = fromstring(f'<p><span class="index-term">apple</span>, {locators}; more</p>')
    return entry, entry[1]


def _range(start: str, end: str) -> str:
    return f'<span class="range">{_link(start)}–{_link(end)}</span>'


def test_the_press_gets_anchors_and_how_to_write_them() -> None:
    links = _link("a1", matter="front"), _link("b1", "locator main"), _range("c1", "d1")
    entry, locators = _entry(*links)
    list_pages(locators, lambda target: "#" + target.removeprefix("book:"))
    assert locators.attrib == {"class": "locators", "data-pages": "r#a1 m#b1 #c1|#d1"}
    assert "".join(entry.itertext()) == "apple, ; more"


def test_an_e_book_names_each_place_once() -> None:
    links = _link("a1"), _link("b1"), _link("a2", "locator main"), _range("c1", "c2")
    entry, locators = _entry(*links, _range("a1", "b9"))
    list_places(entry, locators)
    assert "".join(entry.itertext()) == "apple: a · b · c · a – b; more"
    assert locators[0].get("class") == "locator main"


def test_what_is_not_shown_is_left_out() -> None:
    entry, locators = _entry(_link("a1"), _range("b1", "c1"), _link("d1"))
    leave_out(entry, locators, lambda target: target in ("book:c1", "book:d1"))
    assert "".join(entry.itertext()) == "apple, c, d; more"
    leave_out(entry, locators, lambda _: False)
    assert "".join(entry.itertext()) == "apple; more"
    assert "locator" not in tostring(entry, "unicode").replace("locators", "")
