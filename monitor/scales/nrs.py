"""Numeric ratings, 0 to 10, as the patient says: dissociation, anxiety, nausea, pain.

Free to use. No bands: the change in the same person is what tells.
"""

from __future__ import annotations

from monitor.scales.files import words_of
from monitor.scales.scale import Item, Scale, with_wording


def _rating(thing: str) -> Scale:
    made = Scale(
        id=f"nrs-{thing}",
        version=1,
        title=f"{thing.capitalize()} 0-10",
        items=(Item(1, thing.capitalize(), 0, 10),),
        bands=(),
        source="Numeric rating scale, free to use",
        note="No bands: compare with the patient's own earlier ratings.",
    )
    return with_wording(made, words_of(f"nrs_{thing}"))


SCALES = tuple(_rating(thing) for thing in ("dissociation", "anxiety", "nausea", "pain"))
