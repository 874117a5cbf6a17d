"""The list of who looked, what left, came back to be verified, or was refused: its rows."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from monitor.errors import Code, InputError
from monitor.people import Author


class Happened(enum.StrEnum):
    """What is listed."""

    EXPORTED = "exported"
    VERIFIED = "verified"
    REFUSED = "refused"
    LOOKED = "looked"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One thing that happened.

    Attributes:
        at: In UTC.
        what: A form of file ("pdf"), an answer ("genuine"), what was asked for ("co-signed"), what
            was looked at ("session"), or how somebody came or went ("logged in").
        session_code: The session's short name on paper; empty where it was about none.
        version: Of the report; 0 where it was about none that is kept.
        status: "signed" or "draft", of that report.
        sha256: Of the file, in hex; empty where it was about none.
        code: Why it was refused, as in `monitor.errors.Code`.
        to: Where a file went; empty where it was not said.
        asked: What was asked for, of a search or a sample; of a range of days, which.
        record_number: The patient's, where a look was about one.
    """

    uid: str
    at: dt.datetime
    by: Author
    station: str
    happened: Happened
    what: str
    session_code: str = ""
    version: int = 0
    status: str = ""
    sha256: str = ""
    code: str = ""
    to: str = ""
    asked: str = ""
    record_number: str = ""


@dataclass(frozen=True, slots=True)
class AskedAccess:
    """Which part of the list is asked for; what is left empty asks for nothing.

    Attributes:
        first, last: Days by the clinic's calendar, both included.
        kind: One only.
        user: A person's user name, as it is written.
        session: A session's short name on paper.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    kind: Happened | None = None
    user: str = ""
    session: str = ""

    def check(self) -> None:
        """Refuse a range that ends before it begins.

        Raises:
            InputError: `out-of-range`, field "last_day".
        """
        if self.first and self.last and self.last < self.first:
            raise InputError(Code.OUT_OF_RANGE, "last_day", typed=self.last, first=self.first)

    def fits(self, row: AccessRow, zone: dt.tzinfo) -> bool:
        """Tell whether a row is asked for.

        Args:
            row: Of the list.
            zone: The clinic's.
        """
        day = row.at.astimezone(zone).date()
        return (
            (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
            and self.kind in (None, row.happened)
            and self.user in ("", row.by.user)
            and self.session in ("", row.session_code)
        )


EVERYTHING = AskedAccess()


@dataclass(frozen=True, slots=True)
class AccessList:
    """A part of the list as it is handed out.

    Attributes:
        rows: The newest first.
        asked: What was asked for, in words.
        zone: The clinic's.
    """

    rows: tuple[AccessRow, ...]
    asked: str
    zone: dt.tzinfo
