"""Words for one language alone, by class: `.only-lang-ja`."""

from xml.etree.ElementTree import Element

from chapbook.conditions import LANGUAGE, NOWHERE, speaks
from chapbook.parse.tree import classes, set_classes


def settle_languages(root: Element, language: str) -> None:
    """Show what is for this language, and mark what is for others as shown in no edition."""
    for element in root.iter():
        written = element.get("class", "")
        if LANGUAGE not in written:
            continue
        names = classes(element)
        wanted = [name.removeprefix(LANGUAGE) for name in names if name.startswith(LANGUAGE)]
        kept = [name for name in names if not name.startswith(LANGUAGE)]
        set_classes(element, kept if not wanted or speaks(language, wanted) else [*kept, NOWHERE])
