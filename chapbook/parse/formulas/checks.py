"""What can be said of the LaTeX of a formula before it is converted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 4000
DEEPEST = 60
PIECES = re.compile(
    r"%[^\n]*|\\(?P<edge>begin|end)\s*\{(?P<name>[^{}]*)\}|\\(?P<command>[A-Za-z]+\*?)|\\[\s\S]"
    r"|(?P<brace>[{}])"
)
# Text stands in these as it is.
TEXT = re.compile(r"\\(?:text[a-z]*|mbox|hbox|operatorname\*?|emph)\s*\{[^{}]*\}")
# These would make a formula of any length, look into other places, or paint over the theme.
REFUSED = {
    **dict.fromkeys(
        ("def", "newcommand", "renewcommand", "newenvironment", "DeclareMathOperator", "let"),
        "write the formula out; \\operatorname{…} gives a name of your own",
    ),
    **dict.fromkeys(
        ("color", "textcolor", "colorbox", "fcolorbox", "style", "class", "rule"),
        "leave it out: the theme gives a formula its colour",
    ),
    **dict.fromkeys(("href", "url", "includegraphics", "input"), "put a link beside the formula"),
    **dict.fromkeys(
        ("tag", "label", "ref", "eqref"),
        "give the formula an id to number it: $$ … $$ {: #name }, and refer to it by [](#name)",
    ),
    **dict.fromkeys(("unicode", "char", "verb"), "write the sign itself"),
}
REFUSAL = "can not stand in a formula of a book"
# Environments that the converter knows by another name, or not at all.
RENAMED = {
    "align": "align*",
    "aligned": "align*",
    "alignat": "align*",
    "eqnarray": "align*",
    "eqnarray*": "align*",
    "split": "align*",
    "gather": "matrix",
    "gather*": "matrix",
    "gathered": "matrix",
    "multline": "matrix",
    "multline*": "matrix",
    "dcases": "cases",
}
BARE = frozenset({"equation", "equation*", "displaymath", "math"})
KEPT = frozenset(
    {
        "align*", "array", "cases", "matrix", "matrix*", "pmatrix", "pmatrix*", "bmatrix",
        "bmatrix*", "Bmatrix", "Bmatrix*", "vmatrix", "vmatrix*", "Vmatrix", "Vmatrix*",
        "smallmatrix",
    }
)  # fmt: skip
ENVIRONMENTS = KEPT | BARE | RENAMED.keys()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a formula, the offset in it, -1 where that is not known, and a hint."""

    message: str
    offset: int = -1
    hint: str = ""


def check(latex: str) -> tuple[Fault, ...]:
    """Find what keeps a formula from being read, as far as its signs show it."""
    if not latex.strip():
        return (Fault("the formula is empty", 0, "write \\$ for a dollar"),)
    if len(latex) > LONGEST:
        return (Fault(f"the formula has more than {LONGEST} signs", 0, "part it"),)
    found = {fault.message: fault for fault in reversed(list(_faults(latex)))}
    refused = [fault for fault in found.values() if REFUSAL in fault.message]
    # What a command of the author's own would have meant is no further fault.
    return tuple(sorted(refused or found.values(), key=lambda fault: fault.offset))


def _faults(latex: str) -> Iterator[Fault]:
    open_braces: list[int] = []
    open_names: list[tuple[str, int]] = []
    for match in PIECES.finditer(latex):
        if match["command"]:
            yield from _of_command(match["command"], match.start())
        elif match["edge"]:
            yield from _of_edge(match, open_names)
        elif match["brace"]:
            yield from _of_brace(match, open_braces)
    if open_braces:
        yield Fault("this brace is not closed", open_braces[-1], "add a }")
    if open_names:
        name, start = open_names[-1]
        yield Fault(f"\\begin{{{name}}} is not ended", start, f"add \\end{{{name}}}")


def _of_edge(match: re.Match[str], open_names: list[tuple[str, int]]) -> Iterator[Fault]:
    name, start = match["name"], match.start()
    if match["edge"] == "begin":
        open_names.append((name, start))
        yield from _of_environment(name, start)
    elif (open_names.pop()[0] if open_names else "") != name:
        yield Fault(f"\\end{{{name}}} ends nothing", start, "write its \\begin")


def _of_brace(match: re.Match[str], open_braces: list[int]) -> Iterator[Fault]:
    start = match.start()
    if match["brace"] == "{":
        open_braces.append(start)
        if len(open_braces) == DEEPEST:
            yield Fault("braces stand inside each other too deeply", start, "nest them less")
    elif open_braces:
        open_braces.pop()
    else:
        yield Fault("this brace closes nothing", start, "write \\} for the sign")


def _of_command(written: str, start: int) -> Iterator[Fault]:
    if hint := REFUSED.get(written.rstrip("*")):
        yield Fault(f"\\{written} {REFUSAL}", start, hint)
    elif fault := unknown(written.rstrip("*"), start):
        yield fault


def unknown(name: str, start: int) -> Fault | None:
    """Give the fault of a command that is none, with the one that is most like it."""
    from chapbook.parse.formulas.names import commands, nearest

    if name in commands():
        return None
    near = nearest(name)
    hint = f"did you mean \\{near}?" if near else "\\text{…} sets words, \\operatorname{…} a name"
    return Fault(f"there is no command \\{name}", start, hint)


def _of_environment(name: str, start: int) -> Iterator[Fault]:
    from chapbook.parse.formulas.names import nearest_of

    if name not in ENVIRONMENTS:
        near = nearest_of(name, ENVIRONMENTS)
        hint = f"did you mean {near}?" if near else "there are cases, pmatrix, aligned and others"
        yield Fault(f"there is no environment “{name}”", start, hint)


def prepare(latex: str) -> str:
    """Write environments by the names that the converter knows; nothing is numbered by it."""

    def rename(match: re.Match[str]) -> str:
        edge, name = match["edge"], match["name"]
        if not edge:
            return match.group()
        return "" if name in BARE else f"\\{edge}{{{RENAMED.get(name, name)}}}"

    return PIECES.sub(rename, latex)
