"""The one way from text to paper."""

from __future__ import annotations

import ast
from pathlib import Path

from hypothesis import given, strategies as st
from reportlab.platypus import Paragraph

import reports
from reports.pdf import faces
from reports.pdf.look import Types
from reports.pdf.pen import MOST, Pen

_ROOT = Path(str(reports.__file__)).parent


def _paragraphs(source: str) -> int:
    names = [
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
    ]
    return names.count("Paragraph") + names.count("XPreformatted")


def test_that_nothing_but_the_pen_makes_a_paragraph() -> None:
    made = {
        str(path.relative_to(_ROOT)): _paragraphs(path.read_text(encoding="utf-8"))
        for path in _ROOT.rglob("*.py")
    }
    assert {name for name, count in made.items() if count} == {"pdf/pen.py"}
    assert _paragraphs("platypus.Paragraph('x')") == 1


def test_that_the_package_can_be_imported_without_drawing_anything() -> None:
    for name in ("__init__.py", "wording.py", "summary.py", "sheet_rows.py", "tables.py"):
        assert "reportlab" not in (_ROOT / name).read_text(encoding="utf-8")


def test_that_markup_in_a_value_is_text() -> None:
    made = Pen().say("<b>{x}</b>", x="<i>a</i> & {b}")
    assert made.getPlainText() == "<i>a</i> & {b}"


def test_that_a_missing_glyph_is_named_and_remembered() -> None:
    pen = Pen()
    assert pen.clean("a山😀") == "a[U+5C71][U+1F600]"
    assert pen.missing == {"山", "😀"}
    assert not Pen().prints("山")
    assert Pen().prints("Żółć Χατζη Щ → ≥ ● ✓")


def test_that_what_a_reader_could_not_copy_is_named() -> None:
    char = "\N{CLOCK FACE ONE OCLOCK}"
    assert faces.face_for(char, faces.TEXT) is not None
    assert Pen().clean(f"at {char}") == "at [U+1F550]"


def test_that_what_cannot_be_seen_is_shown() -> None:
    assert Pen().clean("4\N{RIGHT-TO-LEFT OVERRIDE}8\0") == "4[U+202E]8[U+0000]"
    assert Pen().clean("a\r\nb\tc") == "a\nb c"


def test_that_text_is_composed() -> None:
    assert Pen().clean("e\N{COMBINING ACUTE ACCENT}") == "é"


def test_that_a_cut_is_never_silent() -> None:
    cut = Pen().bounded("a" * (MOST + 7))
    assert cut.endswith("(7 more characters stand in the record)")


@given(st.text(max_size=60))
def test_that_every_text_can_be_set(text: str) -> None:
    pen = Pen()
    made = pen.say("{text}", text=text)
    assert isinstance(made, Paragraph)
    made.wrap(80, 1000)
    assert pen.clean(pen.clean(text)) == pen.clean(text)


@given(st.text(alphabet="ab <&Θż\n", max_size=80), st.floats(20, 200))
def test_that_breaking_into_lines_loses_no_word_and_keeps_the_measure(
    text: str, room: float
) -> None:
    lines = Pen().lines(text, room, Types.BODY, most=1000)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(faces.width(line, faces.TEXT, Types.BODY.size) <= room + 0.01 for line in lines)


def test_that_too_many_lines_end_in_an_ellipsis() -> None:
    lines = Pen().lines("word " * 100, 60, Types.BODY, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
