"""Whatever is done to the computer's clock: the visit is the same as on a quiet day."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings, strategies as st

from tests.fakes.computer import VisitAtComputer

FULL = "122/76 72 98 16 s5 d0"


class Days:
    """The same visit on a quiet day, and on one on which the computer is disturbed."""

    def __init__(self) -> None:
        self.quiet, self.loud = VisitAtComputer(), VisitAtComputer()
        for visit in (self.quiet, self.loud):
            visit.started("10:00")

    def disturb(self, what: str, size: int) -> None:
        """Do something to the computer of the loud day, or answer for it."""
        computer, answer = self.loud.computer, self.loud.answer
        match what:
            case "jumps":
                computer.jumps(minutes=61 * (size - 5))
            case "sleeps":
                self.quiet.computer.goes_on(seconds=7 * size)
                computer.sleeps(seconds=7 * size)
            case "zone":
                computer.moves_to(("Asia/Tokyo", "Europe/Warsaw")[size % 2])
            case "keep":
                answer.keep(self.loud.nurse)
            case _:
                answer.take_computers(self.loud.nurse)
        self.loud.watch()
        self.loud.watch()

    def both(self, hhmm: str, text: str = "") -> None:
        """Let it be that time on both days, and something be typed."""
        for visit in (self.quiet, self.loud):
            visit.at(hhmm)
            if text:
                visit.line(text)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(["jumps", "sleeps", "zone", "keep", "take"]), st.integers(1, 9)),
        min_size=1,
        max_size=8,
    )
)
def test_that_slots_fall_due_as_on_a_day_without_disturbance(steps: list[tuple[str, int]]) -> None:
    days = Days()
    for place, (what, size) in enumerate(steps):
        days.both(f"10:{10 + 5 * place:02}", FULL)
        days.disturb(what, size)
    days.both("11:00")
    quiet, loud = days.quiet.overview, days.loud.overview
    assert [(s.name, s.due, s.state) for s in loud.slots] == [
        (s.name, s.due, s.state) for s in quiet.slots
    ]
    assert (loud.clocks, loud.dose, loud.door) == (quiet.clocks, quiet.dose, quiet.door)
    assert [row.measured for row in loud.readings] == [row.measured for row in quiet.readings]
