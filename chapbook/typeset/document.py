"""Write the one HTML document that the layout engine reads."""

import re
from html import escape
from xml.etree.ElementTree import Element

from chapbook.publication import Metadata, PagedPublication

EPOCH = "2000-01-01"
INTEGER = re.compile(r"\s*[+-]?\d+")


def write_document(publication: PagedPublication) -> str:
    """Give the whole book as one HTML document: its head, and the sections in order."""
    metadata = publication.metadata
    return "".join(
        (
            f'<!DOCTYPE html><html lang="{escape(metadata.language)}"><head>',
            '<meta charset="utf-8">',
            f"<title>{escape(metadata.title)}</title>",
            *_describe(metadata),
            f"<style>{_hide_end_tag(publication.stylesheet)}</style></head>",
            f'<body class="{escape(publication.body_class)}">',
            *(section.html for section in publication.sections),
            "</body></html>",
        )
    )


def _describe(metadata: Metadata) -> list[str]:
    """Write the meta elements; a date is always given, or the engine would take the clock's."""
    date = metadata.date or EPOCH
    pairs = [("author", author) for author in metadata.authors]
    if metadata.description:
        pairs.append(("description", metadata.description))
    if metadata.subjects:
        pairs.append(("keywords", ", ".join(metadata.subjects)))
    pairs += [("dcterms.created", date), ("dcterms.modified", date)]
    return [f'<meta name="{name}" content="{escape(content)}">' for name, content in pairs]


def _hide_end_tag(stylesheet: str) -> str:
    """Keep a `</style>` inside a string or comment from ending the element."""
    return stylesheet.replace("</", "<\\/")


def number_lists(root: Element) -> None:
    """Let lists begin where `start` and `value` say.

    The engine takes these for matters of style that it was not asked to heed
    (https://html.spec.whatwg.org/multipage/grouping-content.html#the-li-element).
    """
    for name, attribute, style in (
        ("ol", "start", "counter-reset: list-item {}; counter-increment: list-item -1"),
        ("li", "value", "counter-set: list-item {}; counter-increment: none"),
    ):
        for element in root.iter(name):
            number = INTEGER.match(element.get(attribute, ""))
            if number:
                own = element.get("style", "")
                element.set("style", f"{style.format(int(number[0]))}; {own}")
