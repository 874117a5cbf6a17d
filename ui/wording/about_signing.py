"""Sentences about signatures, and the keys and certificates that they need."""

from __future__ import annotations

import errno
from collections.abc import Mapping

from monitor.errors import Code

SIGNING: Mapping[Code, tuple[str, ...]] = {
    Code.NO_AUTHORITY: (
        (
            "Nobody can sign yet: an administrator first makes the clinic's signing authority,"
            " under Settings, Certificates."
        ),
    ),
    Code.NO_CERTIFICATE: (
        (
            "{person} has no certificate to sign with yet; an administrator issues one under "
            "Settings, Certificates."
        ),
        (
            "There is no certificate to sign with yet; an administrator issues one under Settings, "
            "Certificates."
        ),
    ),
    Code.CERTIFICATE_ENDED: (
        (
            "The certificate of {person} ended on {ended}; an administrator issues a new one under "
            "Settings, Certificates."
        ),
        (
            "The certificate has ended; an administrator issues a new one under Settings, "
            "Certificates."
        ),
    ),
    Code.CERTIFICATE_NOT_YET: (
        (
            "The certificate of {person} holds from {begins} on, and this computer's clock is "
            "before that; set the clock right, then sign."
        ),
        (
            "The certificate does not hold yet by this computer's clock; set the clock right, "
            "then sign."
        ),
    ),
    Code.WRONG_PASSPHRASE: (
        "This is not the passphrase of the clinic's signing authority; type it again.",
    ),
    Code.CHANGED_MEANWHILE: (
        "Somebody wrote in this session meanwhile; look at the report as it is now, then sign.",
    ),
    Code.NOT_CO_SIGNED: (
        "An addendum comes after the co-signature; until then, amend the entry itself.",
    ),
    Code.NO_RECORD_FILE: (
        "This is no session's record, or not a whole one; choose a record.json as it was exported.",
    ),
    Code.RECORD_FILE_OLDER: (
        (
            "This record is from before records said all that their pages show; "
            "export the session anew, then rebuild its report."
        ),
    ),
    Code.RECORD_FILE_CHANGED: (
        "The entries in this record do not give the digest that it states: it was changed.",
    ),
}

ABOUT_SIGNING: Mapping[tuple[Code, str], tuple[str, ...]] = {
    (Code.WEAK_PASSWORD, "authority"): (
        "That passphrase will not do; take one of at least {least} characters.",
    ),
    (Code.UNCHANGED, "certificate"): (
        "There is a certificate already, and it holds; a new one is issued once it ends.",
    ),
    (Code.RECORD_EXISTS, "authority"): (
        "Somebody has made the authority meanwhile; look at it, then issue certificates.",
    ),
    (Code.CHANGED_MEANWHILE, "certificate"): (
        (
            "Somebody else changed this certificate or password meanwhile, and nothing was stored; "
            "look again, then go on."
        ),
    ),
    (Code.CERTIFICATE_ENDED, "authority"): (
        "The clinic's signing authority ended on {ended}; nothing can be issued under it any more.",
    ),
    (Code.CHANGED_MEANWHILE, "account"): (
        (
            "Your account, password or certificate was changed meanwhile, and nothing was signed; "
            "log in again, then sign."
        ),
    ),
    (Code.UNCHANGED, "password"): (
        "That is the password already; choose another one, or leave it.",
    ),
    (Code.EMPTY, "addendum"): ("There is nothing in it; type what is to be added.",),
}


_FILE_TROUBLE: Mapping[int, str] = {
    errno.ENOSPC: "The disk is full; make room or choose another folder. Nothing was written.",
    errno.EDQUOT: "The disk is full; make room or choose another folder. Nothing was written.",
    errno.EROFS: "Nothing can be written in that folder; choose another one.",
    errno.EACCES: "Nothing can be written in that folder; choose another one.",
    errno.EPERM: "Nothing can be written in that folder; choose another one.",
    errno.ENOENT: "That folder is not there; choose another one.",
    errno.ENOTDIR: "That folder is not there; choose another one.",
    errno.EISDIR: "That is the name of a folder; choose another name.",
}


def file_trouble(number: int) -> str:
    """Return why a report could not be written, by the number that the system gave."""
    other = "The file could not be written there; choose another folder."
    return _FILE_TROUBLE.get(number, other)
