"""Give the e-book its documents in parts that a small reader can bear."""

from collections.abc import Iterator, Sequence

from chapbook.compose.epub_markup import properties
from chapbook.compose.epub_split import Text, lead_on, part_texts
from chapbook.compose.markup import parse_document
from chapbook.publication import EpubDocument

XHTML = "application/xhtml+xml"


def part_documents(documents: Sequence[EpubDocument], limit: int) -> Iterator[EpubDocument]:
    """Part what is read page by page and is longer than `limit` bytes; 0 is no limit.

    Links lead to the part that has their target, also those of the navigation.
    """
    long = [d for d in documents if d.media_type == XHTML and d.in_spine and not _is_nav(d)]
    parted, moved = part_texts([Text(d.name, d.content) for d in long], limit)
    parts = {document.name: texts for document, texts in zip(long, parted, strict=True)}
    for document in documents:
        texts = parts.get(document.name, [Text(document.name, document.content)])
        for text in texts:
            led = lead_on(text, moved, document.name)
            yield _made(document, led, is_part=len(texts) > 1)


def _is_nav(document: EpubDocument) -> bool:
    return "nav" in document.properties


def _made(whole: EpubDocument, text: Text, is_part: bool) -> EpubDocument:
    if not is_part:
        if text.content is whole.content:
            return whole
        names, key = whole.properties, whole.id
    else:
        names = tuple(properties(parse_document(text.content)))
        key = text.name.removesuffix(".xhtml")
    return EpubDocument(
        text.name, key, whole.media_type, text.content, names, whole.in_spine, whole.linear
    )
