"""A dose given in one go: a solution or pieces, worked out live and then written down."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from monitor.acts import Calculate
from monitor.entries import Basis
from monitor.errors import Code, MonitorError
from monitor.protocols.protocol import Form, Product, SingleDose
from ui.presenters.dose_basis import Bases
from ui.presenters.dose_cap import Cap
from ui.presenters.dose_parts import Desk, Entered, Written, need_choice, recorded_so_far
from ui.presenters.dose_products import SYRINGE, product_options, product_words
from ui.presenters.dose_working import Knowns
from ui.presenters.form import FormFace, FormField, Shape

_KEYS = {
    "strength_mg_per_ml": "product",
    "strength": "product",
    "drawn_ml": "product",
    "pieces": "product",
    "draw_ml": "syringe_ml",
}


class SingleStep:
    """Takes what the dose is made from, and works it out."""

    def __init__(self, desk: Desk, rule: SingleDose) -> None:
        self._desk = desk
        self._bases, self._cap = Bases(desk, rule), Cap(desk, rule.cap_mg)
        self._entered = Entered()

    def face(self) -> FormFace:
        """Return its empty form."""
        options = product_options(self._desk.doors.protocol)
        return FormFace(
            "Dose",
            (
                *self._bases.fields(),
                FormField("product", "Product", Shape.CARDS, options=options),
                SYRINGE,
                *self._cap.fields(),
            ),
            "Record the dose",
        )

    def begin(self) -> None:
        """Forget what was typed; the actual weight holds until another is chosen."""
        self._entered = Entered({"basis": self._bases.first})
        self._bases.begin(self._entered)
        self._show_syringe()
        self._cap.show(self._entered, self.known())

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._entered.values[key] = words

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._entered.values[key] = value
        if key == "basis":
            self._bases.show(self._entered)
        elif key == "product":
            options = product_options(self._desk.doors.protocol)
            self._desk.view.show_options("product", options, value)
            self._desk.view.show_note(
                "product", product_words(self._product) if self._product else ""
            )
            self._show_syringe()
        self._cap.show(self._entered, self.known())

    def submit(self, written: Written) -> None:
        """Write the calculation down."""
        try:
            self._cap.record(self._act(), self._entered, self.known(), written, self._refuse)
        except MonitorError as error:
            self._refuse(error)

    def known(self) -> Knowns:
        """Return what is known of the dose with what has been chosen here."""
        known = recorded_so_far(self._desk.overview)
        by_weight = self._bases.by_weight
        return replace(
            known,
            weight=self._bases.weight(self._entered) if by_weight else known.weight,
            product=self._product,
            syringe=self._entered.so_far("syringe_ml") if self._is_solution else None,
        )

    @property
    def _product(self) -> Product | None:
        return self._desk.doors.protocol.product(self._entered["product"])

    @property
    def _is_solution(self) -> bool:
        return self._product is not None and self._product.form is Form.SOLUTION

    def _act(self) -> Calculate:
        entered = self._entered
        basis = self._bases.chosen(entered)
        product = need_choice(entered, "product", "Choose the product.")
        syringe = entered["syringe_ml"] if self._is_solution else ""
        return Calculate(
            product=product,
            basis=basis if self._bases.by_weight else Basis.ACTUAL,
            basis_reason=self._bases.reason(entered),
            syringe_ml=Decimal(syringe) if syringe else None,
        )

    def _refuse(self, error: MonitorError) -> None:
        missing = error.code is Code.REASON_MISSING
        self._desk.refuse(error, _KEYS | ({"basis": "basis_reason"} if missing else {}))

    def _show_syringe(self) -> None:
        self._desk.view.show_field("syringe_ml", shown=self._is_solution)
