"""Phosphor's icons, in the colours of the theme."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap, QPixmapCache

from ui import theme


def picture(name: str, tone: str = "text_2") -> QIcon:
    """Return an icon; greyed where its control is disabled.

    Args:
        name: As Phosphor names it: "warning-circle".
        tone: A token name or a colour.
    """
    made: QIcon = qtawesome.icon(
        f"ph.{name}", color=theme.tone(tone), color_disabled=theme.c.text_3
    )
    return made


def pixmap(name: str, size: int = 18, tone: str = "text_2") -> QPixmap:
    """Return an icon as a square picture, so many logical pixels wide; each is drawn once."""
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)  # noqa: S101 - something is being drawn
    key = f"{name} {size} {theme.tone(tone)} {application.devicePixelRatio()}"
    made = QPixmap()
    if not QPixmapCache.find(key, made):
        made = picture(name, tone).pixmap(QSize(size, size))
        QPixmapCache.insert(key, made)
    return made
