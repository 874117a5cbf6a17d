"""The look: tokens from `tokens.toml`, the fonts beside them, and the style sheet of both."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

import ui.steady  # noqa: F401 - before anything is drawn

_HERE = Path(__file__).parent
_TOKENS: dict[str, Any] = tomllib.loads((_HERE / "tokens.toml").read_text(encoding="utf-8"))
SIZE: dict[str, int] = _TOKENS["size"]
DISPLAY_FROM: int = _TOKENS["type"]["title"]
ROOMY_FROM = 1600
"""From this window width on there is room for larger rings, taller rows and trends."""


@dataclass(slots=True)
class Colours:
    """The colours of the mode in use, by the names of `tokens.toml`."""

    canvas: str = ""
    surface: str = ""
    sunken: str = ""
    paper: str = ""
    grid: str = ""
    grid_strong: str = ""
    line: str = ""
    line_strong: str = ""
    control: str = ""
    text: str = ""
    text_2: str = ""
    text_3: str = ""
    ink: str = ""
    on_ink: str = ""
    focus: str = ""
    ketamine: str = ""
    ketamine_tint: str = ""
    esketamine: str = ""
    esketamine_tint: str = ""
    overdue: str = ""
    overdue_tint: str = ""
    overdue_fill: str = ""
    on_overdue: str = ""
    alert: str = ""
    alert_tint: str = ""
    alert_fill: str = ""
    on_alert: str = ""
    good: str = ""
    good_tint: str = ""


@dataclass(slots=True)
class Series:
    """The chart colours of the mode in use."""

    bp: str = ""
    map: str = ""
    hr: str = ""
    spo2: str = ""
    resp: str = ""
    dissociation: str = ""
    baseline: str = ""
    limit: str = ""
    amended: str = ""
    future: str = ""


c = Colours()
series = Series()


def use(mode: str) -> None:
    """Switch every colour to "light" or "dark"; widgets made afterwards wear it."""
    for each in fields(Colours):
        setattr(c, each.name, _TOKENS[mode][each.name])
    for each in fields(Series):
        setattr(series, each.name, _TOKENS["chart"][mode][each.name])


use("light")


def tone(name: str) -> str:
    """Return the colour of a token name; a colour written out is returned as it is."""
    return str(getattr(c, name, name))


def colour(value: str, alpha: float = 1.0) -> QColor:
    """Return a colour to paint with.

    Args:
        value: Written out, "#RRGGBB".
        alpha: How opaque, 0 to 1.
    """
    made = QColor(value)
    made.setAlphaF(alpha)
    return made


def drug(family: str) -> tuple[str, str]:
    """Return accent and tint of a drug family; an unknown drug is plain ink."""
    return str(getattr(c, family, c.ink)), str(getattr(c, f"{family}_tint", c.sunken))


def font(size: int = 14, weight: int = 400) -> QFont:
    """Return the one typeface in a size, always with tabular figures.

    Args:
        size: Pixels at 100 % text size.
        weight: 400, 500 or 600.
    """
    return QFont(_font(size, weight))  # a copy shares all of it, and is the caller's to change


@cache
def _font(size: int, weight: int) -> QFont:
    display = size >= DISPLAY_FROM
    made = QFont("Inter Display" if display else "Inter")
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    spacing = _TOKENS["type"]["tracking"]["display" if display else "text"]
    made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, spacing)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def wear(application: QApplication, mode: str = "light") -> None:
    """Dress the whole program: fonts, colours, style sheet."""
    use(mode)
    known = QFontDatabase.families()
    if "Inter" not in known or "Inter Display" not in known:
        for path in sorted((_HERE / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
    application.setStyle("Fusion")
    application.setFont(font())
    application.setStyleSheet(sheet())


def sheet() -> str:
    """Return the application style sheet in the colours in use."""
    return _frames() + _controls() + _views()


def _frames() -> str:
    return f"""
    QWidget {{ color: {c.text}; }}
    QWidget#window, QWidget[role="room"] {{ background: {c.canvas}; }}
    QLabel {{ background: transparent; }}
    QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.line};
        border-radius: 12px; }}
    QFrame[role="card-overdue"] {{ background: {c.surface}; border: 2px solid {c.overdue_fill};
        border-radius: 12px; }}
    QFrame[role="card-alert"] {{ background: {c.surface}; border: 2px solid {c.alert};
        border-radius: 12px; }}
    QFrame[role="tile-alert"] {{ background: {c.surface}; border: 3px solid {c.alert};
        border-radius: 12px; }}
    QFrame[role="card"]:focus, QFrame[role="card-overdue"]:focus, QFrame[role="empty"]:focus,
    QFrame[role="card-alert"]:focus {{ border: 2px solid {c.focus}; }}
    QFrame[role="empty"] {{ background: transparent; border: 1px dashed {c.control};
        border-radius: 12px; }}
    QFrame[role="well"] {{ background: {c.sunken}; border: 1px solid {c.line};
        border-radius: 8px; }}
    QFrame[role="paper"] {{ background: {c.paper}; border: 1px solid {c.line};
        border-radius: 12px; }}
    QFrame[role="bar"] {{ background: {c.surface}; border: none;
        border-bottom: 1px solid {c.line}; }}
    QFrame[role="foot"] {{ background: {c.canvas}; border: none;
        border-top: 1px solid {c.line}; }}
    QFrame[role="rail"] {{ background: {c.canvas}; border: none;
        border-right: 1px solid {c.line}; }}
    QFrame[role="rule"] {{ background: {c.line}; border: none; }}
    QFrame[role="entry"] {{ background: {c.surface}; border: none;
        border-top: 1px solid {c.line_strong}; }}
    QFrame[role="ring"] {{ border: 2px solid transparent; border-radius: 12px;
        background: transparent; }}
    QFrame[role="ring"][here="true"] {{ border-color: {c.focus}; }}
    QDialog {{ background: {c.surface}; }}
    """


def _controls() -> str:
    return f"""
    QLineEdit, QPlainTextEdit {{ background: {c.surface}; placeholder-text-color: {c.text_3};
        border: 1px solid {c.control}; border-radius: 8px; padding: 0 12px; min-height: 38px;
        selection-background-color: {c.focus}; selection-color: {c.surface}; }}
    QPlainTextEdit {{ padding: 6px 8px; }}
    QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {c.focus}; padding: 0 11px;
        min-height: 36px; }}
    QLineEdit[bad="true"] {{ border: 2px solid {c.alert}; padding: 0 11px; min-height: 36px; }}
    QLineEdit[quiet="true"] {{ border: none; background: transparent; }}
    QLineEdit[ringed="true"], QLineEdit[ringed="true"]:focus {{ border: 1px solid {c.control};
        padding: 0 12px; min-height: 38px; }}
    QLineEdit:disabled {{ background: {c.sunken}; color: {c.text_3}; border-color: {c.line}; }}
    QPushButton {{ background: {c.surface}; border: 1px solid {c.line_strong}; border-radius: 8px;
        padding: 0 12px; min-height: 38px; }}
    QPushButton:hover {{ background: {c.sunken}; }}
    QPushButton:pressed {{ background: {c.line}; }}
    QPushButton[kind="primary"] {{ background: {c.ink}; color: {c.on_ink}; border-color: {c.ink}; }}
    QPushButton[kind="primary"]:hover {{ background: {c.text_2}; }}
    QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent;
        padding: 0 8px; }}
    QPushButton[kind="quiet"]:hover {{ background: {c.line}; }}
    QPushButton[kind="stop"] {{ color: {c.alert}; }}
    QPushButton[kind="chosen"] {{ border: 2px solid {c.ink}; padding: 0 11px; min-height: 36px; }}
    QPushButton:focus {{ border: 2px solid {c.focus}; padding: 0 11px; min-height: 36px;
        outline: none; }}
    QPushButton[kind="quiet"]:focus {{ padding: 0 7px; }}
    QPushButton:disabled {{ background: {c.sunken}; color: {c.text_3}; border-color: {c.line}; }}
    QCheckBox, QRadioButton {{ spacing: 10px; min-height: 38px; padding-left: 6px;
        background: transparent; border: 2px solid transparent; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px;
        border: 2px solid {c.control}; background: {c.surface}; }}
    QCheckBox::indicator {{ border-radius: 4px; }}
    QRadioButton::indicator {{ border-radius: 10px; }}
    QCheckBox::indicator:checked {{ background: {c.ink}; border-color: {c.ink}; }}
    QRadioButton::indicator:checked {{ width: 8px; height: 8px; border: 6px solid {c.ink};
        background: {c.on_ink}; }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{
        border-color: {c.line_strong}; }}
    QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {c.focus}; border-radius: 8px; }}
    QComboBox {{ background: {c.surface}; border: 1px solid {c.control}; border-radius: 8px;
        padding: 0 12px; min-height: 38px; }}
    QComboBox:focus {{ border: 2px solid {c.focus}; padding: 0 11px; min-height: 36px; }}
    QComboBox::drop-down {{ border: none; width: 28px; }}
    QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.line_strong};
        selection-background-color: {c.line}; selection-color: {c.text}; outline: none; }}
    """


def _views() -> str:
    return f"""
    QTableView, QListView {{ background: transparent; border: none;
        gridline-color: transparent; outline: none; selection-background-color: {c.line};
        selection-color: {c.text}; }}
    QHeaderView {{ background: transparent; }}
    QHeaderView::section {{ background: transparent; color: {c.text_3}; border: none;
        border-bottom: 1px solid {c.line_strong}; padding: 0 8px;
        font-size: 12px; font-weight: 500; }}
    QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {c.ink}; border-radius: 3px; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
    QScrollBar::handle:vertical {{ background: {c.line_strong}; border-radius: 3px;
        min-height: 32px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
    QScrollBar::handle:horizontal {{ background: {c.line_strong}; border-radius: 3px;
        min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QToolTip {{ background: {c.ink}; color: {c.on_ink}; border: none; padding: 4px 8px; }}
    """
