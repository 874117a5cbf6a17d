"""Who vouches for signatures here: the clinic's authority, and everybody's certificates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from monitor.certificates import Authority, PersonalCertificate
from monitor.errors import Code, MonitorError
from monitor.people import Account, Author, Clinic, Role
from ui.presenters.certificate_faces import (
    FOUND_FORM,
    ISSUE_FORM,
    NO_AUTHORITY,
    NO_AUTHORITY_YET,
    PRACTICE_KEYS,
    SAVE_NAME,
    WHAT_FOR,
    WHO_CAN,
    WHY_FOUND,
    AuthorityFace,
    CertificateRow,
    authority_face,
    certificate_row,
    is_listed,
    why_issue,
)
from ui.presenters.first_start_forms import SAME_AS_RECORD
from ui.presenters.form import FormFace, FormView
from ui.presenters.gate import Run
from ui.wording import sentence
from ui.wording.about_signing import file_trouble

T = TypeVar("T")

FOUND, SAVE, ISSUE = "found", "save", "issue "
"""What can be done here; a user name follows the last one."""

_FIELD_OF = {
    Code.WRONG_PASSWORD: "password",
    Code.WRONG_PASSPHRASE: "passphrase",
    Code.WEAK_PASSWORD: "passphrase",
}
"""Where a refusal is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateActs:
    """What the section needs of the world; `opens_record`, `found` and `issue` are slow.

    Attributes:
        ends: Returns the last instant at which a certificate, in PEM, holds.
        opens_record: Tells whether a secret opens the record.
        found: Makes the authority, with its passphrase.
        issue: With (the authority's passphrase, user, the person's own password).
        write: Writes a file.
        practice: Whether the record is one for practice, whose keys everybody has.
    """

    authority: Callable[[], Authority | None]
    issued: Callable[[], Sequence[PersonalCertificate]]
    ends: Callable[[str], dt.datetime]
    opens_record: Callable[[str], bool]
    found: Callable[[str], None]
    issue: Callable[[str, str, str], None]
    write: Callable[[Path, bytes], None]
    practice: bool = False


