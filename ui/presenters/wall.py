"""The wall screen: the chairs for everybody's eyes. Nothing on it says who sits in them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ui.presenters.chair_card import CardFace
from ui.presenters.chairs import BoardFace
from ui.presenters.rings import NO_RING, RingFace
from ui.presenters.words import NOTHING

CANNOT_READ = "cannot be read"


@dataclass(frozen=True, slots=True)
class WallTile:
    """One chair, without its patient.

    Attributes:
        state: "overdue", "due", "later", "ready", "free" or "unread".
        figure: The phase's clock, and what it counts to.
        due: What falls due next, and `left` how long until then.
        alerts: How many alerts are open; empty for none.
    """

    sign: str
    name: str
    state: str
    family: str = ""
    drug: str = ""
    phase: str = ""
    figure: str = ""
    below: str = ""
    share: float = 0.0
    due: str = ""
    left: str = ""
    alerts: str = ""

    @property
    def said(self) -> str:
        """Return it as one sentence."""
        counted = f"{self.figure} {self.below}".strip()
        said = (self.name, self.drug, self.phase, counted, self.due, self.left, self.alerts)
        return ", ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class WallFace:
    """The whole wall screen."""

    clock: str
    note: str
    tiles: tuple[WallTile, ...]


def wall(board: BoardFace) -> WallFace:
    """Return the board as it may hang on a wall: overdue first, as there."""
    tiles = tuple(_tile(card) for card in board.cards)
    used = sum(tile.state != "free" for tile in tiles)
    late = sum(tile.state == "overdue" for tile in tiles)
    parts = [f"{used} of {len(tiles)} in use", f"{late} overdue" if late else ""]
    return WallFace(board.ahead.now, " · ".join(part for part in parts if part), tiles)


def _tile(card: CardFace) -> WallTile:
    if card.is_unread:
        return WallTile(card.sign, card.name, "unread", phase=CANNOT_READ, due="See the shield")
    if not card.session_id:
        return WallTile(card.sign, card.name, "free", phase="free")
    due, ring = card.due, _counted(card)
    return WallTile(
        card.sign,
        card.name,
        due.state if due else "later",
        card.family,
        card.drug,
        card.phase,
        ring.middle,
        ring.below,
        ring.share,
        due.words.partition(" due ")[0].partition(" from ")[0] if due else "Nothing is due yet",
        due.left if due else "",
        card.alerts,
    )


def _counted(card: CardFace) -> RingFace:
    """Return the phase's clock; where there is none, nothing instead of a dash."""
    ring = card.ring or NO_RING
    if ring.middle != NOTHING:
        return ring
    return NO_RING if ring.below == card.phase.casefold() else replace(ring, middle="")
