"""One element of the metadata of the package document, as ebooklib keeps it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """An element of the metadata: of Dublin Core, or a `meta` or `link` of the package."""

    namespace: str | None
    name: str
    text: str
    attributes: dict[str, str] = field(default_factory=dict)


def dc(name: str, text: str, **attributes: str) -> Entry:
    """Make an element of Dublin Core."""
    return Entry("DC", name, text, attributes)


def meta(name: str, text: str, refines: str = "", **attributes: str) -> Entry:
    """Make a `meta` of the whole package, or of the element whose id it refines."""
    refined = {"refines": f"#{refines}"} if refines else {}
    return Entry(None, "meta", text, {**refined, "property": name, **attributes})


def link(rel: str, address: str, refines: str = "") -> Entry:
    """Make a `link` to what stands outside the package."""
    refined = {"refines": f"#{refines}"} if refines else {}
    return Entry(None, "link", "", {**refined, "rel": rel, "href": address})


def isbn_urn(number: str) -> str:
    """Write an ISBN as a URN (https://www.rfc-editor.org/rfc/rfc3187)."""
    return "urn:isbn:" + "".join(sign for sign in number if sign.isalnum())
