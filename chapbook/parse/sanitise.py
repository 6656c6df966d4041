"""Let only harmless HTML through, with nh3, and give it back as a tree."""

from xml.etree.ElementTree import Element

import nh3

from chapbook.parse.tags import (
    ALLOWED,
    ATTRIBUTES,
    EVERYWHERE,
    NUMBERS,
    SCHEMES,
    WITH_CONTENT,
    is_safe_address,
)
from chapbook.parse.tree import read_html


def _filter(_tag: str, name: str, value: str) -> str | None:
    if name in NUMBERS and not value.isdecimal():
        return None
    return None if name == "cite" and not is_safe_address(value) else value


CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    clean_content_tags=set(WITH_CONTENT),
    attributes={"*": set(EVERYWHERE), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
    attribute_filter=_filter,
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def sanitise(html: str) -> Element:
    """Give the harmless part of `html` as the tree of a `<div>`."""
    return read_html(CLEANER.clean(html))
