"""E-books that other tools stumble over: a thousand chapters, a huge one, upright lines.

EPUBCheck may find nothing in them, and every word that was written is in them.
"""

import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageDraw

from tests.conftest import run_chapbook
from tests.validators.epubcheck import validate

XHTML = "{http://www.w3.org/1999/xhtml}"
HOUSE_SIZE = 250_000
Files = dict[str, str]


def prose(seed: int, count: int) -> str:
    """Give words that stand nowhere else."""
    chance = random.Random(seed)
    return " ".join(f"w{seed}x{chance.randrange(10**6)}" for _ in range(count))


def thousand_chapters(_: Path) -> Files:
    names = [f"c{n:04}.md" for n in range(1000)]
    files = {
        name: f"# Chapter {n}\n\n{prose(n, 20)} [on]({names[(n + 1) % 1000]}).\n"
        for n, name in enumerate(names)
    }
    return {**files, "book.toml": 'title = "A Thousand"\n'}


def huge_chapter(_: Path) -> Files:
    parts = ["# Huge\n\n"]
    for n in range(150):
        parts.append(f"## Section {n} {{#s{n}}}\n\n{prose(n, 300)}[^n{n}] [far](#s{149 - n}).\n\n")
        parts.append(f"[^n{n}]: {prose(1000 + n, 20)}\n\n")
    rows = "".join(f"| {n} | {prose(2000 + n, 12)} |\n" for n in range(1500))
    items = "".join(f"{n}. {prose(4000 + n, 12)}\n" for n in range(1, 1500))
    parts += [f"| a | b |\n| --- | --- |\n{rows}\n", f"<!-- -->\n\n{items}\n"]
    other = "# Other\n\n[a](huge.md#s3) [b](huge.md#s140)\n"
    return {
        "huge.md": "".join(parts),
        "other.md": other,
        "book.toml": 'title = "Huge"\nchapters = ["huge.md", "other.md"]\n',
    }


def names_of_all_scripts(folder: Path) -> Files:
    images = ("снимок.png", "写真.png", "صورة.png", "1st picture.png")
    for name in images:
        drawn(60).save(folder / name)
    shown = "".join(f"![Alt {n}](<../images/{name}>)\n\n" for n, name in enumerate(images))
    chapters = ("глава.md", "第一章.md", "فصل.md", "1st.md")
    text = "## 1st {#1st}\n\n## 日本 語\n\n## Глава {#глава}\n\n"
    links = "".join(f"[{n}](<{name}#1st>) " for n, name in enumerate(chapters))
    files = {
        f"text/{name}": f"# Title {n}\n\n{text}{shown}{links}\n" for n, name in enumerate(chapters)
    }
    listed = ", ".join(f'"text/{name}"' for name in chapters)
    return {**files, "book.toml": f'title = "All Scripts"\nchapters = [{listed}]\n'}


def right_to_left(_: Path) -> Files:
    text = (
        "# الفصل الأول\n\nهذا نص عربي مع English ورقم 12.[^a] **قوي** و*مائل*\n\n[^a]: حاشية.\n\n"  # noqa: RUF001
    )
    table = "| أ | ب |\n| --- | --- |\n| واحد | اثنان |\n"
    toml = 'title = "كتاب"\nlanguage = "ar"\nchapters = ["a.md"]\n'
    words = 'contents = "المحتويات"\nnotes = "حواش"\n'
    return {"a.md": text + table, "book.toml": toml, "templates/words/ar.toml": words}


def three_hundred_images(folder: Path) -> Files:
    for n in range(300):
        drawn(40 + n % 7).save(folder / f"p{n}.{('png', 'jpg', 'gif')[n % 3]}")
    Image.effect_noise((2600, 1700), 50).convert("CMYK").save(folder / "large.jpg", quality=95)
    names = [f"p{n}.{('png', 'jpg', 'gif')[n % 3]}" for n in range(300)] + ["large.jpg"]
    shown = "".join(f"![Picture {n}](images/{name})\n\n" for n, name in enumerate(names))
    toml = 'title = "Pictures"\nchapters = ["a.md"]\n[epub]\nstores = ["kindle", "kobo"]\n'
    cover = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="96"><rect width="60" '
    cover += 'height="96" fill="#246"/></svg>'
    toml += 'document-bytes = 10000\n[cover]\nimage = "images/cover.svg"\nalt = "Blue"\n'
    (folder / "cover.svg").write_text(cover, "utf-8")
    return {"a.md": f"# Pictures\n\n{shown}", "book.toml": toml}


def upright_japanese(_: Path) -> Files:
    text = (
        "# 十月十日\n\n平成12年3月8日、<ruby>漢字<rt>かんじ</rt></ruby>を*強調*する。"
        "本当!? 2026年。[^a]\n\n"
        "[^a]: 注、5番。\n\n## 節\n\n- 一\n- 二\n\n> 引用 10 行\n\n"
        "| 名 | 数 |\n| --- | --- |\n| 甲 | 12 |\n\n```python\nprint(12)\n```\n\n"
    ) + "吾輩は猫である。名前はまだ無い。" * 200
    toml = 'title = "縦書き"\nlanguage = "ja"\nchapters = ["a.md"]\n[epub]\nwriting = "vertical"\n'
    return {"a.md": text, "book.toml": toml}


def drawn(side: int) -> Image.Image:
    image = Image.new("RGB", (side, side), "white")
    ImageDraw.Draw(image).line((0, 0, side, side), fill="navy", width=3)
    return image


BOOKS = (
    thousand_chapters,
    huge_chapter,
    names_of_all_scripts,
    right_to_left,
    three_hundred_images,
    upright_japanese,
)


Made = tuple[Callable[[Path], Files], Files, Path]


@pytest.fixture(scope="module", params=BOOKS, ids=lambda make: make.__name__)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("stress") / "book"
    (folder / "images").mkdir(parents=True)
    files = request.param(folder / "images")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    built = run_chapbook(folder, folder.parent / "output", "--quiet", "--jobs=1", "epub")
    assert "error[" not in built.said, built.said
    return request.param, files, built.only(".epub")


def test_epubcheck_finds_nothing(made: Made) -> None:
    assert validate(made[2]) == []


def test_no_word_is_lost_and_every_document_is_short(made: Made) -> None:
    make, files, epub = made
    texts = []
    with zipfile.ZipFile(epub) as archive:
        for info in archive.infolist():
            if info.filename.endswith(".xhtml"):
                tree = ElementTree.fromstring(archive.read(info))
                texts.append(" ".join(tree.itertext()))
                assert info.file_size <= HOUSE_SIZE or "nav" in info.filename
    written = set(re.findall(r"w\d+x\d+", " ".join(files.values())))
    assert written <= set(re.findall(r"w\d+x\d+", " ".join(texts)))
    if make is huge_chapter:
        assert len(texts) > 6
