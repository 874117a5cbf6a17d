"""The quiet rooms: what waits for a signature, the audit desk, the settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from monitor import protocols
from monitor.acts import Explain
from monitor.clinic import ApproveProtocol, CreateAccount, Lists, RenameClinic
from monitor.desk import (
    CoSignSession,
    DraftReport,
    ExportReport,
    Perform,
    ShowSession,
    SignSession,
    World,
    proven,
)
from monitor.history_keeping import ExplainHistoryGap, NoteHistoryGap
from monitor.people import Author
from monitor.ports import SessionHeader
from monitor.protocols.protocol import Protocol
from monitor.verifying import VerifyReport
from ui.files import write_whole
from ui.keeper import Keeper
from ui.keys import key_acts
from ui.presenters.audit import AuditDoors, AuditPresenter
from ui.presenters.integrity import IntegrityDoors, IntegrityPresenter
from ui.presenters.settings import BACKUPS, KEYS, SettingsDoors, SettingsPresenter
from ui.presenters.to_sign import ToSignDoors, ToSignPresenter
from ui.record import Record
from ui.screens.audit import room as audit_room
from ui.screens.settings import room as settings_room
from ui.screens.to_sign import room as to_sign_room
from ui.sound import Chime
from ui.tasks import Tasks
from ui.window import Window

WAITING = ("closed", "signed")
KEPT_IN_SIGHT = dt.timedelta(hours=24)
"""How long after its closing a co-signed session stays at the end of the worklist."""


class QuietRooms:
    """Makes the quiet rooms, wires them to the record and keeps them true."""

    def __init__(
        self,
        window: Window,
        record: Record,
        author: Callable[[], Author],
        tasks: Tasks,
        keeper: Keeper,
    ) -> None:
        self._window, self._record, self._author, self._tasks = window, record, author, tasks
        self.go_to_session: Callable[[str, str], None] = lambda _, __: None
        world = record.world
        self.to_sign_room = to_sign_room.ToSignRoom(tasks)
        self.audit_room = audit_room.AuditRoom()
        self.settings_room = settings_room.SettingsRoom()
        self._chime = Chime(self.settings_room)
        self._to_sign = ToSignPresenter(self.to_sign_room, self._signing_doors(world))
        self._audit = AuditPresenter(self.audit_room, self._audit_doors(world))
        self.integrity = IntegrityPresenter(self.audit_room, self._integrity_doors(world, keeper))
        self._settings = SettingsPresenter(self.settings_room, self._settings_doors(world, keeper))
        self.to_sign_room.wire(self._to_sign)
        self.audit_room.wire(self._audit, self.integrity)
        self.settings_room.wire(self._settings)
        self._daily = keeper.daily
        self._daily.changed.connect(self._show_backups)
        self._show_backups()
        window.add_room(self.to_sign_room, to_sign_room.HINTS)
        window.add_room(self.audit_room, audit_room.HINTS)
        window.add_room(self.settings_room, settings_room.HINTS)

    def go(self, place: str) -> None:
        """Go into a room by its name on the rail."""
        room, refresh = {
            "To sign": (self.to_sign_room, self._to_sign.refresh),
            "Audit": (self.audit_room, self._refresh_audit),
            "Settings": (self.settings_room, self._settings.refresh),
        }[place]
        self._window.show_room(room, place)
        refresh()

    def go_to_integrity(self) -> None:
        """Go where the record itself is looked at."""
        self.audit_room.go_to_integrity()
        self.go("Audit")

    def go_to_protocols(self) -> None:
        """Go where protocols are approved."""
        self.go("Settings")
        self._settings.show("protocols")

    def go_to_sign(self, session_id: str) -> None:
        """Go to the worklist, at one session."""
        self._window.show_room(self.to_sign_room, "To sign")
        self._to_sign.choose(session_id)
        self._to_sign.refresh()

    def refresh(self) -> None:
        """Something was written: let the room that is seen look again."""
        if self._window.room is self.to_sign_room:
            self._to_sign.refresh()
        elif self._window.room is self.settings_room:
            self._settings.refresh()
            self._show_worries()

    def close(self) -> None:
        """Forget the rooms: somebody else may look at the window now."""
        self._daily.changed.disconnect(self._show_backups)
        self._chime.close()
        for room in (self.to_sign_room, self.audit_room, self.settings_room):
            self._window.drop_room(room)

    # --- doors ------------------------------------------------------------------------------

    def _signing_doors(self, world: World) -> ToSignDoors:
        def explain(session_id: str, code: str, about: str, reason: str) -> None:
            act = Explain(gap=code, about=about, reason=reason)
            Perform(world)(session_id, self._author(), act)

        return ToSignDoors(
            author=self._author,
            waiting=self._waiting,
            overview=ShowSession(world),
            report=DraftReport(world),
            sign=lambda session_id, password, meaning: SignSession(world)(
                session_id, self._author().user, password, meaning
            ),
            co_sign=lambda session_id, password, meaning: CoSignSession(world)(
                session_id, self._author().user, password, meaning
            ),
            explain=explain,
            export=lambda session_id: ExportReport(world)(session_id, self._author()),
            proof=self._record.proof,
            verify=lambda content: VerifyReport(world)(content, self._author()),
            write=write_whole,
            go_to=lambda *where: self.go_to_session(*where),  # noqa: PLW0108 - set later
            now=world.clock.now,
            run=self._tasks.run,
        )

    def _audit_doors(self, world: World) -> AuditDoors:
        return AuditDoors(
            verify=lambda content: VerifyReport(world)(content, self._author()),
            clinic=Lists(world).clinic,
            zone=world.zone,
            run=self._tasks.run,
        )

    def _integrity_doors(self, world: World, keeper: Keeper) -> IntegrityDoors:
        return IntegrityDoors(
            author=self._author,
            check=keeper.check_everything,
            cancel=keeper.cancel,
            note=lambda: NoteHistoryGap(world)(self._author()),
            explain=lambda reason: ExplainHistoryGap(world)(self._author(), reason),
            zone=world.zone,
        )

    def _show_backups(self) -> None:
        self._settings.backups.refresh()
        self._show_worries()

    def _show_worries(self) -> None:
        worries = {KEYS: self._settings.keys.worry, BACKUPS: self._daily.backing.worry}
        self.settings_room.show_worries(worries)
        self._window.rail.set_worry("Settings", "; ".join(filter(None, worries.values())))

    def _refresh_audit(self) -> None:
        self._audit.refresh()
        self.integrity.refresh()

    def _settings_doors(self, world: World, keeper: Keeper) -> SettingsDoors:
        lists = Lists(world)

        def approve(user: str, password: str, protocol: Protocol) -> None:
            ApproveProtocol(world)(proven(world, user, password).author, protocol)

        return SettingsDoors(
            author=self._author,
            clinic=lists.clinic,
            rename=lambda clinic: RenameClinic(world)(self._author(), clinic),
            open_sessions=lambda: lists.sessions("open"),
            accounts=lists.accounts,
            create=lambda wanted: CreateAccount(world)(self._author(), wanted),
            protocols=protocols.shipped(),
            approvals=lists.approvals,
            approve=approve,
            keys=key_acts(self._record, self._author),
            backing=keeper.daily.backing,
            preferences=keeper.preferences,
            play=self._chime.play,
            now=world.clock.now,
            zone=world.zone,
            run=self._tasks.run,
        )

    def _waiting(self) -> tuple[SessionHeader, ...]:
        lists = Lists(self._record.world)
        waiting = [header for status in WAITING for header in lists.sessions(status)]
        since = self._record.world.clock.now() - KEPT_IN_SIGHT
        done = [h for h in lists.sessions("co-signed") if h.closed_at and h.closed_at >= since]
        return (*sorted(waiting, key=_closed_at), *sorted(done, key=_closed_at))


def _closed_at(header: SessionHeader) -> dt.datetime:
    return header.closed_at or header.opened_at
