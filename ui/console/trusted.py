"""The clinic's certificate, as somebody who verifies names it: read strictly, and said."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from monitor.sealed_file import CertificateFacts
from ui.brought_files import UnreadError
from ui.wording.reasons import in_groups

ReadCertificate = Callable[[str], CertificateFacts | None]
"""Returns what an authority's own certificate says, in PEM; None where it is no such thing."""

BEGINS, ENDS = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"

MOST = 100_000
"""Bytes; the clinic's has less than a fiftieth of it."""

_BLOCK = re.compile(f"{BEGINS}.*?{ENDS}", re.DOTALL)


def trusted_certificate(path: Path, read: ReadCertificate) -> CertificateFacts:
    """Return the certificate in a file, whatever else is written around it.

    Args:
        path: Where it lies.
        read: Reads it.

    Raises:
        UnreadError: If there is none, more than one, or a damaged one.
    """
    text = _text(path)
    count = text.count(BEGINS)
    if not count:
        raise UnreadError(
            f"There is no certificate in {path}: name the file that the clinic gave you, such as "
            "authority.pem."
        )
    if count > 1:
        raise UnreadError(
            f"There are {count} certificates in {path}: name a file that holds the clinic's alone."
        )
    found = _BLOCK.search(text)
    lines = (line.strip() for line in found[0].splitlines()) if found else ()
    said = read("\n".join(lines) + "\n")
    if said is None:
        raise UnreadError(
            f"The certificate in {path} is damaged, or is not that of a signing authority: ask "
            "the clinic for it again."
        )
    return said


def _text(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadError(f"{path} is no file: name the certificate that the clinic gave you.")
        with path.open("rb") as file:
            content = file.read(MOST + 1)
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or "its name is not understood"
        raise UnreadError(
            f"The certificate {path} cannot be read ({cause}): name the file that the clinic gave "
            "you."
        ) from error
    if len(content) > MOST:
        raise UnreadError(
            f"{path} is too large to be a certificate: name the file that the clinic gave you."
        )
    return content.decode("utf-8", "replace")


def held_against(trusted: Iterable[CertificateFacts]) -> str:
    """Say against which certificates a file was held, so that they can be compared."""
    told = [
        f"i Held against the certificate of “{each.holder}”, good from {each.begins:%Y-%m-%d}, "
        f"whose fingerprint is {in_groups(each.fingerprint)}: compare it with the one that the "
        "clinic tells you."
        for each in trusted
    ]
    return " ".join(told) or NOTHING


NOTHING = (
    "i Nothing was at hand but the file: to know more, name the clinic's certificate with --ca."
)
