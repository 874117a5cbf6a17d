"""What is said of an event, its end or its seriousness that cannot be taken as it is."""

from __future__ import annotations

from monitor.errors import Code

ABOUT_EVENTS: dict[tuple[Code, str], tuple[str, ...]] = {
    (Code.NOTHING_OPEN, "event"): (
        "No “{name}” is open; leave “over” out to note that it begins.",
        "That is no side effect that is still open; nothing needs doing.",
    ),
    (Code.NOT_UNDERSTOOD, "text"): (
        "“{over}” says that it is over; leave its words as they are, and end it instead.",
    ),
    (Code.NOTHING_OPEN, "serious"): (
        "It is not marked as a serious adverse event; nothing needs taking back.",
    ),
    (Code.EMPTY, "criteria"): (
        "Nothing is ticked that makes it serious; tick one or more: {allowed}.",
    ),
    (Code.EMPTY, "event"): ("Choose which event it is about.",),
    (Code.EMPTY, "what"): ("Choose what is to be said of it.",),
    (Code.EMPTY, "description"): ("Say what happened, in a sentence or two.",),
    (Code.DIFFERS, "severity"): ("The words say {first} and {second} is chosen; make them agree.",),
    (Code.UNCHANGED, "criteria"): (
        "It says nothing else than what stands there; change it or leave.",
    ),
}
"""Variants that come first where the error names that field (or that `what`)."""
