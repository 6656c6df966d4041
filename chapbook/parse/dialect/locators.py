"""Places within a work, as authors write them after a key: `, pp. 33-35`, `, ch. 3`, `12頁`.

Their kinds are those of CSL (https://docs.citationstyles.org/en/stable/specification.html#locators).
"""

import re

# By kind, all languages that the house has words in; a word may end with a full stop.
_WORDS = {
    "page": "p pp pg pgs page pages s ss S Seite Seiten pág págs página páginas pag pagg pagina "
    "str",
    "chapter": "ch chs chap chaps chapter chapters Kap Kapitel chapitre cap capítulo rozdz kapitel "
    "hoofdstuk",
    "section": "sec secs sect section sections Abschn Abschnitt § §§ sección sezione seção "
    "avsnitt paragraaf",
    "volume": "vol vols volume volumes Bd Bde Band t tom tome tomo band deel",
    "figure": "fig figs figure figures Abb Abbildung figura afb rys",
    "note": "n nn note notes Anm nota noot przyp",
    "issue": "no nos number numbers Nr nr núm",
    "column": "col cols column columns Sp",
    "book": "bk bks book books Buch livre libro livro boek",
    "folio": "fol fols folio folios",
    "line": "l ll line lines Z Zeile ligne regel rad wers",
    "opus": "op opp opus",
    "part": "pt pts part parts Teil partie parte del część",
    "paragraph": "para paras paragraph paragraphs ¶ ¶¶ Abs Absatz",
    "verse": "v vv verse verses",
    "sub-verbo": "s.v s.vv",
}
KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_SIGNS = {"頁": "page", "ページ": "page", "章": "chapter", "節": "section", "巻": "volume"}
_NUMBER = r"(?:[A-Za-z]{0,3}[0-9][\w.:/]*(?<![.:/])|[ivxlcdm]+\b|[IVXLCDM]+\b)"
_NUMBERS = rf"{_NUMBER}(?:\s*(?:[-–—,&]|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*{_NUMBER})*"  # noqa: RUF001
LABELLED = re.compile(
    rf"[\s,]*(?P<word>[^\W\d_][^\s\d,]*?|[§¶]+)(?:\.\s*|\s+|(?=[0-9]))(?P<value>{_NUMBERS})"
)
BARE = re.compile(rf"\s*,\s*(?P<value>{_NUMBERS})(?![\w])")
SIGNED = re.compile(
    rf"[\s,、]*第?(?P<value>[0-9]+(?:[-–—~〜,、][0-9]+)*)(?P<sign>{'|'.join(_SIGNS)})"  # noqa: RUF001
)
IN_BRACES = re.compile(r"[\s,]*\{(?P<inside>[^{}]*)\}")


def cut_locator(suffix: str) -> tuple[str, str, str]:
    """Cut what follows a key into the kind of the place, the place, and the rest."""
    if braced := IN_BRACES.match(suffix):
        label, value, rest = cut_locator(f", {braced['inside']}")
        value = value + rest if value else braced["inside"].strip()
        return label or "page", value, _end(suffix[braced.end() :])
    if signed := SIGNED.match(suffix):
        return _SIGNS[signed["sign"]], signed["value"], _end(suffix[signed.end() :])
    labelled = LABELLED.match(suffix)
    if labelled and (kind := _kind(labelled["word"])):
        return kind, _value(labelled), _end(suffix[labelled.end() :])
    if bare := BARE.match(suffix):
        return "page", _value(bare), _end(suffix[bare.end() :])
    return "", "", _end(suffix)


def _kind(word: str) -> str:
    return KINDS.get(word) or KINDS.get(word.casefold(), "")


def _value(match: re.Match[str]) -> str:
    return " ".join(match["value"].split())


def _end(text: str) -> str:
    """Keep one space before words that follow without a comma."""
    end = " ".join(text.split())
    return f" {end}" if end and text[:1].isspace() else end
