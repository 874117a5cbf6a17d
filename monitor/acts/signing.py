"""Vouching for the record: explanations, the nurse's signature, the prescriber's."""

from __future__ import annotations

import base64
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from monitor.acts.act import Act, Scene
from monitor.certificates import Statement, signed_message
from monitor.entries import (
    Addendum,
    ClockConfirmed,
    CoSigned,
    Draft,
    Entry,
    Explained,
    Opened,
    Signed,
)
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Role
from monitor.ports import PersonalKey

ADDENDUM = "addendum"
"""What the signature under something that was added means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain(Act):
    """Explain a gap; the act's reason is the explanation.

    Attributes:
        gap: Its code.
        about: Which one, where there are several of that code.
    """

    gap: str
    about: str = ""

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the explanation."""
        found = [
            gap
            for gap in scene.overview.gaps
            if gap.code == self.gap and self.about in ("", gap.about)
        ]
        if not found:
            raise RefusedError(
                Code.NOTHING_OPEN, what="gap", name=f"{self.gap} {self.about}".strip()
            )
        if len(found) > 1:
            raise InputError(Code.EMPTY, "about", allowed=tuple(gap.about for gap in found))
        self.need_reason("explain")
        return (self.draft(scene, Explained(self.gap, found[0].about, found[0].amount)),)


def _check_gaps(scene: Scene) -> None:
    open_gaps = [gap for gap in scene.overview.gaps if gap.blocks and not gap.explained]
    if open_gaps:
        raise RefusedError(
            Code.GAPS_OPEN, gaps=tuple(f"{gap.code} {gap.about}".strip() for gap in open_gaps)
        )


def _check_closed(scene: Scene, meaning: str) -> None:
    if scene.session.closed_at is None:
        raise RefusedError(Code.WRONG_PHASE, phase=scene.overview.phase.value)
    if not meaning.strip():
        raise InputError(Code.EMPTY, "meaning")


def _check_seen(scene: Scene, seen: str) -> None:
    """Refuse to sign what was not shown.

    Raises:
        RefusedError: `changed-meanwhile`.
    """
    if seen != scene.digest:
        raise RefusedError(Code.CHANGED_MEANWHILE)


def _as_kept(text: str) -> str:
    """Return a text as the ledger keeps it; a key signs those very characters."""
    return unicodedata.normalize("NFC", text.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouch(Act):
    """What every signature has in common.

    Attributes:
        key: The signer's own, opened by the password; None where no key signs.
    """

    after_closing: ClassVar[bool] = True

    key: PersonalKey | None = None

    def signed(self, scene: Scene, kind: str, meaning: str, text: str = "") -> tuple[str, str]:
        """Return the certificate's fingerprint and the signature in base64; empty without a key."""
        if self.key is None:
            return "", ""
        said = Statement(
            kind=kind,
            session_id=scene.session.id,
            digest=scene.digest,
            meaning=meaning,
            user=scene.author.user,
            at=self.when(scene) + scene.session.timeline.ahead,
            text=text,
        )
        made = base64.b64encode(self.key.sign(signed_message(said))).decode("ascii")
        return self.key.fingerprint, made


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Vouch):
    """Someone who wrote in the session vouches for it.

    Attributes:
        meaning: What the signature says: "recorded by".
        seen: The session digest that the signer was shown.
    """

    meaning: str
    seen: str

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the signature over the digest as it stands."""
        _check_closed(scene, self.meaning)
        _check_seen(scene, self.seen)
        user = scene.author.user
        if all(entry.by.user != user for entry in scene.session.entries if _is_care(entry)):
            raise RefusedError(Code.NOT_ALLOWED, what="sign")
        if any(kept.entry.by.user == user for kept in scene.session.signers(scene.digest)):
            raise RefusedError(Code.SIGNED)
        _check_gaps(scene)
        meaning = _as_kept(self.meaning)
        by_key = self.signed(scene, "signed", meaning)
        return (self.draft(scene, Signed(meaning, scene.digest, *by_key)),)


def _is_care(entry: Entry) -> bool:
    """Tell whether it says something of the visit: a name or a clock put right does not."""
    mended = isinstance(entry.what, Opened) and entry.amends
    return not (mended or isinstance(entry.what, ClockConfirmed))


@dataclass(frozen=True, slots=True, kw_only=True)
class CoSign(Vouch):
    """A prescriber, another person unless the protocol allows, approves the same record.

    Attributes:
        meaning: What the signature says: "reviewed and approved".
        seen: The session digest that the signer was shown.
    """

    allowed: ClassVar[frozenset[Role]] = frozenset({Role.PRESCRIBER})

    meaning: str
    seen: str

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the co-signature over the very digest that was signed."""
        _check_closed(scene, self.meaning)
        _check_seen(scene, self.seen)
        _check_gaps(scene)
        signers = {kept.entry.by.user for kept in scene.session.signers(scene.digest)}
        if not signers:
            raise RefusedError(Code.NOT_SIGNED)
        alone = signers == {scene.author.user}
        if alone and not scene.session.protocol.same_person_may_cosign:
            raise RefusedError(Code.SAME_PERSON)
        meaning = _as_kept(self.meaning)
        by_key = self.signed(scene, "co-signed", meaning)
        return (self.draft(scene, CoSigned(meaning, scene.digest, *by_key)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAddendum(Vouch):
    """A clinician adds something to a co-signed session; what was signed stays as it is.

    Attributes:
        text: What is added.
        seen: How many entries the session had as its author was shown it: another addendum
            does not change the digest.
    """

    after_co_signing: ClassVar[bool] = True

    text: str
    seen: int

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the addendum with its author's signature."""
        if not scene.session.co_signed:
            raise RefusedError(Code.NOT_CO_SIGNED)
        if self.seen != len(scene.session.entries):
            raise RefusedError(Code.CHANGED_MEANWHILE)
        text = _as_kept(self.text)
        if not text:
            raise InputError(Code.EMPTY, "addendum")
        by_key = self.signed(scene, "addendum", ADDENDUM, text)
        return (self.draft(scene, Addendum(text, ADDENDUM, scene.digest, *by_key)),)
