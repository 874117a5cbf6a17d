"""The question panel: empty fields, one button, one sentence where it is refused."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.question import Question
from ui.screens.session.asked import AskedChoices, AskedLine, AskedTick, Asking, asked
from ui.widgets.fitting import FittingScroll
from ui.widgets.parts import button, empty, fill, row, rule, say, text

_MOST_DIGITS = 9
_TOLD = 420  # letters: more of them are scrolled by themselves
_FEW = 2  # where more is asked at once, its choices stand closer together


class QuestionPanel(QFrame):
    """Asks one question beside the chart; the chairs go on meanwhile.

    Signals:
        answered: The answers by key, as typed.
        given_up: Esc or "Not now".
        turned: The command of the way out was chosen instead.
    """

    answered = Signal(dict)
    given_up = Signal()
    turned = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._asking: list[Asking] = []
        self._question: Question | None = None
        self._confirm: QPushButton | None = None
        self._away: QPushButton | None = None
        self._out: QPushButton | None = None
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._said = text("", 13, 600, wrap=True)
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(16, 6, 16, 6)
        self._inside.setSpacing(8)
        self._scroll = FittingScroll(inside)
        self._told, self._words = _pinned_words()
        self._head = QVBoxLayout()  # the title stays in sight, whatever is scrolled under it
        self._head.setContentsMargins(16, 12, 16, 0)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(16, 0, 16, 12)
        self._foot.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        fill(layout, (self._head, self._told, self._scroll, self._foot))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_question(self, question: Question) -> None:
        """Show it with empty fields and take the focus."""
        for part in (self._head, self._words, self._inside, self._foot):
            empty(part)
        self._question = question
        self.setAccessibleName(question.title)
        title = text(question.title, 16, 600, wrap=True)
        words = tuple(text(each, 13, 400, "text_2", wrap=True) for each in question.words)
        self._head.addWidget(title)
        fill(self._inside, struck(question.struck))
        told = sum(map(len, question.words)) if question.pinned else 0
        self._told.setVisible(bool(told))
        self._told.set_whole(whole=told <= _TOLD)
        fill(self._words if told else self._inside, words)
        self._add_way_out(question)
        self._asking = [asked(each, dense=len(question.asks) > _FEW) for each in question.asks]
        for each in self._asking:
            self._add(each)
        self._add_answer(question)
        self._read_back()
        press = self._away if question.loses else self._confirm
        first = self._asking[0].first if self._asking else press
        first = self._out or first  # what is usually done comes before what is not
        if first is not None:
            first.show()  # at once, or the focus would wait for the next round of events
            first.setFocus()

    @property
    def answers(self) -> dict[str, str]:
        """Return what was answered so far, by key."""
        return {each.key: each.answer if each.is_asked else "" for each in self._asking}

    def put_back(self, answers: Mapping[str, str]) -> None:
        """Put back into the lines what was typed when this was asked before."""
        for each in self._asking:
            if isinstance(each, AskedLine):
                each.put(answers.get(each.key, ""))

    @property
    def tells_alerts(self) -> bool:
        """Tell whether what is asked names every open alert."""
        return self._question is not None and self._question.tells_alerts

    @property
    def is_pinned(self) -> bool:
        """Tell whether its words stay in sight, and so want the room of what they name."""
        return self._question is not None and self._question.pinned

    def enter(self) -> None:
        """Take the focus to the first thing that is asked, with all that was answered."""
        if self._asking:
            self._go_to(self._asking[0])
        elif self._confirm is not None:
            self._confirm.setFocus()

    def show_question_problem(self, said: str, *, waiting: bool = False, field: str = "") -> None:
        """Say what refuses the answer, under its field; what was typed stays."""
        at_fault = next((each for each in self._asking if field and each.key == field), None)
        for each in self._asking:
            each.show_problem(said if each is at_fault else "")
        say(self._problem, "" if at_fault else said, "text_2" if waiting else "alert")
        self._problem.setVisible(bool(said) and at_fault is None)
        if self._confirm:
            self._confirm.setEnabled(not waiting)
        if not waiting and self._asking:
            self._go_to(at_fault or [each for each in self._asking if each.is_asked][-1])

    def _add_way_out(self, question: Question) -> None:
        self._out = None
        if question.way_out:
            self._out = self._way(*question.way_out, "primary")
            others = (self._way(*way, "") for way in question.other_ways)
            fill(self._inside, (self._out, *others, 4, rule()))
        if question.heading:
            self._inside.addWidget(text(question.heading, 13, 600, wrap=True))

    def _way(self, command: str, words: str, kind: str) -> QPushButton:
        made = button(words, kind)
        made.clicked.connect(lambda: self.turned.emit(command))
        return made

    def _add(self, each: Asking) -> None:
        self._inside.addWidget(each)
        each.changed.connect(self._read_back)
        each.changed.connect(lambda: self._put_right(each))
        if isinstance(each, AskedLine):
            each.entered.connect(lambda: self._next(each))

    def _add_answer(self, question: Question) -> None:
        self._problem = text("", 13, 500, "alert", wrap=True)
        self._said = text("", 13, 600, wrap=True)
        for label in (self._problem, self._said):
            label.hide()
        self._confirm = button(question.confirm, question.kind)
        self._confirm.clicked.connect(self._answer)
        self._away = button("Not now", "quiet")
        self._away.clicked.connect(self.given_up)
        answer = row((self._confirm, 1), self._away, gap=8)
        fill(self._foot, (self._said, self._problem, answer))

    def _put_right(self, each: Asking) -> None:
        """Take away what refused the answer before: it is being answered anew."""
        each.show_problem("")
        if self._confirm is None or self._confirm.isEnabled():  # else that is waited for
            self._problem.hide()

    def _read_back(self) -> None:
        """Ask what the answers so far lead to, and say what they are understood as."""
        for each in self._asking:
            each.look(self.answers)
        if self._question and self._question.says:
            words = self._question.says(self.answers)
            say(self._said, words)
            self._said.setVisible(bool(words))

    def _next(self, here: Asking) -> None:
        """Enter goes to what is asked next; a choice that is made already is passed over."""
        place = next(n for n, each in enumerate(self._asking) if each is here)
        for each in filter(lambda one: one.is_asked, self._asking[place + 1 :]):
            if not (isinstance(each, AskedChoices) and each.answer):
                self._go_to(each)
                return
        self._answer()

    def _go_to(self, each: Asking) -> None:
        """Give one the focus, and have all of it in sight."""
        each.take_focus()
        self._inside.activate()
        self._scroll.ensureWidgetVisible(each)

    def _answer(self) -> None:
        self.answered.emit(self.answers)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        others = (each for each in self._asking if not isinstance(each, AskedLine))
        here = next((each for each in others if each.has_focus()), None)  # a line has its own Enter
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here is not None:
            here.press_focused()
            self._next(here)
        elif isinstance(here, AskedTick) and event.text() in self._ticks():
            self._ticks()[event.text()].toggle()
        else:
            super().keyPressEvent(event)

    def _ticks(self) -> dict[str, AskedTick]:
        """Return the boxes to tick by their digits; a line that has the focus keeps its own."""
        ticks = [each for each in self._asking if isinstance(each, AskedTick)]
        return {f"{n}": each for n, each in enumerate(ticks[:_MOST_DIGITS], 1)}


def _pinned_words() -> tuple[FittingScroll, QVBoxLayout]:
    """Return where the words of a pinned question stand; else they are scrolled with the rest."""
    inside = QWidget()
    words = QVBoxLayout(inside)
    words.setContentsMargins(16, 6, 16, 0)
    words.setSpacing(4)
    return FittingScroll(inside), words


def struck(words: str) -> tuple[QLabel, ...]:
    """Return what will be replaced, struck through; nothing where there is nothing."""
    if not words:
        return ()
    made = text(words, 13, 500, "text_2", wrap=True)
    font = made.font()
    font.setStrikeOut(True)
    made.setFont(font)
    made.setAccessibleName(f"It said: {words}")
    return (made,)
