"""What is said where the controlled-drug register refuses something."""

from __future__ import annotations

from monitor.errors import Code

ABOUT_STOCK: dict[tuple[Code, str], tuple[str, ...]] = {
    (Code.UNKNOWN, "lot"): (
        "The register has no lot {name} of that product; check the number, or count the stock.",
    ),
    (Code.UNKNOWN, "product"): (
        "“{name}” is no product of the approved protocols; choose one from the list.",
    ),
    (Code.TOO_MUCH, "containers"): (
        (
            "{count} unopened is more than the {whole} that the register has of lot {lot}; check"
            " it, or count the stock first."
        ),
        (
            "{taken} mg is more than the {there} mg that the register has of lot {lot}; check it,"
            " or count the stock first."
        ),
    ),
    (Code.DIFFERS, "expiry"): (
        (
            "Lot {lot} stands in the register with the date {known}, not {typed}; check what is"
            " printed on it."
        ),
    ),
    (Code.EXPIRED, "expiry"): (
        "Lot {lot} of the delivery {document} expired on {expiry}; send it back.",
    ),
    (Code.EMPTY, "lots"): (
        "The inventory leaves out {left}; count it too, 0 where there is none.",
        "No lot was counted; count at least one.",
    ),
    (Code.NAME_TAKEN, "lot"): ("Lot {name} stands there twice; count it in one line.",),
    (Code.OUT_OF_RANGE, "inventory"): (
        "There is an opening inventory already; make a biennial one, or a spot check.",
    ),
}
"""By code and field; the variants as in `ui.wording.sentences`."""
