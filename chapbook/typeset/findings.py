"""What was found, and how often: the same fault may be met on every page."""

from chapbook.diagnostics import Diagnostic

Findings = tuple[tuple[Diagnostic, int], ...]


def counted(finding: Diagnostic, count: int) -> Diagnostic:
    """Say with a finding how often it was met, where that is more than once."""
    if count == 1:
        return finding
    message = f"{finding.message} ({count} times)"
    return Diagnostic(finding.severity, finding.code, message, finding.at, finding.hints)
