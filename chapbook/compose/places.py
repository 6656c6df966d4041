"""Where everything stands in an edition: the ids as written, and the addresses that lead there.

Only an id that is really in the book has an address of its own; every other leads to the start
of its division. So no link can break.
"""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from chapbook.compose.fragments import calls_in, ids_in, links_in, texts_of
from chapbook.model import Book, Division, Entry

# https://www.w3.org/TR/REC-xml-names/#NT-NCName
LETTERS = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NOT_IN_NAME = re.compile(
    f"^[^{LETTERS}]|[^-.0-9\xb7\u0300-\u036f\u203f\u2040{LETTERS}]|_(?=x[0-9a-f]+_)"
)

NOTED = ("note", "call")


def xml_name(wish: str) -> str:
    """Make an XML name out of any id; two different ids stay different."""
    return NOT_IN_NAME.sub(lambda found: f"_x{ord(found[0]):x}_", wish) or "_"


class Places(ABC):
    """Gives each id of the book the name that the edition writes."""

    def __init__(self, book: Book) -> None:
        """Name every id and every note of the book."""
        self._names: dict[tuple[str, str], str] = {}
        self._met: dict[str, list[str]] = {}
        for division in book.divisions:
            taken = self._taken(book, division)
            wishes = [(written, written) for written in _ids(division)]
            times = Counter(calls_in("".join(texts_of(division)))) if division.notes else {}
            for note in division.notes:
                wishes += [(f"{kind} {note.key}", f"{kind}-{note.number}") for kind in NOTED]
                wishes += [
                    (f"call {note.key} {time}", f"call-{note.number}-{time}")
                    for time in range(2, times.get(note.key, 1) + 1)
                ]
            names = [free(self._name(division.id, wish), taken) for _, wish in wishes]
            keys = ((division.id, written) for written, _ in wishes)
            self._names.update(zip(keys, names, strict=True))
            self._met[division.id] = names

    @property
    def deciding(self) -> object:
        """What decides on every address."""
        return self._names

    def met_in(self, division: Division) -> tuple[object, ...]:
        """Give all that the edition writes for the ids, the notes and the links of a division."""
        targets = (link.partition("#") for text in texts_of(division) for link in links_in(text))
        urls = [self.url(to, anchor) for to, _, anchor in targets if to in self._met]
        return self._met[division.id], urls

    @abstractmethod
    def _taken(self, book: Book, division: Division) -> set[str]:
        """Give the names that the ids of a division must not take."""

    @abstractmethod
    def _name(self, division: str, written: str) -> str:
        """Make a name out of an id."""

    @abstractmethod
    def _address(self, division: str, name: str) -> str:
        """Give the address of a name in a division, or of its start where the name is ''."""

    def anchor(self, division: Division | str, written: str) -> str:
        """Give the id that the edition writes for an id of a division."""
        division = _id(division)
        return self._names.get((division, written)) or self._name(division, written)

    def note(self, division: Division, key: str) -> str:
        """Give the id of a note; no id of an author's can be the same."""
        return self._names[division.id, f"note {key}"]

    def call(self, division: Division, key: str, time: int = 1) -> str:
        """Give the id of the first call of a note, or of one that comes later."""
        return self._names[division.id, f"call {key}" + (f" {time}" if time > 1 else "")]

    def holds(self, division: str, anchor: str) -> bool:
        """Whether an id stands in the text of a division; '' is its beginning."""
        return not anchor or (division, anchor) in self._names

    def url(self, target: Division | Entry | str, anchor: str = "") -> str:
        """Give the address of a division, of an entry, or of an id in a division."""
        if isinstance(target, Entry):
            anchor = anchor or target.anchor
            target = target.division
        division = _id(target)
        return self._address(division, self._names.get((division, anchor), ""))


class PagedPlaces(Places):
    """One document: a division's id before each of its ids."""

    def __init__(self, book: Book) -> None:
        """Keep the names unique in the whole book."""
        self._all = {division.id for division in book.divisions}
        super().__init__(book)

    def _taken(self, book: Book, division: Division) -> set[str]:  # noqa: ARG002
        return self._all

    def _name(self, division: str, written: str) -> str:
        return f"{division}--{written}"

    def _address(self, division: str, name: str) -> str:
        return "#" + quote(name or division)


class EpubPlaces(Places):
    """One document for each division: ids as the author wrote them, where XML allows it.

    `files` gives the document of each division.
    """

    def __init__(self, book: Book, files: Mapping[str, str]) -> None:
        """Keep the names unique in each document."""
        self.files = files
        super().__init__(book)

    def _taken(self, book: Book, division: Division) -> set[str]:  # noqa: ARG002
        return {division.id}

    def _name(self, division: str, written: str) -> str:  # noqa: ARG002
        return xml_name(written)

    @property
    def deciding(self) -> object:
        """What decides on every address."""
        return self._names, self.files

    def _address(self, division: str, name: str) -> str:
        # A name of XML needs no escapes, and not every reader would undo them.
        return self.files[division] + (f"#{name}" if name else "")


def _ids(division: Division) -> Iterator[str]:
    """Give each id of a division once, in the order of the text."""
    found = (name for text in texts_of(division) for name in ids_in(text))
    return iter(dict.fromkeys(name for name in found if name))


def free(wish: str, taken: set[str]) -> str:
    """Take a name, with a number after it where it is taken."""
    name, n = wish, 1
    while name in taken:
        n += 1
        name = f"{wish}-{n}"
    taken.add(name)
    return name


def _id(target: Division | str) -> str:
    return target if isinstance(target, str) else target.id
