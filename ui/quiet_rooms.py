"""The quiet rooms: what waits for a signature, the audit desk, the settings."""

from __future__ import annotations

from collections.abc import Callable

from monitor import protocols
from monitor.certifying import ReplacePassword
from monitor.clinic import ApproveProtocol, Lists, RenameClinic
from monitor.desk import World, proven
from monitor.hiring import Hire
from monitor.history_keeping import ExplainHistoryGap, NoteHistoryGap
from monitor.people import Author
from monitor.protocols.protocol import Protocol
from ui.auditing import AuditDesk
from ui.keeper import Keeper
from ui.keys import certificate_acts, key_acts
from ui.presenters.integrity import IntegrityDoors
from ui.presenters.settings import BACKUPS, CERTIFICATES, KEYS, SettingsDoors, SettingsPresenter
from ui.presenters.to_sign import ToSignPresenter
from ui.record import Record
from ui.screens.audit import room as audit_room
from ui.screens.settings import room as settings_room
from ui.screens.to_sign import room as to_sign_room
from ui.signing import SigningDesk
from ui.sound import Chime
from ui.tasks import Tasks
from ui.window import Window


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
        self.go_to_session: Callable[[str, str, str], None] = lambda _, __, ___: None
        world = record.world
        self.to_sign_room = to_sign_room.ToSignRoom(tasks)
        self._audit = AuditDesk(record, author, tasks, self._integrity_doors(world, keeper))
        self.audit_room, self.integrity = self._audit.room, self._audit.integrity
        self.settings_room = settings_room.SettingsRoom()
        self._chime = Chime(self.settings_room)
        self._desk = SigningDesk(record, author, tasks, keeper.preferences, self.to_sign_room)
        self._to_sign = ToSignPresenter(
            self.to_sign_room,
            self._desk.doors(
                lambda *where: self.go_to_session(*where),  # noqa: PLW0108 - set later
                self.go_to_certificates,
            ),
        )
        self._settings = SettingsPresenter(self.settings_room, self._settings_doors(world, keeper))
        self.to_sign_room.wire(self._to_sign)
        self.settings_room.wire(self._settings)
        self._daily = keeper.daily
        self._daily.changed.connect(self._show_backups)
        self._show_backups()
        window.add_room(self.to_sign_room, to_sign_room.HINTS)
        window.add_room(self.audit_room, audit_room.HINTS)
        self.audit_room.taught.connect(lambda hints: window.teach(self.audit_room, hints))
        window.add_room(self.settings_room, settings_room.HINTS)
        self._count_waiting()

    def go(self, place: str) -> None:
        """Go into a room by its name on the rail."""
        room, refresh = {
            "To sign": (self.to_sign_room, self._refresh_to_sign),
            "Audit": (self.audit_room, self._audit.refresh),
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

    def go_to_certificates(self) -> None:
        """Go where certificates are issued."""
        self.go("Settings")
        self._settings.show(CERTIFICATES)

    def go_to_sign(self, session_id: str) -> None:
        """Go to the worklist, at one session."""
        self._window.show_room(self.to_sign_room, "To sign")
        self._to_sign.choose(session_id)
        self._refresh_to_sign()

    def refresh(self) -> None:
        """Something was written: let the room that is seen look again."""
        self._count_waiting()
        if self._window.room is self.to_sign_room:
            self._to_sign.refresh()
        elif self._window.room is self.settings_room:
            self._settings.refresh()
            self._show_worries()

    def be_still(self) -> None:
        """Stop what would keep the window from closing."""
        self._audit.be_still()

    def close(self) -> None:
        """Forget the rooms: somebody else may look at the window now."""
        self._to_sign.close()
        self._daily.changed.disconnect(self._show_backups)
        self._chime.close()
        self._audit.close()
        for room in (self.to_sign_room, self.audit_room, self.settings_room):
            self._window.drop_room(room)

    # --- doors ------------------------------------------------------------------------------

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
        worries = {
            KEYS: self._settings.keys.worry,
            CERTIFICATES: self._settings.certificates.worry,
            BACKUPS: self._daily.backing.worry,
        }
        self.settings_room.show_worries(worries)
        self._window.rail.set_worry("Settings", "; ".join(filter(None, worries.values())))

    def _refresh_to_sign(self) -> None:
        self._desk.warm()
        self._to_sign.refresh()

    def _count_waiting(self) -> None:
        count = self._desk.waiting
        waits = "session waits" if count == 1 else "sessions wait"
        words = f"{count} {waits} for a signature" if count else ""
        self._window.rail.set_waiting("To sign", count, words)

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
            create=lambda wanted, phrase: Hire(world)(self._author(), wanted, phrase),
            replace=lambda wanted: ReplacePassword(world)(self._author(), wanted),
            protocols=protocols.shipped(),
            approvals=lists.approvals,
            approve=approve,
            keys=key_acts(self._record, self._author),
            certificates=certificate_acts(self._record, self._author),
            backing=keeper.daily.backing,
            preferences=keeper.preferences,
            play=self._chime.play,
            now=world.clock.now,
            zone=world.zone,
            run=self._tasks.run,
        )
