"""Say in the PDF what the book is: XMP (ISO 16684-1), the old information dictionary, the views."""

import re
from collections.abc import Mapping
from importlib.metadata import version
from xml.etree import ElementTree as ET

from chapbook import __version__
from chapbook.publication import Metadata
from chapbook.settings import Edition

NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "prism": "http://prismstandard.org/namespaces/basic/3.0/",
    "cc": "http://creativecommons.org/ns#",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{}\n<?xpacket end="r"?>'
PROGRAM = f"Chapbook {__version__}"
PRODUCER = f"WeasyPrint {version('weasyprint')}"
EPOCH = "2000-01-01"  # No date is taken from the clock: the same book gives the same bytes.
DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?"
)


def information(metadata: Metadata) -> dict[str, str]:
    """Give the entries of the information dictionary (ISO 32000-1, 14.3.3)."""
    date = pdf_date(metadata.date or EPOCH)
    entries = {
        "Title": metadata.title,
        "Author": ", ".join(metadata.authors),
        "Subject": metadata.description,
        "Keywords": ", ".join(metadata.subjects),
        "CreationDate": date,
        "ModDate": pdf_date(metadata.modified) or date,
        "Producer": PRODUCER,
        "Creator": PROGRAM,
    }
    return {name: value for name, value in entries.items() if value}


def pdf_date(date: str) -> str:
    """Write a date of ISO 8601 as PDF has it (ISO 32000-1, 7.9.4); '' for what is no date."""
    found = DATE.fullmatch(date)
    if not found:
        return ""
    year, month, day, hour, minute, second, zone = (group or "" for group in found.groups())
    if not hour:
        return f"D:{year}{month}{day}"
    zone = f"{zone[:3]}'{zone[4:]}" if len(zone) > 1 else zone
    return f"D:{year}{month}{day}{hour}{minute}{second or '00'}{zone}"


def views(edition: Edition, has_outline: bool) -> dict[str, str]:
    """Say how a viewer opens the book: on a screen one page, with the outline."""
    if edition is Edition.PRINT:
        return {"PageLayout": "TwoPageRight"}
    return {"PageLayout": "SinglePage"} | ({"PageMode": "UseOutlines"} if has_outline else {})


def write_xmp(metadata: Metadata, is_accessible: bool) -> str:
    """Write the XMP packet; only where `is_accessible` does the file claim to be PDF/UA-1."""
    for prefix, uri in NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    meta = ET.Element(_name("x:xmpmeta"))
    rdf = ET.SubElement(meta, _name("rdf:RDF"))
    about = ET.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    if is_accessible:
        ET.SubElement(about, _name("pdfuaid:part")).text = "1"
    _write_dublin_core(about, metadata)
    ET.SubElement(about, _name("xmp:CreatorTool")).text = PROGRAM
    ET.SubElement(about, _name("pdf:Producer")).text = PRODUCER
    changed = metadata.modified or metadata.date
    _write_plain(about, {"xmp:CreateDate": metadata.date, "xmp:ModifyDate": changed})
    _write_plain(about, {"pdf:Keywords": ", ".join(metadata.subjects)})
    _write_rights(about, metadata)
    _write_catalogue(about, metadata)
    return PACKET.format(ET.tostring(meta, encoding="unicode"))


def _write_plain(about: ET.Element, said: Mapping[str, str]) -> None:
    for name, text in said.items():
        if text:
            ET.SubElement(about, _name(name)).text = text


def _write_rights(about: ET.Element, metadata: Metadata) -> None:
    """Write what may be done with the book (ISO 16684-1, 8.5; https://creativecommons.org/ns)."""
    licence = metadata.license
    if metadata.rights or licence:
        ET.SubElement(about, _name("xmpRights:Marked")).text = "True"
    if "://" in licence:
        ET.SubElement(about, _name("xmpRights:WebStatement")).text = licence
        ET.SubElement(about, _name("cc:license"), {_name("rdf:resource"): licence})
    elif licence:
        _write_array(about, "xmpRights:UsageTerms", "rdf:Alt", [licence])


def _write_catalogue(about: ET.Element, metadata: Metadata) -> None:
    """Write what Dublin Core has no place for, in the words of PRISM 3.0."""
    said = {
        "prism:subtitle": metadata.subtitle,
        "prism:isbn": metadata.isbn,
        "prism:bookEdition": metadata.edition,
        "prism:seriesTitle": metadata.series.name,
        "prism:seriesNumber": metadata.series.position,
        "prism:issn": metadata.series.issn,
        "prism:publicationDate": metadata.date,
    }
    _write_plain(about, said)


def _write_dublin_core(about: ET.Element, metadata: Metadata) -> None:
    ET.SubElement(about, _name("dc:format")).text = "application/pdf"
    ET.SubElement(about, _name("dc:identifier")).text = metadata.identifier
    titles = {"x-default": metadata.title}
    if metadata.spellings:
        titles[metadata.language] = metadata.title
    titles |= {spelling.language: spelling.text for spelling in metadata.spellings}
    _write_titles(about, titles)
    for name, kind, texts in (
        ("dc:creator", "rdf:Seq", metadata.authors),
        ("dc:contributor", "rdf:Bag", metadata.contributors),
        ("dc:date", "rdf:Seq", (metadata.date,)),
        ("dc:description", "rdf:Alt", (metadata.description,)),
        ("dc:rights", "rdf:Alt", (metadata.rights,)),
        ("dc:language", "rdf:Bag", (metadata.language,)),
        ("dc:publisher", "rdf:Bag", (metadata.publisher,)),
        ("dc:subject", "rdf:Bag", metadata.subjects),
    ):
        _write_array(about, name, kind, [text for text in texts if text])


def _write_titles(about: ET.Element, titles: Mapping[str, str]) -> None:
    array = ET.SubElement(ET.SubElement(about, _name("dc:title")), _name("rdf:Alt"))
    for language, title in titles.items():
        ET.SubElement(array, _name("rdf:li"), {XML_LANG: language}).text = title


def _write_array(about: ET.Element, name: str, kind: str, texts: list[str]) -> None:
    if not texts:
        return
    array = ET.SubElement(ET.SubElement(about, _name(name)), _name(kind))
    for text in texts:
        attributes = {XML_LANG: "x-default"} if kind == "rdf:Alt" else {}
        ET.SubElement(array, _name("rdf:li"), attributes).text = text


def _name(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
