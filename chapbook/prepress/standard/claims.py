"""Rules about what the file says of itself: the standard, the press, the title, the dates."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from pikepdf import Dictionary, Name, Object

from chapbook.prepress.identity import META, NAMESPACES, VERSIONS
from chapbook.prepress.standard.rules import Claim, both, only
from chapbook.print_shop import Standard

DATE = re.compile(r"D:\d{4}(\d\d(\d\d(\d\d(\d\d(\d\d)?)?)?)?)?(Z|[+-]\d\d'\d\d'?)?")
COMPONENTS = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}
SPACES = {Standard.X4: {*COMPONENTS}, Standard.X1A: {b"GRAY", b"CMYK"}}
TRAPPED = {"/True", "/False"}


def _text(value: Object | None) -> str:
    return "" if value is None else str(value).strip()


def _about(claim: Claim) -> ET.Element:
    """Give the XMP of the file; an empty element where it has none that can be read."""
    metadata = claim.file.Root.get("/Metadata", None)
    found = META.search(metadata.read_bytes()) if metadata is not None else None
    try:
        return ET.fromstring(found[0]) if found else ET.Element("none")
    except ET.ParseError:
        return ET.Element("none")


def _said(claim: Claim, name: str) -> list[str]:
    prefix, _, local = name.partition(":")
    found = _about(claim).iter(f"{{{NAMESPACES[prefix]}}}{local}")
    return ["".join(element.itertext()).strip() for element in found]


def _standard(claim: Claim) -> Iterator[str]:
    if claim.standard is Standard.X1A:
        said = [_text(claim.file.docinfo.get("/GTS_PDFXVersion"))]
    else:
        said = _said(claim, "pdfxid:GTS_PDFXVersion")
    if said != [VERSIONS[claim.standard]]:
        yield f"the file does not say that it is {VERSIONS[claim.standard]}"


def _title(claim: Claim) -> Iterator[str]:
    if not _text(claim.file.docinfo.get("/Title")):
        yield "the file has no title"
    if claim.standard is Standard.X4 and not any(_said(claim, "dc:title")):
        yield "the XMP has no title"


def _dates(claim: Claim) -> Iterator[str]:
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        date = _text(claim.file.docinfo.get(key))
        if not DATE.fullmatch(date):
            yield f"{key[1:]} is no date"
        (said, *_) = _said(claim, name) or [""]
        if re.sub(r"\D", "", said) != re.sub(r"\D", "", date) and (
            said or claim.standard is Standard.X4
        ):
            yield f"{key[1:]} and {name} differ"
    if claim.standard is Standard.X4 and not any(_said(claim, "xmp:MetadataDate")):
        yield "the XMP has no date of its own"


def _trapped(claim: Claim) -> Iterator[str]:
    trapped = _text(claim.file.docinfo.get("/Trapped"))
    if trapped not in TRAPPED:
        yield "the file does not say whether it is trapped"
    elif _said(claim, "pdf:Trapped") not in ([], [trapped[1:]]):
        yield "the XMP says otherwise whether it is trapped"
    elif claim.standard is Standard.X4 and not _said(claim, "pdf:Trapped"):
        yield "the XMP does not say whether it is trapped"


def _identity(claim: Claim) -> Iterator[str]:
    for name in ("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"):
        if not any(_said(claim, name)):
            yield f"the XMP has no {name}"


def _intent(claim: Claim) -> Iterator[str]:
    if len(claim.intents) != 1:
        yield f"the file has {len(claim.intents)} output intents for PDF/X"
    for intent in claim.intents:
        if not _text(intent.get("/OutputConditionIdentifier")):
            yield "the output intent names no printing condition"
        if not _text(intent.get("/RegistryName")) and not _text(intent.get("/Info")):
            yield "the output intent tells neither the registry nor in words what it is"


def _profile(claim: Claim) -> Iterator[str]:
    (intent, *_) = claim.intents or (None,)
    if intent is None:
        return
    if not claim.profile:
        if claim.standard is Standard.X4 or not _text(intent.get("/RegistryName")):
            yield "the output intent has no profile"
        return
    if claim.profile[12:16] != b"prtr":
        yield "the profile of the output intent is none of a press"
    space = claim.profile[16:20]
    if space not in SPACES[claim.standard]:
        yield f"the profile of the output intent is for {space.decode('ascii', 'replace').strip()}"
    elif int(intent.DestOutputProfile.get("/N", 0)) != COMPONENTS[space]:
        yield "the profile of the output intent has another number of inks than is said"


def _view(claim: Claim) -> Iterator[str]:
    views = claim.file.Root.get("/ViewerPreferences", Dictionary())
    for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"):
        if key in views and views[key] not in (Name.MediaBox, Name.BleedBox):
            yield f"{key[1:]} is {str(views[key])[1:]}"


RULES = (
    both("standard", "6.10", "6", _standard),
    both("title", "6.10", "6", _title),
    both("dates", "6.10", "6", _dates),
    both("trapped", "6 (ISO 32000-1, 14.11.6)", "6", _trapped),
    only(Standard.X4, "identity", "6.10", _identity),
    both("output-intent", "6 (ISO 32000-1, 14.11.5)", "6", _intent),
    both("output-profile", "6.4", "6", _profile),
    both("view-areas", "6 (ISO 32000-1, 12.2)", "6", _view),
)
