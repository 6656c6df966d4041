"""What was found, and how often: the same fault may be met on every page."""

from chapbook.diagnostics import Code, Diagnostic, error, warning

Findings = tuple[tuple[Diagnostic, int], ...]


def counted(finding: Diagnostic, count: int) -> Diagnostic:
    """Say with a finding how often it was met, where that is more than once."""
    if count == 1:
        return finding
    message = f"{finding.message} ({count} times)"
    return Diagnostic(finding.severity, finding.code, message, finding.at, finding.hints)


def no_anchor(anchor: str) -> Diagnostic:
    """Say that a link leads nowhere."""
    return error(Code.BROKEN_LINK, f"a link leads to #{anchor}, which no page has")


def twice(anchor: str) -> Diagnostic:
    """Say that an id is not unique."""
    return warning(Code.DUPLICATE_ID, f"the id {anchor!r} is used twice; links go to the first")
