"""Link the chapters of a book: write what they have in common, and bring all into one file."""

from collections.abc import Sequence

from chapbook.cache import Cache
from chapbook.finish.destinations import write_destinations
from chapbook.finish.drafts import Manner
from chapbook.finish.furniture import Furnisher
from chapbook.finish.labels import label_ranges
from chapbook.finish.metadata import information, views, write_xmp
from chapbook.finish.name_tree import write_name_tree
from chapbook.finish.numbers import CATALOG, DOCUMENT, FONTS, INFO, PAGES, PARENTS, STRUCTURE
from chapbook.finish.outline import write_outline
from chapbook.finish.pictures import write_pictures
from chapbook.finish.placing import Placed, Places, place_chapters
from chapbook.finish.slots import Slot
from chapbook.finish.syntax import references, renumber, text
from chapbook.finish.tags import ROLE_MAP
from chapbook.finish.volume import Volume
from chapbook.laid import FontSet, Leaf, Typeset
from chapbook.publication import Metadata, PagedPublication
from chapbook.settings import Edition


def link(typeset: Typeset, publication: PagedPublication, cache: Cache) -> bytes:
    """Join the chapters of a book into one PDF; what is unchanged is taken from the cache."""
    manner = Manner(
        publication.metadata.language,
        has_links=publication.edition is Edition.SCREEN,
        names_are_wide=not all(name.isascii() for name in typeset.anchors),
        is_cut=publication.edition is Edition.SCREEN,
    )
    places = place_chapters(typeset, manner, cache)
    volume = Volume(places.end)
    _write_pages(volume, typeset, places)
    _write_fonts(volume, typeset.fonts)
    slots = [chapter.slot for chapter in places.chapters]
    names = write_destinations(volume, [slot.destinations for slot in slots], manner.names_are_wide)
    outline = write_outline(volume, [line for slot in slots for line in slot.outline])
    _write_structure(volume, slots, manner.names_are_wide)
    _write_information(volume, publication.metadata)
    catalog = [
        b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R" % (PAGES, STRUCTURE),
        b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>",
        b"/Lang%b" % text(publication.metadata.language),
        b"/Metadata %d 0 R" % _write_xmp(volume, typeset, publication.metadata),
        b"/Names<</Dests %d 0 R>>" % names if names else b"",
        b"/Outlines %d 0 R" % outline if outline else b"",
        b"/PageLabels<</Nums[%b]>>" % _labels(typeset.leaves),
        *(b"/%b/%b" % entry for entry in _views(publication.edition, bool(outline))),
    ]
    volume.add(CATALOG, b"%b>>" % b"".join(catalog))
    return volume.close(CATALOG, INFO)


def _write_pages(volume: Volume, typeset: Typeset, places: Places) -> None:
    chapters = places.chapters
    write_pictures(volume, places.pictures, [(one.pictures, one.parts) for one in chapters])
    furnisher = Furnisher(volume, typeset.furniture, places.pictures)
    for chapter in chapters:
        _write_chapter(volume, chapter, furnisher)
    nodes = [chapter.slot.node for chapter in chapters if chapter.slot.pages]
    pages = sum(len(chapter.slot.pages) for chapter in chapters)
    volume.add(PAGES, b"<</Type/Pages/Count %d/Kids%b>>" % (pages, references(nodes)))


def _write_chapter(volume: Volume, chapter: Placed, furnisher: Furnisher) -> None:
    slot, bound, parts = chapter.slot, chapter.bound, chapter.parts
    volume.rows.paste(slot.base, slot.rows)
    for packet in slot.packets:
        volume.add_stream(packet.number, packet.head, packet.payload)
    for number, head, part in slot.streams:
        volume.add_stream(number, head, parts[part - 1].payload or b"")
    names = furnisher.entries(bound.furniture)
    for number, entries in slot.resources:
        volume.add(number, b"%b%b>>/Font %d 0 R>>" % (entries, names, FONTS))
    drawn = zip(slot.pages, slot.contents, bound.shifts, bound.furniture, strict=True)
    for number, (entries, content, shift, furniture) in enumerate(drawn, slot.base):
        contents = furnisher.contents(content, shift, furniture)
        volume.add(number, b"%b/Contents%b>>" % (entries, contents))


def _write_fonts(volume: Volume, fonts: FontSet) -> None:
    numbers = [volume.new() for _ in fonts.parts]
    for number, part in zip(numbers, fonts.parts, strict=True):
        head = renumber(part.head, lambda place: numbers[place - 1])
        if part.payload is None:
            volume.add(number, head)
        else:
            volume.add_stream(number, head, part.payload)
    entries = renumber(fonts.entries, lambda place: numbers[place - 1])
    volume.add(FONTS, b"<<%b>>" % entries)


def _write_structure(volume: Volume, slots: Sequence[Slot], is_wide: bool) -> None:
    """Write the root of the structure, and what joins that of the chapters (ISO 32000-1, 14.7)."""
    tags = references([tag for slot in slots for tag in slot.tags])
    document = b"<</Type/StructElem/S/Document/P %d 0 R/K%b>>" % (STRUCTURE, tags)
    volume.add(DOCUMENT, document)
    volume.add(PARENTS, b"<</Kids%b>>" % references([slot.parents for slot in slots]))
    notes = sorted(note for slot in slots for note in slot.notes)
    named = [(text(key, is_wide), b"%d 0 R " % number) for key, number in notes]
    keys = write_name_tree(volume, named)
    roles = "".join(f"/{role}/{older}" for role, older in ROLE_MAP.items()).encode("ascii")
    root = (
        b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d/RoleMap<<%b>>%b>>"
    )
    ids = b"/IDTree %d 0 R" % keys if keys else b""
    volume.add(STRUCTURE, root % (DOCUMENT, PARENTS, len(volume.rows), roles, ids))


def _write_information(volume: Volume, metadata: Metadata) -> None:
    entries = information(metadata).items()
    written = [b"/%b%b" % (key.encode("ascii"), text(value)) for key, value in entries]
    volume.add(INFO, b"<<%b>>" % b"".join(written))


def _write_xmp(volume: Volume, typeset: Typeset, metadata: Metadata) -> int:
    packet = write_xmp(metadata, is_accessible=not typeset.missing_glyphs).encode()
    return volume.add_stream(volume.new(), b"<</Type/Metadata/Subtype/XML>>", packet)


def _labels(leaves: Sequence[Leaf]) -> bytes:
    ranges = [b"%d<</S/%b>>" % (place, style.encode()) for place, style in label_ranges(leaves)]
    return b"".join(ranges)


def _views(edition: Edition, has_outline: bool) -> list[tuple[bytes, bytes]]:
    shown = views(edition, has_outline).items()
    return [(key.encode("ascii"), name.encode("ascii")) for key, name in shown]
