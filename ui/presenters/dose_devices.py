"""The devices of a nasal dose: nothing is entered, the working says what will be given."""

from __future__ import annotations

from ui.presenters.dose_parts import Desk, Written, recorded_so_far
from ui.presenters.dose_working import Knowns
from ui.presenters.form import FormFace, FormField, Shape


class DevicesStep:
    """Shows the devices that the order comes to; each is given from the session's screen."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def face(self) -> FormFace:
        """Return a form without anything to type."""
        said = FormField("devices", "Device by device", Shape.WORDS)
        return FormFace("Devices", (said,), "Go on")

    def begin(self) -> None:
        """Say where each device is entered."""
        self._desk.view.show_note(
            "devices",
            "Each device is entered on the session's screen when it is given, with its lot and"
            " its expiry date.",
        )

    def typed(self, key: str, words: str) -> None:
        """Take nothing: there is nothing to type."""

    def chosen(self, key: str, value: str) -> None:
        """Take nothing: there is nothing to choose."""

    def submit(self, written: Written) -> None:
        """Write nothing: looking it over was all."""
        written()

    def known(self) -> Knowns:
        """Return what the record knows."""
        return recorded_so_far(self._desk.overview)
