"""What others say of a file: pyHanko's command, pdfsig, mutool and openssl, each as one runs it.

None of them shares a line of code with what reads reports here.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ACCEPTS, REFUSES, NOTHING = "accepts", "refuses", "finds no seal"
IN_PART = "accepts what was sealed; says that more was added"

_RANGE = re.compile(rb"/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) ?\]")
_GAP = re.compile(rb"/Contents ?<([0-9A-Fa-f]+)>")

BROUGHT_BY: Mapping[str, str] = {
    "pdfsig": "poppler-utils",
    "certutil": "libnss3-tools",
    "mutool": "mupdf-tools",
    "openssl": "openssl",
}
"""Which Debian package brings a program."""


class Absent(Exception):  # noqa: N818 - it is no error
    """A program is not here; the message says which package brings it."""


def pyhanko(file: Path, authority: Path, _: Path) -> str:
    """`pyhanko sign validate`: its exit status tells."""
    program = Path(sys.executable).with_name("pyhanko")
    told = ("--trust", authority, "--trust-replace", "--no-revocation-check")
    done = _run([program, "sign", "validate", *told, file])
    if done.returncode == 0 and "INTACT" not in done.stdout:
        return NOTHING
    return ACCEPTS if done.returncode == 0 else REFUSES


def pdfsig(file: Path, authority: Path, folder: Path) -> str:
    """`pdfsig`: it exits with 0 also where a digest is wrong, so three lines must be there."""
    store = folder / "nss"
    if not store.exists():
        store.mkdir()
        base = [_found("certutil"), "-d", f"sql:{store}"]
        _run([*base, "-N", "--empty-password"])
        _run([*base, "-A", "-n", "clinic", "-t", "C,C,C", "-i", authority])
    said = _run([_found("pdfsig"), "-nssdir", store, file]).stdout
    count = len(re.findall(r"^Signature #", said, re.MULTILINE))
    valid = said.count("Signature is Valid.") == count
    trusted = said.count("Certificate is Trusted.") == count
    whole = said.count("- Total document signed") == count
    if not count:
        return NOTHING
    if not (valid and trusted):
        return REFUSES
    return ACCEPTS if whole else IN_PART


def mutool(file: Path, _: Path, __: Path) -> str:
    """`mutool sign -v`: it knows no authority, so what it says of the chain is left out."""
    said = _run([_found("mutool"), "sign", "-v", file]).stdout
    if "Verifying signature" not in said:
        return NOTHING
    if "there have been edits" in said:
        return IN_PART
    parts = said.split("Verifying signature")[1:]
    whole = all("unchanged since signing" in part for part in parts)
    return ACCEPTS if whole else REFUSES


def openssl(file: Path, authority: Path, folder: Path) -> str:
    """`openssl cms -verify`, over what the byte range names: it knows nothing of PDF."""
    content = file.read_bytes()
    covered, digits = _RANGE.search(content), _GAP.findall(content)
    if covered is None or not digits:
        return NOTHING
    start, length, second, rest = (int(part) for part in covered.groups())
    (folder / "content").write_bytes(
        content[start : start + length] + content[second : second + rest]
    )
    (folder / "signature").write_bytes(bytes.fromhex(digits[-1].decode()))
    told: list[str | Path] = [
        "-inform",
        "DER",
        "-in",
        folder / "signature",
        "-content",
        folder / "content",
    ]
    trusted: list[str | Path] = [
        "-CAfile",
        authority,
        "-purpose",
        "any",
        "-no_check_time",
        "-out",
        "/dev/null",
    ]
    done = _run([_found("openssl"), "cms", "-verify", "-binary", *told, *trusted])
    return ACCEPTS if done.returncode == 0 else REFUSES


Judge = Callable[[Path, Path, Path], str]

JUDGES: Mapping[str, Judge] = {
    "pyHanko": pyhanko,
    "pdfsig": pdfsig,
    "mutool": mutool,
    "openssl cms": openssl,
}
"""Each takes the file, the clinic's certificate and a folder of its own."""


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise Absent(f"{program} is not here; Debian's {BROUGHT_BY[program]} brings it")
    return path


def _run(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", errors="replace"
    )
