"""Whether a window can be shown is known without Qt."""

from __future__ import annotations

import pytest

from ui.console.playing import has_display, is_seen


@pytest.mark.parametrize(
    ("surroundings", "can_be_drawn", "will_be_seen"),
    [
        ({}, False, False),
        ({"DISPLAY": ""}, False, False),
        ({"DISPLAY": ":0"}, True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True, False),
        ({"QT_QPA_PLATFORM": "offscreen:enable_fonts", "DISPLAY": ":0"}, True, False),
        ({"QT_QPA_PLATFORM": "xcb"}, False, False),
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0"}, True, True),
    ],
)
def test_that_a_display_is_found_or_missed(
    surroundings: dict[str, str],
    can_be_drawn: bool,  # noqa: FBT001 - a column of the table above
    will_be_seen: bool,  # noqa: FBT001 - the same
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert has_display(surroundings) is can_be_drawn
    assert is_seen(surroundings) is will_be_seen
