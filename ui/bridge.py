"""Carries what was written in the ledger over to Qt's side of the house."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from monitor.entries import Entry


class EntryBridge(QObject):
    """Re-emits each committed entry as a signal, on the thread that the bridge lives on.

    Signals:
        entry_recorded: An `Entry`, after it was committed.
    """

    entry_recorded = Signal(object)

    def publish(self, entry: Entry) -> None:
        """Hand *entry* to whoever is connected; safe from any thread."""
        self.entry_recorded.emit(entry)
