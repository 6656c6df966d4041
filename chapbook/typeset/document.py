"""Write the HTML document that the layout engine reads."""

import re
from collections.abc import Iterable
from html import escape
from xml.etree.ElementTree import Element

from chapbook.publication import Metadata, PagedPublication

EPOCH = "2000-01-01"
INTEGER = re.compile(r"\s*[+-]?\d+")


def write_document(publication: PagedPublication) -> str:
    """Give the whole book as one HTML document: its head with the style sheet, its sections."""
    metadata = publication.metadata
    head = (
        f"<title>{escape(metadata.title)}</title>",
        *_describe(metadata),
        f"<style>{write_style(publication.stylesheet)}</style>",
    )
    sections = (section.html for section in publication.sections)
    return write_page(metadata.language, publication.body_class, sections, head)


def write_page(
    language: str, body_class: str, sections: Iterable[str], head: Iterable[str] = ()
) -> str:
    """Give an HTML document of some sections."""
    return "".join(
        (
            f'<!DOCTYPE html><html lang="{escape(language)}"><head><meta charset="utf-8">',
            *head,
            f'</head><body class="{escape(body_class)}">',
            *sections,
            "</body></html>",
        )
    )


def write_style(stylesheet: str) -> str:
    """Keep a `</style>` inside a string or comment from ending the element."""
    return stylesheet.replace("</", "<\\/")


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
