"""Which lines of the ledger are told with an export of everything, and which only vouch."""

from __future__ import annotations

import json
import pickle
import re

import pytest

from monitor.entries import KINDS
from monitor.ledger import Line
from monitor.whole_export import ABOUT_ONE, NOBODYS_SECRET, ReadPiece, is_given
from tests.fakes.visit import Visit
from ui.whole_export.readme import README

OURS, THEIRS = "s-ours", "s-theirs"


def line(stream: str, kind: str, **said: object) -> Line:
    """A line that says so."""
    body = json.dumps({"stream": stream, "kind": kind, **said}).encode()
    return Line(1, "u1", stream, 1, kind, body, b"", b"", b"")


def given(made: Line) -> bool:
    """Whether it is told where one session, and its patient, leave."""
    return is_given(made, {OURS}, {"p-ours"})


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (line(f"session/{OURS}", "reading"), True),
        (line(f"session/{THEIRS}", "reading"), False),
        (line(f"rems/{OURS}", "rems filed", session=OURS), True),
        (line(f"rems/{THEIRS}", "rems filed", session=THEIRS), False),
        (line("patient/p-ours", "patient registered"), True),
        (line("patient/p-theirs", "patient registered"), False),
        (line("access", "report kept", session=OURS), True),
        (line("access", "report kept", session=THEIRS), False),
        (line("access", "exported", session=""), False),
        (line("access", "looked", what="search", session="", asked="Nowak"), False),
        (line("access", "looked", what="patient", session="", patient="p-theirs"), False),
        (line("access", "logged in", user="nk"), False),
        (line("account/nk", "account created"), False),
        (line("account/nk", "password set"), False),
        (line("certificates", "authority founded"), False),
        (line("certificates", "certificate issued"), False),
        (line("clinic", "protocol approved"), True),
        (line("register", "stock moved"), True),
        (line("access", "export begun", to="/vault/Nowak"), False),
        (line("access", "of a later program"), False),
    ],
)
def test_that_a_line_is_told_only_if_it_is_about_what_leaves_or_nobodys_secret(
    made: Line, *, told: bool
) -> None:
    assert given(made) is told


def test_that_a_body_that_cannot_be_read_is_not_told() -> None:
    for body in (b"{", b"[]", b"\xff", b"[" * 10_000):
        made = Line(1, "u1", "access", 1, "exported", body, b"", b"", b"")
        assert not given(made)


def test_that_the_kinds_that_are_named_are_kinds() -> None:
    assert KINDS.keys() >= NOBODYS_SECRET | ABOUT_ONE
    assert not NOBODYS_SECRET & ABOUT_ONE


def test_that_the_folder_says_the_same_rule() -> None:
    said = " ".join(README.split())
    rule = said.partition("its kind is one of: ")[2].partition(".")[0]
    assert set(rule.split(", ")) == NOBODYS_SECRET
    about = said.partition("its kind is ")[2].partition(", its stream is none")[0]
    assert set(re.findall('"(.+?)"', about)) == ABOUT_ONE


def test_that_no_kind_that_names_a_person_or_a_key_is_nobodys_secret() -> None:
    fields = {kind: set(KINDS[kind].__dataclass_fields__) for kind in NOBODYS_SECRET}
    personal = {"patient", "account", "user", "password_hash", "wrapped", "was", "session", "to"}
    assert {kind: names & personal for kind, names in fields.items() if names & personal} == {}


def test_that_a_rems_worksheet_goes_along_where_a_form_is_due() -> None:
    visit = Visit("esketamine")
    assert ReadPiece(visit.world)(visit.session_id).worksheet is None
    visit.started("10:00")
    sheet = ReadPiece(visit.world)(visit.session_id).worksheet
    assert sheet is not None
    assert pickle.loads(pickle.dumps(sheet)) == sheet  # noqa: S301 - our own, just made
    ketamine = Visit().started("10:00")
    assert ReadPiece(ketamine.world)(ketamine.session_id).worksheet is None
