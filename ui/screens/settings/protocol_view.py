"""A protocol's numbers, each with its source, as a prescriber approves them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from monitor.protocols.protocol import Figure, Protocol
from ui.widgets.parts import drug_pill, fill, row, rule, text

ROUTES = {"iv": "IV", "intravenous": "IV", "im": "IM", "sc": "SC"}
"""Routes that are written as initials; the others are plain words."""


def drug_and_route(family: str, route: str) -> str:
    """Return how drug and route are named: "Ketamine IV"."""
    return f"{family.capitalize()} {ROUTES.get(route.casefold(), route)}".strip()


class ProtocolView(QWidget):
    """Every number of one protocol in a table: what it is, its value, where it comes from."""

    def __init__(self, protocol: Protocol) -> None:
        super().__init__()
        self.setAccessibleName(f"Numbers of the protocol {protocol.title}")
        head = row(
            (text(protocol.title, 16, 600, wrap=True), 1),
            drug_pill(protocol.drug, drug_and_route(protocol.drug, protocol.route)),
            gap=10,
        )
        version = f"Version {protocol.version}, jurisdiction: {protocol.jurisdiction}"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 16, 12)
        layout.setSpacing(8)
        label = text(protocol.label, 12, 400, "text_2", wrap=True)
        fill(layout, (head, text(version, 12, 500), label, rule(), _table(protocol.figures), ...))


def _table(figures: tuple[Figure, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(4)
    for column, words in enumerate(("What", "Value", "Source")):
        grid.addWidget(text(words, 12, 400, "text_3"), 0, column)
    top = Qt.AlignmentFlag.AlignTop
    for number, figure in enumerate(figures):
        line = 2 * number + 2
        grid.addWidget(rule(), line - 1, 0, 1, 3)
        grid.addWidget(text(figure.name, 13, 400, "text_2", wrap=True), line, 0, top)
        grid.addWidget(text(figure.value, 13, 600, wrap=True), line, 1, top)
        grid.addWidget(text(figure.source, 13, 400, "text_2", wrap=True), line, 2, top)
    grid.setColumnStretch(0, 4)
    grid.setColumnStretch(1, 2)
    grid.setColumnStretch(2, 6)
    return grid
