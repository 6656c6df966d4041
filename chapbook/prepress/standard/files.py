"""Rules about the file as it is written: its version, its table, what is attached to it."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Stream

from chapbook.prepress.standard.rules import Claim, both, only
from chapbook.print_shop import Standard

NEWEST = {Standard.X4: (1, 6), Standard.X1A: (1, 4)}
FORBIDDEN_FILTERS = {
    Standard.X4: {"/LZWDecode", "/Crypt"},
    Standard.X1A: {"/LZWDecode", "/Crypt", "/JPXDecode", "/JBIG2Decode"},
}
ACTIONS = frozenset(
    {"/GoTo", "/GoToR", "/GoToE", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide"}
    | {"/Named", "/SubmitForm", "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState"}
    | {"/Rendition", "/Trans", "/GoTo3DView"}
)


def _version(claim: Claim) -> Iterator[str]:
    written = claim.pdf[5:8].decode("ascii", "replace")
    stated = str(claim.file.Root.get("/Version", f"/{written}"))[1:]
    for version in {written, stated}:
        major, _, minor = version.partition(".")
        is_number = major.isdigit() and minor.isdigit()
        if not is_number or (int(major), int(minor)) > NEWEST[claim.standard]:
            yield f"the file is PDF {version}"


def _table(claim: Claim) -> Iterator[str]:
    start = claim.pdf[claim.pdf.rfind(b"startxref") + 9 :].split()[0]
    if claim.pdf[int(start) : int(start) + 4] != b"xref":
        yield "the cross-reference table is a stream"


def _encryption(claim: Claim) -> Iterator[str]:
    if claim.file.is_encrypted:
        yield "the file is encrypted"


def _identifier(claim: Claim) -> Iterator[str]:
    identifier = claim.file.trailer.get("/ID", None)
    if not isinstance(identifier, Array) or len(identifier) != 2 or not all(map(bytes, identifier)):
        yield "the file has no identifier"


def _filters(claim: Claim) -> Iterator[str]:
    for item in claim.objects:
        if isinstance(item, Stream):
            used = item.get("/Filter", Array())
            names = {str(one) for one in (used if isinstance(used, Array) else [used])}
            for name in sorted(names & FORBIDDEN_FILTERS[claim.standard]):
                yield f"a stream is coded with {name[1:]}"


def _actions(claim: Claim) -> Iterator[str]:
    root = claim.file.Root
    for owner, what in ((root, "the file"), *((page.obj, "a page") for page in claim.file.pages)):
        if "/AA" in owner or isinstance(owner.get("/OpenAction"), Dictionary):
            yield f"{what} acts by itself"
    if "/JavaScript" in root.get("/Names", Dictionary()):
        yield "the file has scripts"
    for item in claim.objects:
        is_tag = "/P" in item or item.get("/Type") == Name.StructElem
        for action in (item, item.get("/A")):
            if isinstance(action, Dictionary) and not is_tag and str(action.get("/S")) in ACTIONS:
                yield f"something does {str(action.S)[1:]}"


def _attachments(claim: Claim) -> Iterator[str]:
    if "/EmbeddedFiles" in claim.file.Root.get("/Names", Dictionary()):
        yield "files are attached"
    for item in claim.objects:
        if "/EF" in item or item.get("/Type") == Name.EmbeddedFile:
            yield "a file is attached"


def _forms(claim: Claim) -> Iterator[str]:
    if "/AcroForm" in claim.file.Root:
        yield "the file has a form to fill in"


def _layers(claim: Claim) -> Iterator[str]:
    if "/OCProperties" in claim.file.Root:
        yield "the file has layers that can be hidden"


RULES = (
    both("version", "6.1", "6", _version),
    only(Standard.X1A, "cross-reference-table", "6 (PDF 1.4, 3.4.3)", _table),
    both("encryption", "6 (ISO 32000-1, 7.6)", "6", _encryption),
    both("identifier", "6 (ISO 32000-1, 14.4)", "6", _identifier),
    both("filters", "6 (ISO 32000-1, 7.4)", "6", _filters),
    both("actions", "6.18", "6", _actions),
    both("attachments", "6 (ISO 32000-1, 7.11.4)", "6", _attachments),
    both("forms", "6 (ISO 32000-1, 12.7)", "6", _forms),
    only(Standard.X1A, "layers", "6 (PDF 1.4 has none)", _layers),
)
