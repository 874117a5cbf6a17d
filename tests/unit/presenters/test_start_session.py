"""Starting a session: who, where, under which protocol, and what stands in the way."""

from __future__ import annotations

import dataclasses
import datetime as dt

from monitor.acts import Cancel, Finish
from monitor.clinic import ApproveProtocol, NewPatient, RegisterPatient
from monitor.entries import Leaving
from monitor.errors import Code, RefusedError
from monitor.identity import MendPatient
from monitor.people import Author, Role, Sex
from monitor.protocols import shipped
from tests.fakes.rooms import registered, start_doors
from tests.fakes.views_rooms import FakeStartRoom
from tests.fakes.visit import Visit
from ui.presenters.start_session import StartDoors, StartSessionPresenter


class Starting:
    """The room over a record where chair 2 is taken and chair 1 is free."""

    def __init__(self, author: Author | None = None) -> None:
        self.visit = Visit()
        self.reyes = registered(self.visit, "Reyes", "Mateo", "100412")
        self.view = FakeStartRoom()
        self.doors = start_doors(self.visit, author)
        self.presenter = StartSessionPresenter(self.view, self.doors)
        self.presenter.begin()

    def over(self, doors: StartDoors) -> Starting:
        """Stand before other doors."""
        self.presenter = StartSessionPresenter(self.view, doors)
        self.presenter.begin()
        return self

    def choose(self, chair: str = "1") -> Starting:
        """Choose Mateo Reyes, a chair and the infusion."""
        self.presenter.choose_patient(self.reyes.id)
        self.presenter.choose_chair(chair)
        self.presenter.choose_protocol("iv-ketamine-40")
        return self


def test_that_nothing_is_chosen_beforehand() -> None:
    room = Starting()
    assert (room.view.patients.chosen, room.view.chair) == ("", "")
    assert not any(card.chosen for card in room.view.cards)
    assert room.view.face.said == "Choose a patient, a chair and a protocol."
    assert not room.view.face.ready


def test_that_what_is_known_already_is_chosen() -> None:
    room = Starting()
    room.presenter.begin(patient_id=room.reyes.id, chair="1")
    assert (room.view.patients.chosen, room.view.chair) == (room.reyes.id, "1")
    assert room.view.face.said == "Choose a protocol."


def test_that_a_session_is_started() -> None:
    room = Starting().choose()
    assert room.view.face.said == "Reyes, Mateo · Chair 1 · IV ketamine, 40 minutes"
    room.presenter.start()
    (session_id,) = room.view.started
    (opened,) = [h for h in room.doors.open_sessions() if h.session_id == session_id]
    assert (opened.chair, opened.patient.id) == ("1", room.reyes.id)


def test_that_a_taken_chair_says_by_whom_and_cannot_be_chosen() -> None:
    room = Starting().choose(chair="2")
    taken = room.view.chairs["2"]
    assert (taken.offered, taken.more) == (False, ("Nowak, Anna", "taken"))
    assert room.view.chairs["1"].offered
    assert room.view.face.said == "Choose a chair."


def test_that_a_chair_taken_meanwhile_is_refused_in_one_sentence() -> None:
    room = Starting().choose()
    other = registered(room.visit, "Haddad", "Samira", "100127")
    room.doors.open_session(patient_id=other.id, protocol_id="iv-ketamine-40", chair="1")
    room.presenter.start()
    assert room.view.started == []
    assert room.view.problem.startswith("Chair 1 already has a session")
    assert not room.view.chairs["1"].offered
    assert room.view.chair == ""


def test_that_a_chair_taken_meanwhile_is_no_longer_chosen() -> None:
    room = Starting().choose()
    other = registered(room.visit, "Haddad", "Samira", "100127")
    room.doors.open_session(patient_id=other.id, protocol_id="iv-ketamine-40", chair="1")
    room.presenter.refresh()
    assert room.view.face.said == "Choose a chair."


def test_that_a_chair_is_free_again_after_the_session() -> None:
    room = Starting()
    room.visit.started()
    room.visit.left(Leaving.TRANSFERRED, "felt unwell")
    room.presenter.refresh()
    assert room.view.chairs["2"].offered


def test_that_only_approved_protocols_are_offered_each_with_its_drug() -> None:
    room = Starting()
    assert [card.family for card in room.view.cards] == ["ketamine"]
    spray = next(each for each in shipped() if each.id == "esketamine")
    ApproveProtocol(room.visit.world)(room.visit.prescriber, spray)
    room.presenter.refresh()
    assert {card.family for card in room.view.cards} == {"ketamine", "esketamine"}
    card = next(each for each in room.view.cards if each.id == "esketamine")
    assert card.lines[0] == "56 or 84 mg, 28 mg a device"
    assert card.approved == "Version 3, approved by Dana Silva, 2026-03-02"


