"""Prove that every address in what was composed leads somewhere, and that every id is one."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from chapbook.compose.rewriting import OUTSIDE
from chapbook.diagnostics import Code, Diagnostic, error


def prove_addresses(
    pages: Mapping[str, Element], resources: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Check the trees of an edition, keyed by the name of the document ('' in a PDF).

    Only a template can be at fault here: what an author wrote is settled before.
    """
    ids = {name: {e.get("id") for e in tree.iter()} for name, tree in pages.items()}
    return tuple(
        error(Code.TEMPLATE_ERROR, f"{name or 'the book'}: {fault}")
        for name, tree in pages.items()
        for fault in (*_doubles(tree), *_dead_ends(name, tree, ids, resources))
    )


def _doubles(tree: Element) -> Iterator[str]:
    count = Counter(e.get("id") for e in tree.iter() if e.get("id"))
    return (f"the id “{name}” stands {n} times" for name, n in count.items() if n > 1)


def _dead_ends(
    name: str,
    tree: Element,
    ids: Mapping[str, set[str | None]],
    resources: Collection[str],
) -> Iterator[str]:
    for element in tree.iter():
        if element.tag == "script":
            yield "a book holds no scripts"
        source = element.get("src", "")
        if source and unquote(source) not in resources:
            yield f"there is no “{source}” to show"
        address = element.get("href")
        if address is None or OUTSIDE.match(address) or element.tag not in ("a", "area"):
            continue
        page, _, anchor = address.partition("#")
        page = page or name
        if page not in ids or (anchor and unquote(anchor) not in ids[page]):
            yield f"the link to “{address}” leads nowhere"
