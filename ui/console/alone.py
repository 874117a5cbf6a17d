"""The lone verifier: what an auditor runs who has not installed the program.

It asks for nothing but Python: no option of the program's own command line is needed, and no
library beyond those that are packed with it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from monitor.clock import SystemClock
from monitor.judging import without_store
from monitor.sealed_file import CertificateFacts
from ui.brought_files import Read, UnreadError, brought
from ui.console.trusted import ReadCertificate, held_against, trusted_certificate
from ui.wording.verdicts import reason_lines, verdict_json, verdict_sentence, worst

NAME = "chairside-verify.pyz"

ABOUT = "Tell whether session reports are genuine and unchanged."

STATUSES = (
    "Exit status: 0 genuine, 1 not, 2 cannot tell; for several files the worst, 1 before 2. "
    "Without --ca no file is ever called genuine."
)


def run(arguments: Sequence[str], read: Read, read_certificate: ReadCertificate) -> int:
    """Verify the files that are named, and say what they are.

    Args:
        arguments: As they were typed.
        read: Looks into a file's content.
        read_certificate: Reads an authority's certificate.
    """
    asked = _parser().parse_args(arguments)
    speak_utf8()
    try:
        trusted = [trusted_certificate(path, read_certificate) for path in asked.ca]
    except UnreadError as problem:
        sys.stderr.write(f"{problem}\n")
        return problem.status
    told = [_told(Path(name), read, trusted) for name in asked.files]
    if asked.json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_in_words(each) for each in told))
    return worst([int(str(each["status"])) for each in told])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(NAME, description=ABOUT, epilog=STATUSES)
    parser.add_argument("files", nargs="+", metavar="FILE", help="a report, as PDF")
    parser.add_argument(
        "--ca",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="the clinic's certificate (authority.pem); compare its fingerprint with the clinic",
    )
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    return parser


def _told(path: Path, read: Read, trusted: Sequence[CertificateFacts]) -> dict[str, object]:
    try:
        facts = brought(path, read).facts
    except UnreadError as problem:
        said = {"file": str(path), "standing": "cannot-tell", "status": problem.status}
        return said | {"sentence": str(problem), "lines": []}
    known = [each.fingerprint for each in trusted]
    verdict = without_store(facts, known, SystemClock().now())
    block = verdict_json(verdict, str(path), verdict_sentence(verdict))
    lines = (held_against(trusted), *(each.line for each in reason_lines(verdict)))
    return block | {"lines": list(lines)}


def _in_words(block: dict[str, object]) -> str:
    lines = block["lines"]
    assert isinstance(lines, list)  # noqa: S101 - `_told` made it
    shown = "".join(f"  {line}\n" for line in lines)
    return f"{block['file']}: {block['sentence']}\n{shown}"


def speak_utf8() -> None:
    """Say names as they are, also where the terminal is set to less."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
