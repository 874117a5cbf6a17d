"""A rehearsal's text, put together for a test."""

from __future__ import annotations

from monitor.rehearsal.reading import read_script
from monitor.rehearsal.script import Script

HEAD = """\
title = "A rehearsal"
protocol = "iv-ketamine-40"
chair = "2"
date = "2026-03-02"
timezone = "Europe/Warsaw"

[clinic]
name = "Riverside Clinic"

[[staff]]
id = "nk"
name = "Nina Kowal"
role = "nurse"
credential = "RN"

[[staff]]
id = "ds"
name = "Daniel Stone"
role = "prescriber"

[patient]
family = "Nowak"
given = "Anna"
born = "1984-03-12"
sex = "female"
number = "100234"
"""

ORDER = 'at = "09:45"\nby = "ds"\ndo = "order"\nper_kg_mg = "0.5"\nminutes = "40"\nhow = "written"'
NOTE = 'at = "09:48"\nby = "nk"\ndo = "line"\ntext = "? a note"'


def text_of(*acts: str, head: str = HEAD) -> str:
    """Return a rehearsal's text: the head, then each act."""
    return head + "".join(f"\n[[act]]\n{act}\n" for act in acts)


def script_of(*acts: str, head: str = HEAD) -> Script:
    """Return the rehearsal that such a text tells."""
    return read_script(text_of(*acts, head=head).encode(), "x.toml")
