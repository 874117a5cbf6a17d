"""Rating scales, one module each; their wording stands in TOML beside them."""

from __future__ import annotations

from monitor.errors import NotFoundError
from monitor.scales import cadss_6, moaa_s, nrs
from monitor.scales.scale import Band, Item, Scale, Score, check_answers, score, with_wording

__all__ = [
    "SCALES",
    "Band",
    "Item",
    "Scale",
    "Score",
    "check_answers",
    "get",
    "score",
    "with_wording",
]

SCALES: dict[str, Scale] = {scale.id: scale for scale in (cadss_6.SCALE, moaa_s.SCALE, *nrs.SCALES)}
"""Every scale that there is, by its id."""


def get(scale_id: str) -> Scale:
    """Return the scale of that id.

    Raises:
        NotFoundError: If there is none.
    """
    found = SCALES.get(scale_id)
    if found is None:
        raise NotFoundError("scale", name=scale_id)
    return found
