"""The cards beside the report: the one that is signed on, the finished one, and what was done."""

from __future__ import annotations

from monitor.overview import SessionOverview
from monitor.people import CLINICIANS
from ui.presenters.to_sign_doors import ToSignDoors, ToSignView
from ui.presenters.to_sign_faces import (
    DoneFace,
    KeptFace,
    SignFace,
    done_face,
    sign_face,
    version_rows,
)
from ui.presenters.to_sign_report import ReportPane
from ui.wording import sentence

OLDER = "Show the newest version first; it is what an addendum is added to."
FINISHED = "Signed and co-signed. The file is kept; each export is a copy of it."


class Cards:
    """Shows a card anew where it says something else; else what is typed in it stays."""

    def __init__(self, view: ToSignView, doors: ToSignDoors, report: ReportPane) -> None:
        self._view, self._doors, self._report = view, doors, report
        self._shown: tuple[str, SignFace | None, KeptFace | None] | None = None
        self._done: DoneFace | None = None
        self._said = ("", "")

    @property
    def to_export(self) -> str | None:
        """Return the session that was signed last and can be handed out; None for none."""
        return self._done.session_id if self._done and self._done.export else None

    def show(self, overview: SessionOverview | None) -> None:
        """Show the card of a session as it stands; None for no session."""
        if overview is None:
            self._put("", None, None)
        elif overview.status == "co-signed":
            self._put(overview.session_id, None, self._kept_face(overview))
        else:
            self._put(overview.session_id, self._sign_face(overview), None)
            self._view.show_lock(self._report.lock)

    def on_report(self) -> None:
        """Another report is on the screen: see whether it can be signed."""
        if self._shown is not None and self._shown[1] is not None:
            self._view.show_lock(self._report.lock)

    def tell_signed(self, overview: SessionOverview) -> None:
        """Say that a session was signed, by the newest signature that it has."""
        self._done, self._said = done_face(overview), ("", "")
        self._view.show_done(self._done)

    def tell_handed_out(self, session_id: str, said: str) -> None:
        """Say what an export came to."""
        self._said = (session_id, said)
        if self._done is not None and self._done.session_id == session_id:
            self._done = DoneFace(session_id, self._done.words, said)
            self._view.show_done(self._done)

    def tell_not_handed(self, session_id: str, said: str) -> None:
        """Say why a report was not written: where its card is, or where it was said to be done."""
        elsewhere = self._shown is None or session_id != self._shown[0]
        if self._done is not None and elsewhere:
            self._done = DoneFace(session_id, self._done.words, said, export=True)
            self._view.show_done(self._done)
        else:
            self._view.show_problem(said)

    def closed(self, overview: SessionOverview) -> str:
        """Return why no addendum can be written now; empty where one can."""
        if self._report.version not in (0, overview.version):
            return OLDER
        error = self._doors.trouble()
        return sentence(error) if error else ""

    def _put(self, session_id: str, face: SignFace | None, kept: KeptFace | None) -> None:
        cards = (session_id, face, kept)
        if cards != self._shown:
            self._shown = cards
            self._view.show_kept(kept)
            self._view.show_sign(face)

    def _sign_face(self, overview: SessionOverview) -> SignFace:
        return sign_face(
            overview,
            self._doors.list.author(),
            trouble=self._doors.trouble(),
            notice=self._doors.notice(),
        )

    def _kept_face(self, overview: SessionOverview) -> KeptFace:
        author, (session_id, said) = self._doors.list.author(), self._said
        return KeptFace(
            said if session_id == overview.session_id else FINISHED,
            version_rows(overview, self._report.version),
            f"{author.name} {author.credential}".strip() if author.role in CLINICIANS else "",
            self.closed(overview),
        )
