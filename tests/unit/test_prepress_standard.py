"""Each rule of PDF/X, with a file that breaks it and no other rule's file."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from chapbook.prepress.standard import RULES, check_standard
from chapbook.print_shop import Standard
from tests.prepress_files import opened, pages, strict, written

Break = Callable[[pikepdf.Pdf], None]
X4, X1A = Standard.X4, Standard.X1A
VERSIONS = {X4: "1.6", X1A: "1.4"}


def broken(standard: Standard, change: Break) -> set[str]:
    """Give the rules that a sound file breaks after a change."""
    with opened(strict(standard)) as file:
        change(file)
        modes = pikepdf.ObjectStreamMode
        pdf = written(
            file,
            force_version=VERSIONS[standard],
            object_stream_mode=modes.disable if standard is X1A else modes.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=False,
        )
    return {breach.rule for breach in check_standard(pdf, standard)}


def draw(file: pikepdf.Pdf, content: bytes) -> None:
    """Let the first page draw something more."""
    page = file.pages[0]
    page.Contents = Array([*page.Contents.as_list(), file.make_stream(content)])


def know(file: pikepdf.Pdf, kind: str, name: str, item: object) -> None:
    """Let the first page know something by name."""
    resources = file.pages[0].Resources
    if kind not in resources:
        resources[kind] = Dictionary()
    resources[kind][name] = item


def state(**entries: Any) -> Break:
    def change(file: pikepdf.Pdf) -> None:
        know(file, "/ExtGState", "/Odd", Dictionary(**entries))
        draw(file, b"/Odd gs 0 0 9 9 re f\n")

    return change


def picture(**entries: object) -> Break:
    def change(file: pikepdf.Pdf) -> None:
        image = file.make_stream(b"\0")
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width = image.Height = 1
        image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceGray
        for key, value in entries.items():
            image[f"/{key}"] = value
        know(file, "/XObject", "/Odd", image)
        draw(file, b"/Odd Do\n")

    return change


def form(content: bytes = b"", **entries: object) -> Break:
    def change(file: pikepdf.Pdf) -> None:
        stream = file.make_stream(content)
        stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        for key, value in entries.items():
            stream[f"/{key}"] = value
        know(file, "/XObject", "/Odd", stream)
        draw(file, b"/Odd Do\n")

    return change


def catalog(key: str, value: object) -> Break:
    def change(file: pikepdf.Pdf) -> None:
        file.Root[key] = value

    return change


def info(key: str, value: object = None) -> Break:
    def change(file: pikepdf.Pdf) -> None:
        if value is None:
            del file.docinfo[key]
        else:
            file.docinfo[key] = value

    return change


def packet(old: bytes, new: bytes) -> Break:
    def change(file: pikepdf.Pdf) -> None:
        before = file.Root.Metadata.read_bytes()
        assert old in before
        file.Root.Metadata.write(before.replace(old, new))

    return change


def annotate(file: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 20, 20]))
    file.pages[0].Annots = Array([file.make_indirect(link)])


def attach(file: pikepdf.Pdf) -> None:
    file.attachments["a.txt"] = b"words"


def outline(file: pikepdf.Pdf) -> None:
    away = Dictionary(S=Name.URI, URI=String("https://e.org"))
    line = file.make_indirect(Dictionary(Title=String("x"), A=away))
    file.Root.Outlines = file.make_indirect(Dictionary(First=line, Last=line))


def unembed(file: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    know(file, "/Font", "/Odd", file.make_indirect(font))
    draw(file, b"BT /Odd 9 Tf (A) Tj ET\n")


def code_with_lzw(file: pikepdf.Pdf) -> None:
    stream = file.make_stream(b"")
    stream.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)
    file.Root.Odd = stream


def narrow(file: pikepdf.Pdf) -> None:
    file.pages[0].BleedBox = Array([5, 5, 50, 50])


def art(file: pikepdf.Pdf) -> None:
    file.pages[0].ArtBox = file.pages[0].TrimBox


def second_intent(file: pikepdf.Pdf) -> None:
    file.Root.OutputIntents.append(file.Root.OutputIntents[0])


def screen_profile(file: pikepdf.Pdf) -> None:
    profile = file.Root.OutputIntents[0].DestOutputProfile
    before = profile.read_bytes()
    profile.write(before[:12] + b"mntr" + before[16:])


def wrong_number(file: pikepdf.Pdf) -> None:
    file.Root.OutputIntents[0].DestOutputProfile.N = 3


def blend_page(file: pikepdf.Pdf) -> None:
    file.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)


def operator(content: bytes) -> Break:
    return lambda file: draw(file, content)


GROUP = Dictionary(S=Name.Transparency)
ACTION = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))
CAL_RGB = Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.95, 1, 1.09]))])

BOTH: list[tuple[str, Break]] = [
    ("version", catalog("/Version", Name("/1.7"))),
    ("filters", code_with_lzw),
    ("actions", catalog("/OpenAction", ACTION)),
    ("actions", outline),
    ("attachments", attach),
    ("forms", catalog("/AcroForm", Dictionary(Fields=Array()))),
    ("title", info("/Title")),
    ("dates", info("/ModDate")),
    ("dates", info("/CreationDate", "yesterday")),
    ("dates", packet(b"<xmp:CreateDate>2024", b"<xmp:CreateDate>2023")),
    ("trapped", info("/Trapped")),
    ("trapped", info("/Trapped", Name.Unknown)),
    ("trapped", info("/Trapped", Name("/True"))),
    ("output-intent", catalog("/OutputIntents", Array())),
    ("output-intent", second_intent),
    ("output-profile", screen_profile),
    ("output-profile", wrong_number),
    ("view-areas", catalog("/ViewerPreferences", Dictionary(PrintArea=Name.CropBox))),
    ("trim-box", art),
    ("nested-boxes", narrow),
    ("annotations", annotate),
    ("fonts", unembed),
    ("transfer", state(TR=Name.Identity)),
    ("transfer", state(TR2=Name.Identity)),
    ("halftones", state(HT=Dictionary(Type=Name.Halftone, HalftoneType=6))),
    ("rendering-intents", state(RI=Name.Pretty)),
    ("rendering-intents", picture(Intent=Name.Pretty)),
    ("postscript", form(Subtype2=Name.PS)),
    ("other-pictures", form(Ref=Dictionary())),
    ("other-pictures", picture(Alternates=Array())),
    ("device-colours", operator(b"1 0 0 rg 0 0 9 9 re f\n")),
    ("device-colours", picture(ColorSpace=Name.DeviceRGB)),
    ("device-colours", form(b"/DeviceRGB cs 1 0 0 sc 0 0 9 9 re f\n")),
    ("device-colours", operator(b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI\n")),
]
OF_X4: list[tuple[str, Break]] = [
    ("standard", packet(b"PDF/X-4", b"PDF/X-5")),
    ("title", packet(b">A Book &amp; More<", b"><")),
    ("identity", packet(b"xmpMM:VersionID", b"xmpMM:Version")),
    ("trapped", packet(b"<pdf:Trapped>False</pdf:Trapped>", b"")),
    ("blending", blend_page),
    ("blending", form(Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
]
OF_X1A: list[tuple[str, Break]] = [
    ("standard", info("/GTS_PDFXVersion", "PDF/X-1:2001")),
    ("filters", picture(Filter=Name.JPXDecode)),
    ("layers", catalog("/OCProperties", Dictionary())),
    ("inks", operator(b"1 0 0 rg 0 0 9 9 re f\n")),
    ("inks", picture(ColorSpace=CAL_RGB)),
    ("transparency", state(ca=0.5)),
    ("transparency", state(BM=Name.Multiply)),
    ("transparency", state(SMask=Dictionary(S=Name.Alpha))),
    ("transparency", blend_page),
    ("transparency", form(Group=GROUP)),
    ("transparency", picture(SMaskInData=1)),
]
CASES = [(X4, *case) for case in BOTH + OF_X4] + [(X1A, *case) for case in BOTH + OF_X1A]
ELSEWHERE = {"cross-reference-table", "encryption", "identifier"}


@pytest.mark.parametrize("standard", [X4, X1A])
def test_a_sound_file_breaks_no_rule(standard: Standard) -> None:
    assert broken(standard, lambda _: None) == set()


@pytest.mark.parametrize(("standard", "rule", "change"), CASES)
def test_the_change_breaks_the_rule(standard: Standard, rule: str, change: Break) -> None:
    assert rule in broken(standard, change)


@pytest.mark.parametrize("standard", [X4, X1A])
def test_each_rule_has_a_file_that_breaks_it(standard: Standard) -> None:
    rules = {rule.name for rule in RULES if standard in rule.clauses}
    assert rules - ELSEWHERE == {rule for asked, rule, _ in CASES if asked is standard}


def test_the_bytes_themselves_are_looked_at() -> None:
    sound = strict(X1A)
    with opened(sound) as file:
        packed = written(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    rules = {breach.rule for breach in check_standard(packed, X1A)}
    assert rules == {"version", "cross-reference-table"}
    nameless = sound[: sound.rindex(b"/ID")] + b"/IE" + sound[sound.rindex(b"/ID") + 3 :]
    assert {breach.rule for breach in check_standard(nameless, X1A)} == {"identifier"}


def test_an_encrypted_file_is_none() -> None:
    target = io.BytesIO()
    with opened(strict(X1A)) as file:
        file.save(target, encryption=pikepdf.Encryption(owner="o", user="", R=4, aes=True))
    assert "encryption" in {b.rule for b in check_standard(target.getvalue(), X1A)}


def test_a_breach_names_the_clause_and_nothing_is_asked_of_a_plain_file() -> None:
    plain = written(pages())
    assert check_standard(plain, Standard.NONE) == ()
    found = {breach.rule: breach.clause for breach in check_standard(plain, X4)}
    assert found["output-profile" if "output-profile" in found else "standard"].startswith("ISO")
    assert found["standard"] == "ISO 15930-7:2010, 6.10"
