"""What an export says of each session: its folder's name, and which session that is."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256

from monitor.sealed_file import session_code
from monitor.whole_export import ExportPlan, Piece


def folder_names(plan: ExportPlan) -> dict[str, str]:
    """Return each session's folder's name: its code, or more where two have the same."""
    codes = {header.session_id: session_code(header.session_id) for header in plan.sessions}
    times = Counter(codes.values())
    return {
        each: code if times[code] == 1 else f"{code}-{sha256(each.encode()).hexdigest()}"
        for each, code in codes.items()
    }


def session_state(piece: Piece, reports: list[str]) -> bytes:
    """Return what says which session a folder is of, without a word of its patient."""
    seen = piece.overview
    said = {
        "format": "chairside-export-session-v1",
        "session": seen.session_id,
        "code": seen.code,
        "status": seen.status,
        "version": seen.version,
        "opened": seen.local(seen.opened_at).isoformat(),
        "entries": piece.entries,
        "rems_entries": piece.answers,
        "reports": reports,
    }
    return json.dumps(said, indent=1).encode("utf-8") + b"\n"
