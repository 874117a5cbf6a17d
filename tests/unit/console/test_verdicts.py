"""What `verify` says."""

from __future__ import annotations

from monitor.verifying import Standing, Verdict
from ui.console.verdicts import verdict_sentence


def test_that_an_old_draft_is_not_called_genuine_without_saying_that_nobody_signed_it() -> None:
    old = Verdict(Standing.SUPERSEDED, "ab", "S-1", 1, newest_version=1, newest_status="signed")
    said = verdict_sentence(old)
    assert said.startswith("Unchanged, but an unsigned draft (session S-1, version 1)")
    assert said.endswith("a newer signed report exists.")
