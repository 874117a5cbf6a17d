"""A press that prints a line of text: what a report says, and what it was made from."""

from __future__ import annotations

import hashlib

from monitor.overview import SessionOverview
from monitor.ports import PersonalKey
from monitor.sealed_file import FileFacts, Form


class PlainPress:
    """Implements `monitor.ports.Press`; for tests of what is not about paper."""

    def warm(self) -> None:
        """There is nothing to get ready."""

    def draw(self, overview: SessionOverview) -> bytes:
        return f"%PDF- {overview.status} v{overview.version} {overview.digest}".encode()

    def archive(self, overview: SessionOverview, record: bytes) -> bytes:
        return self.draw(overview) + b" with " + hashlib.sha256(record).hexdigest().encode()

    def seal(self, overview: SessionOverview, record: bytes, key: PersonalKey) -> bytes:
        archived = self.archive(overview, record)
        return archived + b" sealed " + key.sign(archived).hex().encode()

    def read(self, content: bytes) -> FileFacts:
        ours = content.startswith(b"%PDF-")
        form = Form.PDF if ours else Form.NOT_A_PDF
        return FileFacts(hashlib.sha256(content).hexdigest(), len(content), form, ours=ours)
