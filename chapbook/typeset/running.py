"""Write a running element as HTML, so that it can be laid out again in the margin of any page."""

from collections.abc import Mapping
from copy import deepcopy
from html import escape
from typing import Any
from xml.etree import ElementTree


def write_running(element: Any, parents: Mapping[Any, Any]) -> str:
    """Write an element inside those that it stands in, below `<body>`, without their content.

    So rules that ask for what is around it still hold, and it inherits what it did.
    """
    alone = deepcopy(element)
    alone.tail = None
    for inner in alone.iter():
        inner.tag = _bare(inner.tag)
    html = ElementTree.tostring(alone, "unicode", method="html")
    around = parents.get(element)
    while around is not None and around.tag != "body":
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in around.items())
        html = f"<{_bare(around.tag)}{attributes}>{html}</{_bare(around.tag)}>"
        around = parents.get(around)
    return html


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]
