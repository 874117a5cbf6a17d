"""What is said of an export: how far it is, and how it ended."""

from __future__ import annotations

from pathlib import Path

from ui.whole_export.driver import ALREADY, CANCELLED, Outcome, Step

_MINUTE, _HOUR = 60, 3600
_MEGABYTE = 1_000_000


def pace(step: Step) -> str:
    """Say how fast it goes and how long it takes yet; empty while nobody can tell."""
    if step.left is None:
        return ""
    return f"{step.rate:.1f} a second, {_duration(step.left)} left"


def headline(step: Step) -> str:
    """Say how far it is."""
    if step.done == step.of:
        return "Writing the ledger and the lists …"
    return f"{step.done:,} of {_sessions(step.of)}"


def outcome_sentence(outcome: Outcome, folder: Path) -> str:
    """Say how an export ended, and what can be done with it."""
    if outcome.how == ALREADY:
        return (
            f"The export in {folder} is finished; nothing was written. Check it there with: "
            "sha256sum -c SHA256SUMS"
        )
    if outcome.how == CANCELLED:
        return (
            f"Stopped after {outcome.sessions} of {_sessions(outcome.of)}. What is in {folder} is "
            "whole; the same export goes on from there."
        )
    kept = f" ({outcome.kept} of them from before)" if outcome.kept else ""
    return (
        f"{_sessions(outcome.sessions)}{kept}, {outcome.files} files, {size_words(outcome.size)} "
        f"were written to {folder}. They name patients. Check them there with: "
        "sha256sum -c SHA256SUMS"
    )


def missed_sentence(outcome: Outcome, most: int = 10**9) -> str:
    """Name the sessions that were not exported, each with its reason; empty for none.

    Args:
        outcome: Of the export.
        most: So many are named, and of the others how many there are.
    """
    if not outcome.missed:
        return ""
    named = " ".join(map(str, outcome.missed[:most]))
    more = len(outcome.missed) - most
    others = f" And {_sessions(more)} more, listed in README.txt." if more > 0 else ""
    return (
        f"Not exported: {named}{others} Everything else is complete; the same export tries "
        f"{'it' if len(outcome.missed) == 1 else 'them'} again."
    )


def size_words(size: int) -> str:
    """Say how large something is: "3.3 MB"."""
    return f"{size / _MEGABYTE:.1f} MB"


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count:,} sessions"


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{max(round(seconds), 1)} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    return f"{seconds / _HOUR:.1f} h"
