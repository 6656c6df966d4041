"""Say in the PDF what the book is: XMP (ISO 16684-1), the old information dictionary, the views."""

from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Dictionary, Name, Stream, String

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
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{}\n<?xpacket end="r"?>'
PROGRAM = f"Chapbook {__version__}"


def write_metadata(pdf: pikepdf.Pdf, metadata: Metadata, is_accessible: bool) -> None:
    """Write the metadata; only where `is_accessible` does the file claim to be PDF/UA-1."""
    producer = str(pdf.docinfo.get("/Producer", PROGRAM))
    stream = Stream(pdf, write_xmp(metadata, producer, is_accessible).encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(stream)
    pdf.Root.Lang = String(metadata.language)
    pdf.docinfo["/Creator"] = String(PROGRAM)


def write_views(pdf: pikepdf.Pdf, edition: Edition) -> None:
    """Say how a viewer opens the book: by its title; on a screen one page, with the outline."""
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if edition is Edition.PRINT:
        pdf.Root.PageLayout = Name.TwoPageRight
    else:
        pdf.Root.PageLayout = Name.SinglePage
        if "/Outlines" in pdf.Root:
            pdf.Root.PageMode = Name.UseOutlines


def write_xmp(metadata: Metadata, producer: str, is_accessible: bool) -> str:
    """Write the XMP packet; `producer` is the program that wrote the pages."""
    for prefix, uri in NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    meta = ET.Element(_name("x:xmpmeta"))
    rdf = ET.SubElement(meta, _name("rdf:RDF"))
    about = ET.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    if is_accessible:
        ET.SubElement(about, _name("pdfuaid:part")).text = "1"
    _write_dublin_core(about, metadata)
    ET.SubElement(about, _name("xmp:CreatorTool")).text = PROGRAM
    ET.SubElement(about, _name("pdf:Producer")).text = producer
    if metadata.date:
        for name in ("xmp:CreateDate", "xmp:ModifyDate"):
            ET.SubElement(about, _name(name)).text = metadata.date
    if metadata.subjects:
        ET.SubElement(about, _name("pdf:Keywords")).text = ", ".join(metadata.subjects)
    if metadata.rights:
        ET.SubElement(about, _name("xmpRights:Marked")).text = "True"
    return PACKET.format(ET.tostring(meta, encoding="unicode"))


def _write_dublin_core(about: ET.Element, metadata: Metadata) -> None:
    ET.SubElement(about, _name("dc:format")).text = "application/pdf"
    ET.SubElement(about, _name("dc:identifier")).text = metadata.identifier
    for name, kind, texts in (
        ("dc:title", "rdf:Alt", (metadata.title,)),
        ("dc:creator", "rdf:Seq", metadata.authors),
        ("dc:description", "rdf:Alt", (metadata.description,)),
        ("dc:rights", "rdf:Alt", (metadata.rights,)),
        ("dc:language", "rdf:Bag", (metadata.language,)),
        ("dc:publisher", "rdf:Bag", (metadata.publisher,)),
        ("dc:subject", "rdf:Bag", metadata.subjects),
    ):
        _write_array(about, name, kind, [text for text in texts if text])


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
