"""MOAA/S: the Modified Observer's Assessment of Alertness/Sedation, 5 (alert) to 0.

Anchors 5 and 0 as in the US label of esketamine; those between are general knowledge. The
words are our own short ones. Any fall below the value before the dose counts as sedation,
so the bands name only what the number itself says.
"""

from __future__ import annotations

from monitor.scales.files import words_of
from monitor.scales.scale import Band, Item, Scale, with_wording

SCALE = with_wording(
    Scale(
        id="moaa-s",
        version=1,
        title="MOAA/S",
        items=(Item(1, "Response", 0, 5),),
        bands=(
            Band(5, 5, "alert"),
            Band(1, 4, "below alert"),
            Band(0, 0, "no response"),
        ),
        source="Esketamine US label (anchors 5 and 0); 1 to 4 for the clinic to approve",
        note="Any fall below the value before the dose is sedation.",
    ),
    words_of("moaa_s"),
)
