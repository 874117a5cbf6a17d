"""Chairs by number: one digit where that is enough, two where there are more than nine."""

from __future__ import annotations

from collections.abc import Sequence

SECOND_DIGIT_MS = 1000
"""So long a second digit is waited for; Enter waits no longer."""


def numbered(chairs: Sequence[str]) -> dict[int, str]:
    """Return the chair of each number; where chairs have names, by their place."""
    if any(chair.isdigit() for chair in chairs):
        return {int(chair): chair for chair in chairs if chair.isdigit()}
    return dict(enumerate(chairs, 1))


class ChairNumbers:
    """Takes digits one by one and tells when they name a chair.

    Attributes:
        waiting: What was typed and may go on: "1" while there is a chair 10.
    """

    def __init__(self) -> None:
        self.waiting = ""

    def press(self, digit: str, chairs: Sequence[str]) -> str:
        """Return the chair that the digits name for certain; empty while another may follow."""
        known = numbered(chairs)
        typed = self.waiting + digit
        if int(typed) == 0:
            self.waiting = ""
            return ""
        if any(str(each).startswith(typed) and str(each) != typed for each in known):
            self.waiting = typed
            return ""
        self.waiting = ""
        return known.get(int(typed), "")

    def forget(self) -> None:
        """Wait for no further digit."""
        self.waiting = ""

    def settle(self, chairs: Sequence[str]) -> str:
        """Return the chair that was typed so far, as no further digit came; empty for none."""
        typed, self.waiting = self.waiting, ""
        return numbered(chairs).get(int(typed), "") if typed else ""
