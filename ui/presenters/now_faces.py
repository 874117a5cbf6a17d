"""What the panel of what is true now can show, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenters.door import Need
from ui.presenters.rings import RingFace

SPRAYS = 2
"""A device holds two sprays, one for each nostril (US label)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, under its name."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A button: what it does, in a key that the presenter knows.

    Attributes:
        half: Whether it takes half a line, beside the next one that does.
    """

    key: str
    words: str
    kind: str = ""
    glyph: str = ""
    enabled: bool = True
    half: bool = False


@dataclass(frozen=True, slots=True)
class ClocksFace:
    """Both clocks of a nasal dose, in whole minutes.

    Attributes:
        first, last: Minutes since the first and the last device.
        apart: Minutes between the two.
        door: How many minutes hold the door.
        first_at, last_at, opens_at: Clock times.
    """

    first: int
    last: int
    apart: int
    door: int
    first_at: str
    last_at: str
    opens_at: str


@dataclass(frozen=True, slots=True)
class DeviceFace:
    """The next nasal device.

    Attributes:
        number: 1 for the first.
        words: "Device 2 of 3".
        when: "from 10:24, in 1:48", or that it can be given now.
        ready: Whether the rest before it is over.
        again: Lot and expiry of the device before; empty for the first.
    """

    number: int
    words: str
    when: str
    ready: bool
    again: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class NowFace:
    """Everything the panel shows; a part that is None or empty is not there.

    Attributes:
        peak: What was highest, how it differs, and when it was.
        keeps_peak: Whether its room is kept from the beginning, though nothing is known yet.
    """

    family: str
    title: str
    note: str = ""
    ring: RingFace | None = None
    clocks: ClocksFace | None = None
    figures: tuple[Figure, ...] = ()
    device: DeviceFace | None = None
    needs_title: str = ""
    needs_note: str = ""
    needs: tuple[Need, ...] = ()
    commands: tuple[Command, ...] = ()
    peak: tuple[str, str, str] | None = None
    keeps_peak: bool = False