def test_that_without_an_approval_it_says_who_can_give_one() -> None:
    room = Starting()
    room.over(dataclasses.replace(room.doors, approvals=lambda: ()))
    assert room.view.cards == ()
    assert room.view.nobody == "No protocol is approved here yet. Dana Silva can approve one."


def test_that_without_a_prescriber_it_says_who_helps() -> None:
    room = Starting()
    doors = dataclasses.replace(room.doors, approvals=lambda: (), accounts=lambda: ())
    assert "administrator" in room.over(doors).view.nobody


def test_that_a_protocol_nobody_approved_cannot_be_chosen() -> None:
    room = Starting().choose()
    room.presenter.choose_protocol("esketamine")
    assert room.view.face.said.endswith("IV ketamine, 40 minutes")


def test_that_an_approval_that_is_gone_is_refused_in_one_sentence() -> None:
    def refuse(*, patient_id: str, protocol_id: str, chair: str, confirm: bool = False) -> str:
        assert not confirm
        raise RefusedError(Code.NOT_APPROVED, name=f"{protocol_id} {patient_id and chair}")

    room = Starting()
    room.over(dataclasses.replace(room.doors, open_session=refuse)).choose()
    room.presenter.start()
    assert room.view.started == []
    assert room.view.problem.startswith("No prescriber here has approved the protocol")


def test_that_a_patient_who_has_a_session_is_pointed_out() -> None:
    room = Starting()
    room.presenter.search("Nowak")
    room.presenter.choose_first()
    assert room.view.face.warning.startswith("Nowak, Anna already has a session in Chair 2")


def test_that_someone_who_may_not_is_told_so() -> None:
    room = Starting(Author("au", Role.AUDITOR, "Ada Unger")).choose()
    room.presenter.start()
    assert room.view.started == []
    assert "role of auditor" in room.view.problem


def like_reyes(room: Starting) -> str:
    """Add somebody who is easily taken for Mateo Reyes; return the id."""
    other = registered(room.visit, "Reyes", "Matteo", "100999")
    room.presenter.begin()
    return other.id


def test_that_a_like_patient_is_asked_about_and_nothing_starts_before_an_answer() -> None:
    room = Starting()
    other = like_reyes(room)
    room.choose()
    which = room.view.which
    assert which is not None
    assert [(row.id, row.facts) for row in which.rows] == [
        (room.reyes.id, "1990-07-02 (35) · MRN 100412"),
        (other, "1990-07-02 (35) · MRN 100999"),
    ]
    assert not room.view.face.ready
    assert room.view.face.said == "Choose which of the like patients it is."
    room.presenter.start()
    assert room.view.started == []
    assert room.view.problem == room.view.face.said


def test_that_the_one_who_is_named_gets_the_session() -> None:
    room = Starting()
    other = like_reyes(room)
    room.choose()
    room.presenter.choose_which(other)
    assert room.view.which is None
    assert room.view.patients.chosen == other
    room.presenter.start()
    (session_id,) = room.view.started
    (opened,) = [h for h in room.doors.open_sessions() if h.session_id == session_id]
    assert opened.patient.id == other


def test_that_another_choice_in_the_list_is_asked_about_anew() -> None:
    room = Starting()
    other = like_reyes(room)
    room.choose()
    room.presenter.choose_which(room.reyes.id)
    assert room.view.which is None
    room.presenter.choose_patient(other)
    assert room.view.which is not None


def test_that_an_answer_holds_for_one_start_only() -> None:
    room = Starting()
    like_reyes(room)
    room.presenter.choose_which(room.reyes.id)
    room.presenter.begin(patient_id=room.reyes.id)
    assert room.view.which is not None


def test_that_a_crowd_of_like_patients_is_cut_and_says_so() -> None:
    room = Starting()
    for number in range(6):
        registered(room.visit, "Reyes", "Mateo", f"9{number}")
    room.presenter.begin(patient_id=room.reyes.id)
    assert room.view.which is not None
    assert len(room.view.which.rows) == 4
    assert "3 more are in the list" in room.view.which.said


def test_that_nobody_is_asked_about_where_nobody_is_like() -> None:
    room = Starting().choose()
    assert room.view.which is None


def test_that_enter_in_an_empty_search_keeps_the_one_who_is_chosen() -> None:
    room = Starting()
    room.presenter.begin(patient_id=room.reyes.id)
    room.presenter.choose_first()
    assert room.view.patients.chosen == room.reyes.id


def test_that_a_name_changed_meanwhile_is_shown() -> None:
    room = Starting().choose()
    wanted = NewPatient(
        family="Reyes-Cruz", given="Mateo", born="1990-07-02", sex=Sex.MALE, number="100412"
    )
    MendPatient(room.visit.world)(room.visit.nurse, room.reyes.id, wanted, "name changed")
    room.presenter.refresh()
    assert room.view.face.said.startswith("Reyes-Cruz, Mateo · Chair 1")


def test_that_starting_too_soon_says_what_is_missing() -> None:
    room = Starting()
    room.presenter.start()
    assert room.view.problem == "Choose a patient, a chair and a protocol."
    room.presenter.choose_chair("1")
    assert room.view.problem == ""


