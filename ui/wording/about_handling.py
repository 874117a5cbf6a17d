"""What is said of drug that cannot be prepared, given, run, wasted or kept as was entered."""

from __future__ import annotations

from monitor.errors import Code

_PART = (
    (
        "{second} {unit} of {first} {unit} would be taken and {rest} {unit} is still to come;"
        " take the whole, or give a reason for the part."
    ),
    (
        "{first} {unit} was worked out and {second} {unit} would be taken in all; take what was"
        " worked out, or work it out anew."
    ),
)
_STEPS = ("{field} comes in whole multiples of {step}; check it and type it again.",)

ABOUT_HANDLING: dict[tuple[Code, str], tuple[str, ...]] = {
    (Code.DIFFERS, "drawn_ml"): _PART,
    (Code.DIFFERS, "pieces"): _PART,
    (Code.DIFFERS, "product"): (
        (
            "The dose was worked out with {first}, and this is {second}; take the same, or work"
            " the dose out anew."
        ),
    ),
    (Code.OUT_OF_RANGE, "pieces"): _STEPS,
    (Code.OUT_OF_RANGE, "count"): _STEPS,
    (Code.OUT_OF_RANGE, "dose_mg"): _STEPS,
    (Code.OUT_OF_RANGE, "at"): (
        "It began at {began} and cannot have been over before; give a later time.",
        "It was over at {over}; give an earlier time, or first put right when it was over.",
        (
            "What came before this was at {least} and what came after it at {most}; give a time"
            " between them."
        ),
        "What came after this was at {most}; give an earlier time.",
    ),
    (Code.OUT_OF_RANGE, "sprays"): (
        (
            "A device that is given gives {least} to {most} sprays; one that gave none is thrown"
            " away as waste, before a witness."
        ),
    ),
    (Code.OUT_OF_RANGE, "rate_ml_h"): (
        "{typed} mL/h is between the pump's steps of {step} mL/h; set a whole number of steps.",
        "{typed} mL/h would run all of it in less than {minutes} min; set at most {most} mL/h.",
    ),
    (Code.OUT_OF_RANGE, "minutes"): (
        "{typed} min is not the protocol's {least} to {most} min; check it, or give a reason.",
    ),
    (Code.TOO_MUCH, "drawn_ml"): (
        (
            "{typed} {unit} is more than the {most} {unit} that the opened vials hold; check it, or"
            " say how many were opened."
        ),
    ),
    (Code.TOO_MUCH, "vials"): (
        (
            "{gone} mg of lot {lot} was drawn, wasted or kept, and {opened} mg would have been"
            " opened; check the vials, or that lot's other entries."
        ),
    ),
    (Code.EMPTY, "vials"): (
        "Something of lot {lot} was wasted or kept; say what was opened of it, and how many.",
    ),
    (Code.TOO_MUCH, "ml"): (
        "{typed} {unit} is more than the {most} {unit} that are left; measure it again.",
    ),
    (Code.TOO_MUCH, "count"): (
        "Of {unit} there can be at most {most}, and {typed} was entered; count again.",
    ),
    (Code.TOO_MUCH, "portion_mg"): (
        "{typed} {unit} is more than the {most} {unit} that are left; give what is left.",
    ),
    (Code.NOTHING_OPEN, "mixture"): ("Nothing that was made ready is left; nothing needs doing.",),
    (Code.NOTHING_OPEN, "wasted"): (
        "All that was made ready was thrown away; work the dose out and prepare it anew.",
    ),
    (Code.NOTHING_OPEN, "vial"): (
        "No vial of lot {name} was opened here; check the lot.",
        "No vial was opened here; say first what was drawn up.",
    ),
    (Code.NOTHING_OPEN, "opened"): (
        (
            "Nobody said what was opened of lot {lot}; amend its preparation first: the size of a"
            " vial, and how many."
        ),
    ),
    (Code.NOTHING_OPEN, "piece"): (
        "What is left of a piece does not go back; waste it before a witness.",
    ),
    (Code.EMPTY, "earlier"): (
        (
            "Two doses are made ready, one of them worked out before; say which is thrown away,"
            " the earlier one or the one as it stands."
        ),
    ),
    (Code.NOTHING_OPEN, "device"): (
        "This protocol's drug comes in no device; say what else was thrown away.",
    ),
}
"""Variants that come first where the error names that field (or that `what`)."""
