"""CADSS-6: six items of the Clinician-Administered Dissociative States Scale, 0 to 24.

Items 1, 2, 6, 7, 15 and 22, each 0 to 4; it "remains unvalidated" and has no cut-offs
(Rodrigues 2021). The wording is (c) J. D. Bremner: only the items' numbers ship, and a
clinic that has permission supplies the words (`with_wording`).
"""

from __future__ import annotations

from monitor.scales.files import words_of
from monitor.scales.scale import Item, Scale, with_wording

ITEMS = (1, 2, 6, 7, 15, 22)

SCALE = with_wording(
    Scale(
        id="cadss-6",
        version=1,
        title="CADSS-6",
        items=tuple(Item(number, f"CADSS item {number}", 0, 4) for number in ITEMS),
        bands=(),
        source="Rodrigues 2021; CADSS (c) J. D. Bremner",
        note="No validated bands: read it beside the patient's own earlier scores.",
    ),
    words_of("cadss_6"),
)
