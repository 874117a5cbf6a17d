"""Vouching for the record: explanations, the nurse's signature, the prescriber's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from monitor.acts.act import Act, Scene
from monitor.entries import ClockConfirmed, CoSigned, Draft, Entry, Explained, Opened, Signed
from monitor.errors import Code, InputError, RefusedError
from monitor.people import Role


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign(Act):
    """Someone who wrote in the session vouches for it.

    Attributes:
        meaning: What the signature says: "recorded by".
    """

    meaning: str

    after_closing: ClassVar[bool] = True

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the signature over the digest as it stands."""
        _check_closed(scene, self.meaning)
        user = scene.author.user
        if all(entry.by.user != user for entry in scene.session.entries if _is_care(entry)):
            raise RefusedError(Code.NOT_ALLOWED, what="sign")
        if any(kept.entry.by.user == user for kept in scene.session.signers(scene.digest)):
            raise RefusedError(Code.SIGNED)
        _check_gaps(scene)
        return (self.draft(scene, Signed(self.meaning.strip(), scene.digest)),)


def _is_care(entry: Entry) -> bool:
    """Tell whether it says something of the visit: a name or a clock put right does not."""
    mended = isinstance(entry.what, Opened) and entry.amends
    return not (mended or isinstance(entry.what, ClockConfirmed))


@dataclass(frozen=True, slots=True, kw_only=True)
class CoSign(Act):
    """A prescriber, another person unless the protocol allows, approves the same record.

    Attributes:
        meaning: What the signature says: "reviewed and approved".
    """

    allowed: ClassVar[frozenset[Role]] = frozenset({Role.PRESCRIBER})
    after_closing: ClassVar[bool] = True

    meaning: str

    def decide(self, scene: Scene) -> tuple[Draft, ...]:
        """Write the co-signature over the very digest that was signed."""
        _check_closed(scene, self.meaning)
        _check_gaps(scene)
        signers = {kept.entry.by.user for kept in scene.session.signers(scene.digest)}
        if not signers:
            raise RefusedError(Code.NOT_SIGNED)
        alone = signers == {scene.author.user}
        if alone and not scene.session.protocol.same_person_may_cosign:
            raise RefusedError(Code.SAME_PERSON)
        return (self.draft(scene, CoSigned(self.meaning.strip(), scene.digest)),)