def test_that_a_patient_too_young_for_the_protocol_is_said_before_the_start() -> None:
    room = Starting()
    born = dt.date(2008, 3, 3)  # 18 on the day after the visit
    young = NewPatient(
        family="Lis", given="Ola", born=born.isoformat(), sex=Sex.FEMALE, number="100500"
    )
    patient = RegisterPatient(room.visit.world)(room.visit.nurse, young)
    room.presenter.refresh()
    room.choose().presenter.choose_patient(patient.id)
    assert not room.view.face.ready
    assert room.view.face.said == (
        "The patient is 17 years old; this protocol treats nobody under 18: choose another"
        " protocol or do not treat."
    )
    room.presenter.start()
    assert room.view.started == []
    assert room.view.problem == room.view.face.said


def test_that_each_card_says_its_dose_in_short() -> None:
    room = Starting()
    for protocol in shipped():
        ApproveProtocol(room.visit.world)(room.visit.prescriber, protocol)
    room.presenter.refresh()
    said = {card.id: (card.treatment, *card.lines[:2]) for card in room.view.cards}
    assert said["iv-push-ed"] == (
        "Ketamine IV",
        "0.1 to 0.3 mg/kg, above 25 mg a reason is asked",
        "Pushed by hand over 1 to 2 min",
    )
    assert said["im-ketamine"][0] == "Ketamine IM"
    assert said["oral-ketamine"][1:] == (
        "0.25 to 7 mg/kg or 50 to 300 mg, above 300 mg a reason is asked",
        "Given in one go",
    )
    assert said["esketamine-eu"][1] == "28, 56 or 84 mg, 28 mg a device"


def test_that_a_second_session_today_is_asked_about_once() -> None:
    room = Starting()
    room.visit.do(Cancel(reason="fever"))
    room.presenter.refresh()
    anna = room.visit.overview.patient
    room.presenter.choose_patient(anna.id)
    room.presenter.choose_chair("1")
    room.presenter.choose_protocol("iv-ketamine-40")
    assert room.view.face.start == "Start the session"
    room.presenter.start()
    assert room.view.started == []
    assert room.view.problem == (
        "Nowak, Anna was here today at 09:48 (IV ketamine, 40 minutes; cancelled). Another session?"
    )
    assert room.view.face.start == "Start another session"
    room.presenter.start()
    assert len(room.view.started) == 1


def test_that_the_question_names_the_dose_its_times_and_how_the_patient_left() -> None:
    room = Starting()
    room.visit.started("10:00").at("11:14").do(Finish(at=room.visit.instant("10:40")))
    room.visit.left(Leaving.AGAINST_ADVICE, "would not wait")
    room.presenter.refresh()
    room.presenter.choose_patient(room.visit.overview.patient.id)
    room.presenter.choose_chair("1")
    room.presenter.choose_protocol("iv-ketamine-40")
    room.presenter.start()
    assert room.view.problem == (
        "Nowak, Anna was here today at 09:48 (IV ketamine, 40 minutes; closed; 35 mg given "
        "10:00–10:40, left against advice 11:14). Another session?"
    )


def test_that_a_dose_that_nobody_ended_is_not_said_to_go_on_in_somebody_who_has_left() -> None:
    room = Starting()
    room.visit.started("10:00").at("10:20").left(Leaving.TRANSFERRED, "chest pain")
    room.presenter.refresh()
    room.presenter.choose_patient(room.visit.overview.patient.id)
    room.presenter.choose_chair("1")
    room.presenter.choose_protocol("iv-ketamine-40")
    room.presenter.start()
    assert "given from 10:00, its end not recorded, transferred 10:20)" in room.view.problem


def test_that_what_is_changed_after_the_question_is_asked_about_anew() -> None:
    room = Starting()
    room.visit.do(Cancel(reason="fever"))
    room.presenter.refresh()
    room.presenter.choose_patient(room.visit.overview.patient.id)
    room.presenter.choose_chair("1")
    room.presenter.choose_protocol("iv-ketamine-40")
    room.presenter.start()
    room.presenter.choose_chair("2")
    assert (room.view.problem, room.view.face.start) == ("", "Start the session")
    room.presenter.start()
    assert room.view.started == []
    assert "Another session?" in room.view.problem


def test_that_a_session_left_open_on_another_day_is_asked_about_with_its_day() -> None:
    room = Starting()
    room.visit.clock.advance(minutes=24 * 60)
    room.presenter.refresh()
    room.presenter.choose_patient(room.visit.overview.patient.id)
    room.presenter.choose_chair("1")
    room.presenter.choose_protocol("iv-ketamine-40")
    room.presenter.start()
    assert room.view.problem == (
        "Nowak, Anna has a session of 2026-03-02, 09:48 (IV ketamine, 40 minutes; open). Another"
        " session?"
    )