class CertificatesView(Protocol):
    """What the presenter asks of the section."""

    @property
    def form(self) -> FormView:
        """Return the form beside the list."""
        ...

    def show_authority(self, face: AuthorityFace | None, warning: str, *, may_found: bool) -> None:
        """Show the authority; None where there is none yet, and whether it can be made here."""
        ...

    def show_certificates(self, rows: tuple[CertificateRow, ...], note: str) -> None:
        """Show everybody's certificates."""
        ...

    def open_form(self, words: str) -> None:
        """Make room for the form, with words over it."""
        ...

    def close_form(self, back_to: str) -> None:
        """Take the form away; the focus goes to the button of that act, or to the next one."""
        ...

    def show_done(self, said: str, *, problem: bool = False) -> None:
        """Say what was done, or why not; empty takes it away."""
        ...

    def show_busy(self, said: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile. Empty ends it."""
        ...

    def ask_where(self, name: str) -> None:
        """Ask where the certificate shall go; *name* is offered."""
        ...


class CertificatesDoors(Protocol):
    """What the section needs of the world."""

    @property
    def author(self) -> Callable[[], Author]:
        """Return who is here."""
        ...

    @property
    def clinic(self) -> Callable[[], Clinic | None]:
        """Return the clinic."""
        ...

    @property
    def accounts(self) -> Callable[[], Sequence[Account]]:
        """Return everyone who has an account."""
        ...

    @property
    def certificates(self) -> CertificateActs:
        """Return what can be done to the certificates."""
        ...

    @property
    def now(self) -> Callable[[], dt.datetime]:
        """Return the instant."""
        ...

    @property
    def zone(self) -> dt.tzinfo:
        """Return the clinic's time zone."""
        ...

    @property
    def run(self) -> Run:
        """Do slow work beside the window."""
        ...


class CertificatesPresenter:
    """Lists who can sign; makes the authority and issues certificates for an administrator."""

    def __init__(self, view: CertificatesView, doors: CertificatesDoors) -> None:
        self._view, self._doors, self._acts = view, doors, doors.certificates
        self._values: dict[str, str] = {}
        self._open = self._busy = ""
        self._face: FormFace | None = None
        self._authority: Authority | None = None

    @property
    def worry(self) -> str:
        """Return what an administrator ought to do here; empty if nothing."""
        try:
            if self._acts.authority() is None:
                return NO_AUTHORITY_YET
            wanting = sum(row.warns for row in self._rows())
        except MonitorError:
            return ""  # the shield says that the record cannot be read
        return f"certificates to issue: {wanting}" if wanting else ""

    def refresh(self) -> None:
        """Look again; what is being typed stays."""
        if self._busy:
            return  # it is being changed just now; it is looked at afterwards
        if self._open and not self._may_change():
            self.give_up()
        self._authority = found = self._acts.authority()
        face = None
        if found is not None:
            ends, zone = self._acts.ends(found.certificate), self._doors.zone
            clinic = self._doors.clinic()
            face = authority_face(found, ends, clinic.name if clinic else "", zone)
        idle = self._may_change() and not self._open
        told = PRACTICE_KEYS if self._acts.practice else ""
        warning = told if found else NO_AUTHORITY
        self._view.show_authority(face, warning, may_found=idle and found is None)
        note = WHAT_FOR if self._may_change() else f"{WHAT_FOR} {WHO_CAN}"
        self._view.show_certificates(self._rows(), note)

    # --- what is pressed ----------------------------------------------------------------

    def choose(self, act: str) -> None:
        """Begin one of the acts."""
        if self._open or self._busy:
            return
        self._view.show_done("")
        if act == SAVE and self._authority is not None:
            self._view.ask_where(SAVE_NAME)
        elif act == FOUND and self._may_change() and self._authority is None:
            self._show_form(act, FOUND_FORM, WHY_FOUND)
        elif act.startswith(ISSUE) and self._may_change():
            self._show_form(act, ISSUE_FORM, why_issue(self._name(act.removeprefix(ISSUE))))

    def save_to(self, path: Path) -> None:
        """Write the authority's certificate there; it is public."""
        if self._authority is None:
            return
        try:
            self._acts.write(path, self._authority.certificate.encode("ascii"))
        except OSError as error:
            self._view.show_done(file_trouble(error.errno or 0), problem=True)
        else:
            self._view.show_done(f"Saved as {path.name}. Whoever gets it compares the fingerprint.")

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._values[key] = words

    def submit(self) -> None:
        """Do what the form is for; what is wrong is said at its field."""
        if not self._open or self._busy:
            return
        problem = self._problem()
        if problem:
            self._view.form.show_problem(*problem)
        elif self._open == FOUND:
            phrase = self._values["passphrase"]
            self._work("Making the authority's key …", lambda: self._found(phrase), self._founded)
        else:
            user = self._open.removeprefix(ISSUE)
            phrase, password = self._values["passphrase"], self._values["password"]
            done = f"{self._name(user)} can sign from now on."
            self._work(
                "Making the key and its certificate …",
                lambda: self._acts.issue(phrase, user, password),
                lambda _: self._end(done),
            )

    def give_up(self) -> None:
        """Take the form away; nothing was done."""
        if self._open and not self._busy:
            self._end("")

    # --- what comes of it ---------------------------------------------------------------

    def _found(self, phrase: str) -> bool:
        """Make the authority, unless the passphrase is the record's; tell whether it was made."""
        if self._acts.opens_record(phrase):
            return False
        self._acts.found(phrase)
        return True

    def _founded(self, made: bool) -> None:  # noqa: FBT001 - the answer of `_found`
        if made:
            self._end("The authority is made. Issue a certificate to each person now.")
        else:
            self._view.form.show_problem("passphrase", SAME_AS_RECORD)

    def _end(self, said: str) -> None:
        closed, self._open = self._open, ""
        for each in self._face.fields if self._face else ():
            self._view.form.put(each.key, "")
        self._values, self._face = {}, None
        self._view.show_done(said)
        self.refresh()
        self._view.close_form(closed)

    def _show_form(self, act: str, face: FormFace, words: str) -> None:
        self._values, self._open, self._face = {}, act, face
        self._view.open_form(words)
        self._view.form.show_form(face)
        self.refresh()
        self._view.form.enter_form()

    def _work(self, said: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Do something slow; a refusal is said in the form."""

        def finished(future: Future[T]) -> None:
            self._busy = ""
            self._view.show_busy("")
            try:
                result = future.result()
            except MonitorError as error:
                field = _FIELD_OF.get(error.code, "")
                self._view.form.show_problem(field, sentence(error))
                return
            then(result)

        self._busy = said
        self._view.form.show_problem("", "")
        self._view.show_busy(said)
        self._doors.run(work, finished)

    # --- what is there ------------------------------------------------------------------

    def _rows(self) -> tuple[CertificateRow, ...]:
        issued, now, zone = self._acts.issued(), self._doors.now(), self._doors.zone
        names = {each.user: each.name for each in self._doors.accounts()}
        can_issue = self._may_change() and self._acts.authority() is not None and not self._open
        accounts = self._doors.accounts()
        theirs = [(each, [one for one in issued if one.user == each.user]) for each in accounts]
        return tuple(
            certificate_row(
                account,
                [(each, self._acts.ends(each.certificate)) for each in own],
                names,
                now.astimezone(zone),
                can_issue=can_issue,
            )
            for account, own in theirs
            if is_listed(account, own)
        )

    def _name(self, user: str) -> str:
        return next((each.name for each in self._doors.accounts() if each.user == user), user)

    def _may_change(self) -> bool:
        return self._doors.author().role is Role.ADMINISTRATOR

    def _problem(self) -> tuple[str, str] | None:
        """Return the first field at fault, and the sentence."""
        if self._open != FOUND and not self._values.get("password"):
            name = self._name(self._open.removeprefix(ISSUE))
            return "password", f"Let {name} type the password they log in with."
        if not self._values.get("passphrase"):
            return "passphrase", "Type the passphrase of the signing authority."
        if self._open == FOUND and self._values["passphrase"] != self._values.get("again", ""):
            return "again", "The two passphrases differ. Type the same one twice."
        return None
