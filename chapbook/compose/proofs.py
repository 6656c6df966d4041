"""Prove that every address in what was composed leads somewhere, and that every id is one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from chapbook.compose.rewriting import OUTSIDE
from chapbook.diagnostics import Code, Diagnostic, error


@dataclass(frozen=True, slots=True)
class Trace:
    """What is to be proved of a tree: its ids, and its claims, both in order.

    A claim is the name of what makes it (`script`, `src`, `href`) and its address.
    """

    ids: tuple[str, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()


def trace(tree: Element) -> Trace:
    """Find what is to be proved of a tree."""
    ids = tuple(name for e in tree.iter() if (name := e.get("id")) is not None)
    return Trace(ids, tuple(_claims(tree)))


def _claims(tree: Element) -> Iterator[tuple[str, str]]:
    for element in tree.iter():
        if element.tag == "script":
            yield "script", ""
        if source := element.get("src"):
            yield "src", source
        address = element.get("href")
        if address is None or OUTSIDE.match(address) or element.tag not in ("a", "area"):
            continue
        yield "href", address


def join(traces: Iterable[Trace]) -> Trace:
    """Take the traces of the parts of one document together."""
    parts = list(traces)
    ids = tuple(name for part in parts for name in part.ids)
    return Trace(ids, tuple(claim for part in parts for claim in part.claims))


def prove_addresses(
    pages: Mapping[str, Trace], resources: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Check the traces of an edition, keyed by the name of the document ('' in a PDF).

    Only a template can be at fault here: what an author wrote is settled before.
    """
    ids = {name: set(page.ids) for name, page in pages.items()}
    return tuple(
        error(Code.TEMPLATE_ERROR, f"{name or 'the book'}: {fault}")
        for name, page in pages.items()
        for fault in (*_doubles(page), *_dead_ends(name, page, ids, resources))
    )


def _doubles(page: Trace) -> Iterator[str]:
    count = Counter(name for name in page.ids if name)
    return (f"the id “{name}” stands {n} times" for name, n in count.items() if n > 1)


def _dead_ends(
    name: str, page: Trace, ids: Mapping[str, set[str]], resources: Collection[str]
) -> Iterator[str]:
    for kind, address in page.claims:
        if kind == "script":
            yield "a book holds no scripts"
        elif kind == "src":
            if unquote(address) not in resources:
                yield f"there is no “{address}” to show"
        else:
            target, _, anchor = address.partition("#")
            target = target or name
            if target not in ids or (anchor and unquote(anchor) not in ids[target]):
                yield f"the link to “{address}” leads nowhere"
