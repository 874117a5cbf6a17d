"""The small pieces every screen is made of."""

from __future__ import annotations

from types import EllipsisType

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import icons, theme
from ui.widgets.buttons import Button

Align = Qt.AlignmentFlag
Thing = QWidget | QLayout
Item = Thing | int | EllipsisType | tuple[Thing, int]
"""What a row or column is filled with: `...` stretches, a number is a gap, (thing, stretch)."""
Edge = int | tuple[int, int, int, int]

GLYPHS = {"ketamine": "drop", "esketamine": "wind"}
"""The glyph of each drug family; it stands beside the word, always."""


def text(
    words: str = "",
    size: int = 14,
    weight: int = 400,
    tone: str = "text",
    *,
    wrap: bool = False,
    align: Align = Align.AlignLeft,
) -> QLabel:
    """Return a label in the one typeface; what people typed is shown as typed, never as markup.

    Args:
        words: What it says.
        size: Pixels.
        weight: 400, 500 or 600.
        tone: A token name or a colour.
        wrap: Whether it may take more than one line.
        align: Left, right or centre.
    """
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font(size, weight))
    label.setWordWrap(wrap)
    label.setAlignment(align | Align.AlignVCenter)
    paint(label, tone)
    return label


def paint(label: QLabel, tone: str) -> None:
    """Give a label the colour of a token; does nothing where it has it already."""
    wanted = f"color: {theme.tone(tone)};"
    if label.styleSheet() != wanted:
        label.setStyleSheet(wanted)


def say(label: QLabel, words: str, tone: str = "") -> None:
    """Set a label's words, and its colour where one is named."""
    if label.text() != words:
        label.setText(words)
    if tone:
        paint(label, tone)


def fill(layout: QBoxLayout, items: tuple[Item, ...]) -> None:
    """Put things into a row or column, one after the other."""
    for item in items:
        thing, stretch = item if isinstance(item, tuple) else (item, 0)
        if isinstance(thing, EllipsisType):
            layout.addStretch(1)
        elif isinstance(thing, int):
            layout.addSpacing(thing)
        elif isinstance(thing, QLayout):
            layout.addLayout(thing, stretch)
        else:
            layout.addWidget(thing, stretch)


def margins(layout: QLayout, edge: Edge) -> None:
    """Set the inner margins: one number for all, or left, top, right, bottom."""
    layout.setContentsMargins(*(edge if isinstance(edge, tuple) else (edge,) * 4))


def row(*items: Item, gap: int = 8, edge: Edge = 0) -> QHBoxLayout:
    """Return things side by side."""
    layout = QHBoxLayout()
    layout.setSpacing(gap)
    margins(layout, edge)
    fill(layout, items)
    return layout


def col(*items: Item, gap: int = 8, edge: Edge = 0) -> QVBoxLayout:
    """Return things one under the other."""
    layout = QVBoxLayout()
    layout.setSpacing(gap)
    margins(layout, edge)
    fill(layout, items)
    return layout


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
            inner.deleteLater()


def box(
    layout: QLayout, role: str = "card", *, w: int | None = None, h: int | None = None
) -> QFrame:
    """Return a frame in one of the roles of the style sheet.

    Args:
        layout: What is in it.
        role: "card", "card-overdue", "empty", "well", "paper", "bar", "foot", "rail", "rule",
            "entry"; any other word is a plain frame.
        w: Fixed width.
        h: Fixed height.
    """
    frame = QFrame()
    frame.setProperty("role", role)
    frame.setLayout(layout)
    if w is not None:
        frame.setFixedWidth(w)
    if h is not None:
        frame.setFixedHeight(h)
    return frame


def dressed(frame: QFrame, name: str, style: str) -> None:
    """Give one frame, and nothing inside it, a style of its own."""
    frame.setObjectName(name)
    frame.setStyleSheet(f"QFrame#{name} {{ {style} }}")


def rule() -> QFrame:
    """Return a hairline."""
    return box(row(), "rule", h=1)


def icon(name: str, size: int = 18, tone: str = "text_2") -> QLabel:
    """Return an icon as a label; the word beside it says the same."""
    label = QLabel()
    label.setFixedSize(size, size)
    show_icon(label, name, tone)
    return label


def show_icon(label: QLabel, name: str, tone: str) -> None:
    """Change the picture of an icon label; does nothing where it shows it already."""
    wanted = f"{name} {theme.tone(tone)}"
    if label.property("shows") != wanted:
        label.setProperty("shows", wanted)
        label.setPixmap(icons.pixmap(name, label.width(), tone))


def pill(
    words: str,
    tone: str = "text_2",
    tint: str = "sunken",
    glyph: str = "",
    *,
    size: int = 12,
    weight: int = 500,
) -> QFrame:
    """Return at most three words on a tint; the glyph says the same as the colour.

    Args:
        words: What it says.
        tone: Token of the words.
        tint: Token of the ground.
        glyph: Name of an icon, or nothing.
        size: Pixels of the words.
        weight: Of the words.
    """
    parts: list[Item] = [icon(glyph, 15, tone)] if glyph else []
    layout = row(
        *parts, text(words, size, weight, tone), gap=5, edge=(8 if glyph else 10, 0, 10, 0)
    )
    frame = box(layout, "pill", h=24)
    frame.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    dressed(frame, "pill", f"background: {theme.tone(tint)}; border-radius: 12px;")
    return frame


