"""Finds the order of a book that does not tell it: by the names of its files and folders."""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from chapbook.diagnostics import Location
from chapbook.model import Matter, PartHead, Place, SourceFile
from chapbook.read.listing import MARKDOWN, Listing, has_suffix, natural_key
from chapbook.read.order import Order

Read = Callable[[str], SourceFile | None]

# The first two may also head the part that their folder is.
_OPENERS = ("readme", "index", "introduction", "intro")
_HEADS = 2
_FRONT = re.compile(
    "preface|foreword|prologue|acknowledge?ments?|dedication|about( this( book)?)?"
    "|はじめに|まえがき|序文?"
)
_BACK = re.compile(
    "(appendix|appendices|annex)( .*)?|afterword|epilogue|glossary|bibliography|references"
    "|sources|index|colophon|about the authors?|(おわりに|あとがき|付録|索引|用語集|参考文献).*"
)
_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*[\s._)-]+|0\d+|\d+$)")
_LONGEST_SUMMARY = 80
_HEAD = re.compile(r"\s*#[ \t]+(?P<title>[^\n]+?)[ \t#]*\n*(?P<summary>[^\n]*(?:\n[^\n]+)*)\s*\Z")
_MARKUP = re.compile(r"[*_`\[\]<>{}\\|]|^\s*(?:[-+#:]|\d+[.)])", re.MULTILINE)


def discover(listing: Listing, read: Read) -> Order:
    """Find the order of the Markdown files in a listing.

    The top is the folder that holds them all. Files are chapters; a folder at the top is a part,
    with all files below it. Names order them as people would: numbers by value, then names
    without a number, files before folders; a README, an index or an introduction without a
    number opens its folder. Files at the top whose name says so are front matter or back matter
    (a preface, an appendix), unless they have a number and stand in the midst of the chapters.

    A folder's title is its name, or the heading of its `index.md` or `README.md`, if that has
    just a heading and a short paragraph of plain words: they head the part.
    """
    files = [path for path in listing if has_suffix(path, MARKDOWN)]
    root = posixpath.commonpath([posixpath.dirname(path) for path in files]) if files else ""
    tops = {path: path[len(root) :].lstrip("/").split("/") for path in files}
    files.sort(key=lambda path: _path_key(tops[path]))
    top = [(name, tuple(paths)) for name, paths in groupby(files, lambda path: tops[path][0])]
    matters = _matters(["/".join(tops[paths[0]]) for _, paths in top])
    places: dict[Matter, list[Place]] = {matter: [] for matter in Matter}
    parts: list[PartHead] = []
    for matter, (name, paths) in zip(matters, top, strict=True):
        if len(tops[paths[0]]) == 1:
            places[matter].extend(_places(paths, matter))
            continue
        head, rest = _part(name, paths, read)
        chapters = _places(rest, Matter.BODY)
        places[Matter.BODY].extend(replace(place, part=len(parts)) for place in chapters)
        parts.append(head)
    front, body, back = (tuple(places[matter]) for matter in Matter)
    return Order(front, body, back, tuple(parts))


def prettify(name: str) -> str:
    """Make a title of the name of a folder."""
    words = re.sub(r"[\s_-]+", " ", _NUMBER.sub("", name)).strip() or name
    return words[:1].upper() + words[1:]


def _places(paths: Iterable[str], matter: Matter) -> list[Place]:
    return [Place(matter, source=path, at=Location(path)) for path in paths]


def _path_key(names: Sequence[str]) -> list[tuple[int, bool, bool, object]]:
    """Order paths level by level."""
    last = len(names) - 1
    return [_name_key(name, is_folder=level < last) for level, name in enumerate(names)]


def _name_key(name: str, *, is_folder: bool) -> tuple[int, bool, bool, object]:
    rank = len(_OPENERS) if is_folder else _opener_rank(name)
    has_number = _has_number(name)
    stem = name if is_folder else posixpath.splitext(name)[0]
    return rank, not has_number, is_folder and not has_number, natural_key(stem)


def _matters(paths: Sequence[str]) -> list[Matter]:
    """Tell the matter of each entry at the top; a folder has the path of its first file."""
    matters = [Matter.BODY] * len(paths)
    forward = list(enumerate(paths))
    for entries, names, matter in (
        (forward, _FRONT, Matter.FRONT),
        (forward[::-1], _BACK, Matter.BACK),
    ):
        is_end = True
        for index, path in entries:
            if _bears(path, names) and (is_end or not _has_number(path)):
                matters[index] = matter
            elif not _is_opener(path):
                is_end = False
    return matters


def _bears(path: str, names: re.Pattern[str]) -> bool:
    return "/" not in path and not _is_opener(path) and bool(names.fullmatch(_plain(path)))


def _is_opener(name: str) -> bool:
    return _opener_rank(name) < len(_OPENERS)


def _opener_rank(name: str) -> int:
    plain = _plain(name)
    known = plain in _OPENERS and not _has_number(name)
    return _OPENERS.index(plain) if known else len(_OPENERS)


def _has_number(name: str) -> bool:
    return bool(_NUMBER.match(name))


def _plain(name: str) -> str:
    """Write a name without number, suffix and separators."""
    stem = unicodedata.normalize("NFKC", posixpath.splitext(name)[0]).casefold()
    return re.sub(r"[\s_-]+", " ", _NUMBER.sub("", stem)).strip()


def _part(name: str, paths: Sequence[str], read: Read) -> tuple[PartHead, Sequence[str]]:
    """Give the head of a folder, and the files that are its chapters."""
    folder, _, file = paths[0].rpartition("/")
    can_head = len(paths) > 1 and posixpath.basename(folder) == name and _opener_rank(file) < _HEADS
    source = read(paths[0]) if can_head else None
    if source and (found := _HEAD.match(source.text, source.body)):
        words = found["summary"].split()
        if len(words) < _LONGEST_SUMMARY and not _MARKUP.search(found["summary"]):
            at = source.locate(found.start("title"))
            return PartHead(found["title"], " ".join(words), at), paths[1:]
    return PartHead(prettify(name), "", Location(paths[0])), paths
