"""One line of the ledger, and the stored name of everything that a line can say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from monitor.clock import Moment
from monitor.entries import clinic, dose, handing_out, session, stock
from monitor.people import Author

Fact = session.SessionFact | clinic.ClinicFact | stock.StockFact | handing_out.HandingOutFact

KINDS: dict[str, type[Fact]] = {
    "opened": session.Opened,
    "ordered": dose.Ordered,
    "weighed": dose.Weighed,
    "calculated": dose.Calculated,
    "single dose calculated": dose.SingleCalculated,
    "checked": dose.Checked,
    "prepared": dose.Prepared,
    "dose given": dose.DoseGiven,
    "wasted": dose.Wasted,
    "remainder kept": dose.RemainderKept,
    "overridden": dose.Overridden,
    "started": dose.Started,
    "paused": dose.Paused,
    "resumed": dose.Resumed,
    "rate changed": dose.RateChanged,
    "stopped": dose.Stopped,
    "finished": dose.Finished,
    "device given": dose.DeviceGiven,
    "reading": session.Measured,
    "rated": session.Rated,
    "event": session.EventNoted,
    "event resolved": session.EventResolved,
    "event serious": session.EventSerious,
    "alert raised": session.AlertRaised,
    "alert acknowledged": session.AlertAcknowledged,
    "slot missed": session.SlotMissed,
    "readiness": session.ReadinessChecked,
    "discharged": session.Discharged,
    "cancelled": session.Cancelled,
    "explained": session.Explained,
    "signed": session.Signed,
    "co-signed": session.CoSigned,
    "addendum": session.Addendum,
    "clock disturbed": session.ClockDisturbed,
    "clock confirmed": session.ClockConfirmed,
    "clinic named": clinic.ClinicNamed,
    "account created": clinic.AccountCreated,
    "password set": clinic.PasswordSet,
    "protocol approved": clinic.ProtocolApproved,
    "patient registered": clinic.PatientRegistered,
    "logged in": clinic.LoggedIn,
    "log-in refused": clinic.LogInRefused,
    "logged out": clinic.LoggedOut,
    "screen locked": clinic.ScreenLocked,
    "screen unlocked": clinic.ScreenUnlocked,
    "program started": clinic.ProgramStarted,
    "program stopped": clinic.ProgramStopped,
    "report kept": clinic.ReportKept,
    "signature refused": clinic.SignatureRefused,
    "authority founded": clinic.AuthorityFounded,
    "certificate issued": clinic.CertificateIssued,
    "certificate refused": clinic.CertificateRefused,
    "key rewrapped": clinic.KeyRewrapped,
    "exported": clinic.Exported,
    "report verified": clinic.ReportVerified,
    "patient mended": clinic.PatientMended,
    "station named": clinic.StationNamed,
    "keys changed": clinic.KeysChanged,
    "backed up": clinic.BackedUp,
    "record restored": clinic.RecordRestored,
    "history gap noticed": clinic.HistoryGapNoticed,
    "history gap explained": clinic.HistoryGapExplained,
    "guards put back": clinic.GuardsPutBack,
    "looked": handing_out.Looked,
    "export begun": handing_out.ExportBegun,
    "export ended": handing_out.ExportEnded,
    "rems form set": handing_out.RemsFormSet,
    "rems answered": handing_out.RemsAnswered,
    "rems filed": handing_out.RemsFiled,
    "stock moved": stock.StockMoved,
    "stock counted": stock.StockCounted,
}
"""The stored name of each type; a name is never used again for something else."""

KIND_OF: dict[type[Fact], str] = {made: kind for kind, made in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        uid: Made by whoever writes, so that a retry never writes twice.
        stream: Which thing's entries it belongs to: "session/…", "patient/…", "account/…",
            "clinic", "access", "history", "certificates", "register" or "rems/…" (its form).
        n: Its place in the stream, from 1.
        at: When it was so.
        moment: When it was written, by which clocks.
        station: The computer it was written at.
        amends: The uid of the entry whose place it takes.
        reason: Why, wherever a reason was given.
    """

    uid: str
    stream: str
    n: int
    at: dt.datetime
    moment: Moment
    by: Author
    station: str
    what: Fact
    amends: str = ""
    reason: str = ""

    @property
    def recorded_at(self) -> dt.datetime:
        """Return when it was written."""
        return self.moment.now

    @property
    def kind(self) -> str:
        """Return the stored name of what it says."""
        return KIND_OF[type(self.what)]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an act wants written; whoever appends it adds who, where and its place.

    Attributes:
        at: When it was so.
    """

    what: Fact
    at: dt.datetime
    uid: str
    amends: str = ""
    reason: str = ""


def session_stream(session_id: str) -> str:
    """Return the name of a session's stream."""
    return f"session/{session_id}"
