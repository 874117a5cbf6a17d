"""What `verify` says of a file, in a sentence or three."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from monitor.ledger import Finding
from monitor.verifying import Standing, Verdict
from ui.wording.findings import headline

WORDS: dict[Standing, str] = {
    Standing.GENUINE: "Genuine and unchanged{of}.{signed} It matches the record.",
    Standing.SUPERSEDED: "Genuine{of}, but a newer {newer} exists.{signed}",
    Standing.DRAFT: "Unchanged, but an unsigned draft{of}. It matches the record.",
    Standing.CHANGED: (
        "Not genuine: the record at {record} holds no report that is this file to the last byte; "
        "it was changed, or it comes from elsewhere."
    ),
    Standing.NOT_A_PDF: "Not genuine: this file is no PDF.",
    Standing.CANNOT_TELL: (
        "Nothing can be told of this PDF without the record that it came from; "
        "name it with --store."
    ),
}


DRAFT_SUPERSEDED = "Unchanged, but an unsigned draft{of}, and a newer {newer} exists."


def verdict_sentence(verdict: Verdict, record: Path | None = None) -> str:
    """Return what a verdict comes to.

    Args:
        verdict: What was found.
        record: Where the record lies that the file was held against.
    """
    signed = [
        f" Signed by {name} ({role}, “{meaning}”) on {at:%Y-%m-%d at %H:%M %Z}."
        for name, role, meaning, at in verdict.signers
    ]
    old_draft = verdict.standing is Standing.SUPERSEDED and not verdict.signers
    words = DRAFT_SUPERSEDED if old_draft else WORDS[verdict.standing]
    return words.format(
        of=_of(verdict), newer=_newer(verdict), signed="".join(signed), record=record
    )


def doubtful_sentence(verdict: Verdict, record: Path, findings: Sequence[Finding]) -> str:
    """Return what a verdict comes to of which the record does not agree with itself.

    Args:
        verdict: What the record says of the file.
        record: Where it lies.
        findings: What was done to it; at least one.
    """
    more = f" and {len(findings) - 1} more" if len(findings) > 1 else ""
    return (
        f"Nothing certain can be told of this PDF: the record at {record} does not agree with "
        f"itself ({headline(findings[0])}{more}); see chairside check. As it stands it says: "
        f"{verdict_sentence(verdict, record)}"
    )


def _of(verdict: Verdict) -> str:
    version = f", version {verdict.version}" if verdict.version else ""
    return f" (session {verdict.session_code}{version})" if verdict.session_code else ""


def _newer(verdict: Verdict) -> str:
    if verdict.newest_version != verdict.version:
        return f"version ({verdict.newest_version})"
    return "signed report" if verdict.newest_status == "signed" else "draft"
