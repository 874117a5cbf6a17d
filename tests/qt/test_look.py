"""Tokens, fonts and icons: what every screen leans on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import qtawesome
from PySide6.QtGui import QFontInfo

from tests.architecture.house import ROOT, python_files
from ui import theme

TEXTS = ("text", "text_2", "text_3", "ketamine", "esketamine", "overdue", "alert", "good", "focus")
GROUNDS = ("canvas", "surface", "sunken", "paper")
TINTED = ("ketamine", "esketamine", "overdue", "alert", "good")
ON_COLOUR = ("ketamine", "esketamine", "alert", "text", "focus")
"""Grounds of flags, discs, bands, tags and of chosen words: what stands on them is `surface`."""
PRESSED = ("text", "text_2", "text_3", "alert")
"""What may be read on a control while it is pressed or pointed at."""
LEAST_FOR_TEXT = 4.5  # WCAG 2.2, contrast (minimum)
LEAST_FOR_EDGES = 3.0  # WCAG 2.2, non-text contrast


def luminance(value: str) -> float:
    channels = [int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_every_text_can_be_read_on_every_ground(mode: str) -> None:
    theme.use(mode)
    try:
        pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
        pairs += [(name, f"{name}_tint") for name in TINTED]
        pairs += [("surface", ground) for ground in ON_COLOUR]
        pairs += [(text, "line") for text in PRESSED]
        pairs += [("text", f"{name}_tint") for name in TINTED]
        pairs += [("text_2", f"{name}_tint") for name in TINTED]
        pairs += [("on_ink", "text_2"), ("on_ink", "ink")]
        pairs += [("on_overdue", "overdue_fill"), ("on_alert", "alert_fill")]
        low = [
            pair
            for pair in pairs
            if contrast(theme.tone(pair[0]), theme.tone(pair[1])) < LEAST_FOR_TEXT
        ]
        assert low == []
        assert contrast(theme.c.control, theme.c.surface) >= LEAST_FOR_EDGES
    finally:
        theme.use("light")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_everything_on_the_chart_can_be_read(mode: str) -> None:
    theme.use(mode)
    try:
        inks = {each.name: getattr(theme.series, each.name) for each in fields(theme.series)}
        future = inks.pop("future")
        inks |= {text: theme.tone(text) for text in TEXTS}
        low = [
            (name, ground)
            for name, ink in inks.items()
            for ground in (theme.c.paper, future)
            if contrast(ink, ground) < LEAST_FOR_TEXT
        ]
        assert low == []
    finally:
        theme.use("light")


def test_that_every_token_has_a_value_in_both_modes() -> None:
    for mode in ("light", "dark"):
        theme.use(mode)
        empty = [f.name for f in fields(theme.c) if not getattr(theme.c, f.name)]
        assert empty == []
    theme.use("light")


def test_that_the_shipped_fonts_are_the_ones_in_use() -> None:
    assert QFontInfo(theme.font(14)).family() == "Inter"
    assert QFontInfo(theme.font(24)).family() == "Inter Display"


def test_that_every_icon_named_in_the_code_exists() -> None:
    folder = Path(qtawesome.__file__).parent / "fonts"
    (known_file,) = folder.glob("phosphor-charmap*.json")
    known = json.loads(known_file.read_text(encoding="utf-8"))
    asked = re.compile(r'(?:icon|picture|glyph=|show_icon)\(?(?:\w+, )?"([a-z][a-z-]+)"')
    named = {
        (name, found)
        for name in python_files("ui")
        for found in asked.findall((ROOT / name).read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert [each for each in sorted(named) if each[1] not in known] == []


def test_that_python_outlives_a_long_day_of_drawing() -> None:
    """PySide6 6.12 uses up references of `None` under Python 3.11; see `ui.steady`."""
    program = (
        "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "import ui.steady\n"
        "from PySide6.QtCore import QObject\n"
        "thing = QObject()\n"
        "for _ in range(200_000): thing.setObjectName('x'); thing.parent()\n"
        "print('alive')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive")
