"""What is taken out of the cupboard: lot, expiry, vials, and how much of each is drawn up."""

from __future__ import annotations

from decimal import Decimal

from monitor.acts import Prepare
from monitor.dose_view import DoseView
from monitor.errors import Code, InputError, MonitorError
from monitor.protocols.protocol import Form, Product
from monitor.units import plain
from ui.presenters.dose_missing import to_prepare
from ui.presenters.dose_parts import Desk, Entered, Written, recorded_so_far
from ui.presenters.dose_products import by_strength, product_words
from ui.presenters.dose_working import Knowns
from ui.presenters.form import TICKED, FormFace, FormField, Option, Shape

_KEYS = {"prepare": "reason", "part": "reason"}
_EXPIRY = "As printed: 2027-08, or 2027-08-31"
_NONE = Decimal(0)


class PreparationStep:
    """Takes one lot after the other until all that was worked out is drawn up."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._entered = Entered()

    def face(self) -> FormFace:
        """Return its empty form."""
        many = len(self._dose.preparations)
        return FormFace(
            "Preparation",
            (
                FormField("product", self._product_name, Shape.WORDS),
                FormField("lot", "Lot", narrow=True, hint="as printed"),
                FormField("expiry", "Expires", narrow=True, hint="2027-08"),
                *(self._piece_fields() if self._is_counted else self._vial_fields()),
                FormField("reason", "Why only a part", hint="It stands in the record"),
            ),
            "Record this lot",
            f"lot {many + 1}" if many else "",
        )

    def begin(self) -> None:
        """Forget what was typed: every lot is read anew from its label."""
        self._entered = Entered()
        view = self._desk.view
        view.show_note("product", self._still)
        view.show_note("expiry", _EXPIRY)
        view.show_field("reason", shown=False)

    def typed(self, key: str, words: str) -> None:
        """Take what stands in a field now."""
        self._entered.values[key] = words
        self._read_back()

    def chosen(self, key: str, value: str) -> None:
        """Take what was pressed."""
        self._entered.values[key] = value
        if key == "vial_ml":
            self._desk.view.show_options(key, self._sizes, value)
        self._read_back()

    def submit(self, written: Written) -> None:
        """Write this lot down."""
        try:
            self._desk.doors.perform(self._desk.doors.author(), self._act())
        except MonitorError as error:
            self._refuse(error)
            return
        written()

    def known(self) -> Knowns:
        """Return what the record knows."""
        return recorded_so_far(self._desk.overview)

    # --- the act ----------------------------------------------------------------------

    def _act(self) -> Prepare:
        entered = self._entered
        for key in ("lot", "expiry"):
            if not entered[key]:
                raise InputError(Code.EMPTY, key)
        lot, expiry, product = entered["lot"], entered["expiry"], self._product
        reason = entered["reason"] if entered["asked"] else ""
        known = product.id if product else ""
        if self._is_counted:
            pieces = entered.figure("pieces")
            return Prepare(lot=lot, expiry=expiry, product=known, pieces=pieces, reason=reason)
        vials = entered["vials"] or entered["vial_ml"]
        return Prepare(
            lot=lot,
            expiry=expiry,
            product=known,
            vial_ml=entered.figure("vial_ml") if vials else None,
            vials=_whole(entered, "vials") if vials else None,
            drawn_ml=entered.figure("drawn_ml"),
            reason=reason,
        )

    def _refuse(self, error: MonitorError) -> None:
        view, keys = self._desk.view, dict(_KEYS)
        if error.code is Code.EXPIRED:
            keys[""] = "expiry"
        elif error.code is Code.DIFFERS and self._is_part(error):
            self._entered.values["asked"] = TICKED
            view.show_field("reason", shown=True)
            view.show_note("reason", "Or leave it empty and draw all that was worked out")
        self._desk.refuse(error, keys)

    def _is_part(self, error: MonitorError) -> bool:
        whole, taken = error.facts.get("first"), error.facts.get("second")
        return isinstance(whole, Decimal) and isinstance(taken, Decimal) and taken < whole

    # --- what the form shows ------------------------------------------------------------

    @property
    def _dose(self) -> DoseView:
        return self._desk.overview.dose

    @property
    def _product(self) -> Product | None:
        protocol, dose = self._desk.doors.protocol, self._dose
        return protocol.product(dose.product) or by_strength(protocol, dose.strength_mg_per_ml)

    @property
    def _product_name(self) -> str:
        if self._product is not None:
            return product_words(self._product)
        return self._dose.product_name or self._desk.overview.drug

    @property
    def _is_counted(self) -> bool:
        product = self._product
        return self._dose.pieces is not None or (
            product is not None and product.form is not Form.SOLUTION
        )

    @property
    def _sizes(self) -> tuple[Option, ...]:
        sizes = self._product.vials_ml if self._product else ()
        return tuple(Option(plain(ml), f"{plain(ml)} mL") for ml in sizes)

    @property
    def _still(self) -> str:
        """Return how much is still to be taken."""
        whole, taken = to_prepare(self._desk.overview)
        unit = "" if self._is_counted else " mL"
        left = whole - taken
        if taken > 0 and left <= 0:
            return f"All {plain(whole)}{unit} is recorded"
        if taken > 0:
            return f"{plain(left)}{unit} of {plain(whole)}{unit} still to be taken"
        return f"{plain(whole)}{unit} in all" if self._is_counted else f"Draw up {plain(whole)} mL"

    def _vial_fields(self) -> tuple[FormField, ...]:
        sizes = self._sizes
        size = (
            FormField("vial_ml", "One vial holds", Shape.BUTTONS, options=sizes, narrow=True)
            if sizes
            else FormField("vial_ml", "One vial holds", unit="mL")
        )
        return (
            size,
            FormField("vials", "Vials opened", unit="vials"),
            FormField("drawn_ml", "Drawn", unit="mL"),
        )

    def _piece_fields(self) -> tuple[FormField, ...]:
        return (FormField("pieces", "Taken", unit="pcs"),)

    def _read_back(self) -> None:
        """Say under the amount what it comes to, and what stays in the vial."""
        key = "pieces" if self._is_counted else "drawn_ml"
        taken, product = self._entered.so_far(key), self._product
        if taken is None or product is None:
            self._desk.view.show_note(key, "")
            return
        if self._is_counted:
            each = product.piece_mg or _NONE
            words = f"{plain(taken)} × {plain(each)} mg = {plain(taken * each)} mg"
        else:
            words = self._drawn_words(taken, product.strength or _NONE)
        self._desk.view.show_note(key, words)

    def _drawn_words(self, drawn: Decimal, strength: Decimal) -> str:
        words = f"{plain(drawn)} mL × {plain(strength)} mg/mL = {plain(drawn * strength)} mg"
        size, vials = self._entered.so_far("vial_ml"), self._entered.so_far("vials")
        if size is None or vials is None or size * vials < drawn:
            return words
        stays = size * vials - drawn
        return f"{words}; {plain(stays)} mL ({plain(stays * strength)} mg) stays in the vial"


def _whole(entered: Entered, key: str) -> int:
    value = entered.figure(key)
    if value != value.to_integral_value():
        raise InputError(Code.NOT_UNDERSTOOD, key, typed=entered[key])
    return int(value)
