"""A sentence that is never cut: it takes as many lines as it needs in the room it is told of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from ui import theme
from ui.widgets.parts import Align


class Sentence(QLabel):
    """Wraps its words; its height follows from `fit` alone, so that nothing around is measured."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size))
        self.setWordWrap(True)
        self.setAlignment(Align.AlignLeft | Align.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def fit(self, width: int) -> None:
        """Be as high as the words are in that width."""
        line = self.fontMetrics().lineSpacing()
        wrapped = self.heightForWidth(width) if self.text() and width > 0 else line
        self.setFixedHeight(max(wrapped, line))

    @override
    def hasHeightForWidth(self) -> bool:
        return False