def drug_pill(family: str, words: str) -> QFrame:
    """Return a drug family's pill: glyph, word and tint.

    Args:
        family: "ketamine" or "esketamine".
        words: As `wording` names drug and route: "Ketamine IV".
    """
    return pill(words, theme.drug(family)[0], theme.drug(family)[1], GLYPHS.get(family, "pill"))


def drug_tag(family: str, words: str, dose: str = "") -> QFrame:
    """Return the large tag of the banner: drug by colour, glyph and word, the dose beside it."""
    accent, tint = theme.drug(family)
    parts: list[Item] = [icon(GLYPHS.get(family, "pill"), 20, accent), text(words, 14, 600, accent)]
    if dose:
        parts.append(text(dose, 14, 500))
    frame = box(row(*parts, gap=8, edge=(10, 0, 14, 0)), "tag", h=40)
    dressed(frame, "tag", f"background: {tint}; border-radius: 8px; border: 1px solid {accent};")
    return frame


def button(
    words: str,
    kind: str = "",
    glyph: str = "",
    *,
    enabled: bool = True,
    name: str = "",
    means: str = "",
) -> Button:
    """Return a button, 40 px high.

    Args:
        words: What it does.
        kind: "primary", "quiet", "stop", or nothing for a plain one.
        glyph: Name of an icon beside the words.
        enabled: Whether it can be pressed now.
        name: What a screen reader says, where the words alone are not enough.
        means: What it does, by a key: the focus finds it again once it is made anew.
    """
    made = Button(words, means=means)
    made.setProperty("kind", kind)
    made.setFont(theme.font(14, 500))
    made.setEnabled(enabled)
    made.setAccessibleName(name or words)
    if glyph:
        set_glyph(made, glyph)
    return made


def set_glyph(made: QPushButton, glyph: str) -> None:
    """Put an icon on a button, in the tone of its kind."""
    tone = {"primary": "on_ink", "stop": "alert"}.get(str(made.property("kind")), "text_2")
    made.setIcon(icons.picture(glyph, tone))
    made.setIconSize(QSize(18, 18))


def set_kind(made: QPushButton, kind: str) -> None:
    """Change what sort of button it is, and redress it."""
    if made.property("kind") != kind:
        made.setProperty("kind", kind)
        redress(made)


def redress(widget: QWidget) -> None:
    """Apply the style sheet anew after a property has changed; another look may want more room."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.updateGeometry()


def field(
    value: str = "", hint: str = "", *, name: str = "", size: int = 14, w: int | None = None
) -> QLineEdit:
    """Return a line to type in; there are no spin boxes in this program.

    Args:
        value: What stands in it; never a clinical value.
        hint: Grey words while it is empty.
        name: What a screen reader says; the hint where it is left out.
        size: Pixels.
        w: Fixed width.
    """
    made = QLineEdit(value)
    made.setPlaceholderText(hint)
    made.setFont(theme.font(size, 500 if value else 400))
    made.setAccessibleName(name or hint)
    if w is not None:
        made.setFixedWidth(w)
    return made


def mark_bad(line: QLineEdit, *, bad: bool) -> None:
    """Outline a field that is at fault, or take the outline away."""
    if bool(line.property("bad")) != bad:
        line.setProperty("bad", bad)
        redress(line)


def labelled(name: str, line: QWidget, note: str = "") -> QVBoxLayout:
    """Return a field under its name; the name is the label that a screen reader finds."""
    label = text(name, 13, 500)
    label.setBuddy(line)
    if not line.accessibleName():
        line.setAccessibleName(name)
    notes: list[Item] = [text(note, 12, 400, "text_2", wrap=True)] if note else []
    return col(label, line, *notes, gap=4)


def key(words: str) -> QLabel:
    """Return a key cap."""
    label = text(words, 12, 500, "text_2")
    label.setStyleSheet(
        f"color: {theme.c.text_2}; background: {theme.c.surface}; padding: 0 6px;"
        f"border: 1px solid {theme.c.line_strong}; border-radius: 4px;"
    )
    label.setFixedHeight(20)
    return label


def keyed(shortcut: str, meaning: str) -> QHBoxLayout:
    """Return a key cap and what the key does."""
    return row(key(shortcut), text(meaning, 12, 400, "text_2"), gap=6)


def titled(
    title: str, *items: Item, note: str = "", gap: int = 8, edge: Edge = 16, inset: int = 0
) -> QFrame:
    """Return a card with a heading.

    Args:
        title: A short noun.
        items: What is in it, one under the other.
        note: Quiet words at the right of the heading.
        gap: Pixels between the items.
        edge: Inner margins.
        inset: Further margin left and right of the heading.
    """
    head = row(text(title, 13, 600), ..., text(note, 12, 400, "text_3"), edge=(inset, 0, inset, 4))
    return box(col(head, *items, gap=gap, edge=edge), "card")


class Elided(QLabel):
    """A label that never pushes its neighbours away: what does not fit ends in an ellipsis."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        said = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment(), said)
        painter.end()


def elided(
    words: str = "", size: int = 14, weight: int = 400, tone: str = "text", *, grows: bool = False
) -> Elided:
    """Return a label that gives way where there is no room.

    Args:
        words: What it says.
        size: Pixels.
        weight: 400, 500 or 600.
        tone: A token name or a colour.
        grows: Whether it takes all the room there is.
    """
    label = Elided(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font(size, weight))
    label.setAlignment(Align.AlignLeft | Align.AlignVCenter)
    wide = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Preferred
    label.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
    paint(label, tone)
    return label
