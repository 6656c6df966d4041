"""What a PDF/X file says of itself, in XMP and in the old dictionary, each time the same."""

import re
import uuid
from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Name, Stream, String

from chapbook.print_job import PrintJob
from chapbook.print_shop import Standard

NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "prism": "http://prismstandard.org/namespaces/basic/3.0/",
    "cc": "http://creativecommons.org/ns#",
}
PACKET = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n{}\n<?xpacket end="r"?>'
META = re.compile(rb"<x:xmpmeta.*</x:xmpmeta>", re.DOTALL)
VERSIONS = {Standard.X4: "PDF/X-4", Standard.X1A: "PDF/X-1a:2003"}
EPOCH = "2000-01-01"
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def identify(file: pikepdf.Pdf, job: PrintJob) -> None:
    """Let the file claim its standard, with dates that are those of the book."""
    standard = job.settings.standard
    found = DAY.match(job.metadata.date)
    day = found[0] if found else EPOCH
    info = file.docinfo
    info.Title = String(job.metadata.title)
    info.CreationDate = info.ModDate = String(f"D:{day.replace('-', '')}000000Z")
    info.Trapped = Name("/False")
    if standard is Standard.X1A:
        info.GTS_PDFXVersion = String(VERSIONS[standard])
    packet = _xmp(_existing(file), job, f"{day}T00:00:00Z")
    stream = Stream(file, packet.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    file.Root.Metadata = file.make_indirect(stream)


def _existing(file: pikepdf.Pdf) -> ET.Element:
    """Give the description that the file has of itself, or begin one."""
    for prefix, uri in NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    found = META.search(file.Root.Metadata.read_bytes()) if "/Metadata" in file.Root else None
    if found:
        return ET.fromstring(found[0])
    meta = ET.Element(_name("x:xmpmeta"))
    rdf = ET.SubElement(meta, _name("rdf:RDF"))
    ET.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    return meta


def _xmp(meta: ET.Element, job: PrintJob, stamp: str) -> str:
    about = meta.find(f"{_name('rdf:RDF')}/{_name('rdf:Description')}")
    assert about is not None
    metadata, standard = job.metadata, job.settings.standard
    work = uuid.uuid5(uuid.NAMESPACE_URL, metadata.identifier)
    version = "pdfx:GTS_PDFXVersion" if standard is Standard.X1A else "pdfxid:GTS_PDFXVersion"
    said = {
        version: VERSIONS[standard],
        "xmp:CreateDate": stamp,
        "xmp:ModifyDate": stamp,
        "xmp:MetadataDate": stamp,
        "xmpMM:DocumentID": f"uuid:{work}",
        "xmpMM:InstanceID": f"uuid:{uuid.uuid5(work, job.sources + version)}",
        "xmpMM:VersionID": "1",
        "xmpMM:RenditionClass": "default",
        "pdf:Trapped": "False",
    }
    for name, value in said.items():
        for old in about.findall(_name(name)):
            about.remove(old)
        ET.SubElement(about, _name(name)).text = value
    _title(about, metadata.title)
    return PACKET.format(ET.tostring(meta, encoding="unicode"))


def _title(about: ET.Element, title: str) -> None:
    if about.find(_name("dc:title")) is not None:
        return
    array = ET.SubElement(ET.SubElement(about, _name("dc:title")), _name("rdf:Alt"))
    language = {"{http://www.w3.org/XML/1998/namespace}lang": "x-default"}
    ET.SubElement(array, _name("rdf:li"), language).text = title


def _name(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
