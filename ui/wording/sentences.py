"""The sentences themselves: for each code the variants, from the most exact to the plainest.

Braces name facts of the error. `docs/codes.md` lists the plainest; a test compares.
"""

from __future__ import annotations

from monitor.errors import Code
from ui.wording.about_backups import ABOUT_BACKUPS
from ui.wording.about_doses import ABOUT_DOSES, OUTSIDE, WANTS_REASON
from ui.wording.about_events import ABOUT_EVENTS
from ui.wording.about_handing_out import ABOUT_HANDING_OUT
from ui.wording.about_handling import ABOUT_HANDLING
from ui.wording.about_keys import ABOUT_KEYS
from ui.wording.about_signing import ABOUT_SIGNING, SIGNING
from ui.wording.about_stock import ABOUT_STOCK

_UNSHOWN = "{field} holds a character that nobody can see, {unshown}; take it out and try again."

SENTENCES: dict[Code, tuple[str, ...]] = {
    **SIGNING,
    Code.NOT_UNDERSTOOD: (
        _UNSHOWN,
        "{fixed} cannot be amended; enter anew what is wrong, or explain what it leaves open.",
        "“{token}” was not understood: {hint}.",
        "“{token}” was not understood; put it right and enter the line again.",
        "“{typed}” was not understood as {field}; it must be one of {allowed}.",
        "“{typed}” was not understood as {field}; put it right and try again.",
        "“{typed}” was not understood; put it right and try again.",
        "What was typed was not understood; put it right and try again.",
    ),
    Code.EMPTY: (
        "Say which one in {field}: {allowed}.",
        "Nothing was typed for {field}; type a value.",
        "There is no value in it; type at least one.",
    ),
    Code.OUT_OF_RANGE: (
        "{kg} kg ({lb} lb) is impossible; a weight must be {least} to {most} kg.",
        *OUTSIDE,
        "{field} {typed} is impossible: {hint}.",
        "{field} {typed} is impossible; it must be {least} to {most}.",
        "{field} must be one of these: {allowed}; choose one.",
        "{field} must be {least} to {most}; check it and type it again.",
        "{field} must be at least {least}; check it and type it again.",
        "{field} must be at most {most}; check it and type it again.",
        "{field} {typed} is impossible; check it and type it again.",
        "{field} is impossible; check it and type it again.",
        "That value is impossible; check it and type it again.",
    ),
    Code.IMPLAUSIBLE: (
        (
            "{kg} kg ({lb} lb) is far from last time's {before_kg} kg ({before_lb} lb);"
            " confirm it if it is right."
        ),
        "{kg} kg ({lb} lb) gives an unusual BMI; confirm weight and height if they are right.",
        "{asked}: that is unusual; confirm it if it is right.",
        "{field} {typed} is unusual; confirm it if it is right.",
        "{field} is unusual; confirm it if it is right.",
        "That value is unusual; confirm it if it is right.",
    ),
    Code.FUTURE: (
        "{field} {typed} is in the future; give a time that has passed.",
        "{field} is in the future; give a time that has passed.",
        "That time is in the future; give one that has passed.",
    ),
    Code.REASON_MISSING: (
        *WANTS_REASON,
        "A reason is needed for {why}; give one.",
        "This needs a reason; give one.",
    ),
    Code.WRONG_PHASE: (
        "This cannot be done in the phase “{phase}”; see what comes next.",
        "This cannot be done at this point of the session; see what comes next.",
    ),
    Code.NOT_ALLOWED: (
        "The role of {role} does not allow this; ask someone who may do it.",
        "“{what}” cannot be amended; enter it anew.",
        "“{rule}” cannot be overridden under this protocol; mend what it refuses instead.",
        "This is not allowed to you; ask someone who may do it.",
    ),
    Code.SAME_PERSON: ("This needs a second person; let someone else log in and do it.",),
    Code.DIFFERS: (
        "{first} {unit} was ordered and {second} {unit} entered; make them agree, or order anew.",
        "Give {first} or {second}, not both.",
        (
            "The two people's figures differ ({differs}) and both are kept; look at them together,"
            " then check again or work the dose out anew."
        ),
        "The figures differ; check both and enter them again.",
    ),
    Code.ORDER_MISSING: ("There is no order yet; a prescriber must order the dose first.",),
    Code.WEIGHT_MISSING: ("There is no weight from today yet; enter the patient's weight first.",),
    Code.DOSE_MISSING: ("The dose has not been worked out yet; calculate it first.",),
    Code.BASELINE_MISSING: (
        (
            "There is no full set of vital signs from the last {minutes} minutes; take a baseline,"
            " or give a reason."
        ),
        "There is no recent baseline; take a full set of vital signs, or give a reason.",
    ),
    Code.BASIS_UNDEFINED: (
        "The {basis} body weight is not defined for this patient; use the actual weight.",
        "That body weight is not defined for this patient; use the actual weight.",
    ),
    Code.EXPIRED: (
        "Lot {lot} expired on {expiry}; use another.",
        "It expired on {expiry}; use another.",
        "It has expired; use another.",
    ),
    Code.TOO_EARLY: (
        "Device {number} may be given from {after}; wait, or give a reason.",
        "Slot {slot} opens at {after}; wait until then.",
        "This cannot have been before {after}; give a later time.",
        "It is too early for this; wait.",
    ),
    Code.TOO_MUCH: (
        (
            "{mg} mg is more than the protocol's {most} mg; have a prescriber give the reason, or"
            " order less."
        ),
        "All {devices} devices of the order have been given; another needs a new order.",
        "{typed} {unit} is more than the {most} {unit} that fit; choose another {field}.",
        "{field} takes at most {most} {unit}; shorten it.",
        "That is more than the order or the protocol allows; make it less.",
    ),
    Code.DOOR_CLOSED: (
        "The patient cannot go home before {after}: {missing}; {cause}.",
        "The patient cannot go home yet: {missing}; {cause}.",
        "The patient cannot go home before {after}: {missing}.",
        "The patient cannot go home yet: {missing}.",
        "The patient cannot go home yet; see what the door is waiting for.",
    ),
    Code.PRE_DOSE_HOLD: (
        (
            "BP {bp} is above {systolic}/{diastolic} before the dose; a prescriber decides, or"
            " wait and measure again."
        ),
        "The blood pressure before the dose is high; a prescriber decides, or measure again.",
    ),
    Code.SEEN_TODAY: (
        (
            "The patient's session of {day}, {at} ({protocol}) is still {state}; close it first,"
            " or confirm it if another session is meant."
        ),
        (
            "The patient was here today at {at} ({protocol}, {state}); confirm it if another"
            " session is meant."
        ),
        "The patient was here today already; confirm it if another session is meant.",
    ),
    Code.GAPS_OPEN: (
        "It cannot be signed yet: {gaps}; mend or explain each first.",
        "It cannot be signed yet; mend or explain every open gap first.",
    ),
    Code.CHAIR_TAKEN: (
        "Chair {chair} already has a session; choose a free chair, or close that session first.",
        "That chair already has a session; choose a free chair, or close that session first.",
    ),
    Code.SIGNED: ("This is already signed; nothing was added, leave it as it is.",),
    Code.NOT_SIGNED: (
        "The session is not signed as it now stands; whoever wrote in it signs first.",
    ),
    Code.SLOT_CLOSED: (
        "Slot {slot} is already closed; leave the slot's name out to keep an extra reading.",
        "That slot is already closed; leave its name out to keep an extra reading.",
    ),
    Code.NOTHING_OPEN: (
        "There is no open {what} “{name}”; nothing needs doing.",
        "There is no open {what}; nothing needs doing.",
        "There is nothing open of that kind; nothing needs doing.",
    ),
    Code.UNKNOWN: (
        "There is no {what} “{name}”; check the name.",
        "There is no {what} “{id}”; check the name.",
        "There is no such {what}; check the name.",
        "That is not in the record; check the name.",
    ),
    Code.UNKNOWN_ACT: (
        "There is no act “{do}” (line {line}); use one of those that rehearsals know.",
        "There is no act “{do}”; use one of those that rehearsals know.",
        "That is no act; use one of those that rehearsals know.",
    ),
    Code.WRONG_PASSWORD: (
        "That is not {person}'s password; type it again.",
        "User name and password do not fit together; type both again.",
    ),
    Code.WEAK_PASSWORD: (
        "That password will not do; take one of {least} to {most} characters.",
        "That password is too weak; take a longer one.",
    ),
    Code.NAME_TAKEN: (
        "“{name}” is already taken as {field} by {holder}, born {born}; choose another.",
        "“{name}” is already taken as {field}; choose another.",
        "“{name}” is already taken; choose another.",
        "“{typed}” is already taken; choose another.",
        "That name or number is already taken; choose another.",
    ),
    Code.NOT_APPROVED: (
        "No prescriber here has approved the protocol “{name}”; have it approved first.",
        "No prescriber here has approved that protocol; have it approved first.",
    ),
    Code.WRONG_KEY: ("That passphrase or recovery key does not open this record; type it again.",),
    Code.NO_RECORD: (
        "There is no record at {path}; choose another place, or set up the clinic first.",
        "There is no record there; choose another place, or set up the clinic first.",
    ),
    Code.RECORD_EXISTS: (
        "There is already a record at {path}; open it, or choose another place.",
        "There is already a record there; open it, or choose another place.",
    ),
    Code.NEWER_RECORD: (
        "This record was written by a newer version of the program; use that version.",
    ),
    Code.DISK_FULL: ("The disk is full and nothing was stored; make room, then enter it again.",),
    Code.STORAGE: (
        (
            "The record could not be read or written ({cause}) and nothing was stored;"
            " check the disk, then try again."
        ),
        (
            "The record could not be read or written and nothing was stored;"
            " check the disk, then try again."
        ),
    ),
    Code.BUSY: ("Someone else was writing at that moment; nothing was stored, enter it again.",),
    Code.BROKEN_CHAIN: (
        (
            "The record has been changed outside the program at entry {seq};"
            " keep it as it is and call an administrator."
        ),
        (
            "The record has been changed outside the program;"
            " keep it as it is and call an administrator."
        ),
    ),
    Code.UNREADABLE: (
        "{path}, line {line}: {problem}",
        "{path}: {problem}",
        "{path} cannot be read; check that it is the right file.",
        "Entry {seq} of the record cannot be read; call an administrator.",
        "It cannot be read; check that it is the right file.",
    ),
    Code.DAMAGED: (
        (
            "The record at {path} is damaged, or another file lies in its place; nothing was"
            " changed: keep it as it is and restore a backup to another folder."
        ),
        (
            "The record is damaged, or another file lies in its place; nothing was changed:"
            " keep it as it is and restore a backup to another folder."
        ),
    ),
    Code.READ_ONLY: (
        (
            "The record can only be read here and nothing was stored; let this computer write"
            " in its folder, then enter it again."
        ),
    ),
    Code.HISTORY_GAP: (
        (
            "A part of the clinic's record is missing since {since}; sessions begun before that"
            " was noted are signed once an administrator has explained it."
        ),
        (
            "A part of the clinic's record is missing; sessions begun before that was noted are"
            " signed once an administrator has explained it."
        ),
    ),
    Code.BACKUP_UNUSABLE: (
        "{path} is no whole backup ({cause}) and nothing was restored; choose another one.",
        "That is no whole backup ({cause}) and nothing was restored; choose another one.",
        "That is no whole backup and nothing was restored; choose another one.",
    ),
    Code.LAST_SLOT: ("That is the last way to open the record; add another one first.",),
    Code.NO_KEYRING: (
        (
            "This computer has no keyring that is open; use the passphrase or the recovery key"
            " instead."
        ),
    ),
    Code.CHECK_MISSING: (
        (
            "The second person's figures differ ({differs}); look at them together and check again,"
            " or work the dose out anew."
        ),
        "{name} gives the dose and cannot check it as well; let another person check it.",
        "Nobody has checked the dose as a second person yet; let another person check it first.",
    ),
    Code.UNDER_AGE: (
        (
            "The patient is {age} years old; this protocol treats nobody under {least}: choose"
            " another protocol or do not treat."
        ),
        "This protocol treats nobody so young; choose another protocol or do not treat.",
    ),
    Code.UNDILUTED: (
        (
            "{strength} mg/mL may not be given undiluted; choose a final volume of at least"
            " {least} mL."
        ),
        "This strength may not be given undiluted; choose a larger final volume.",
    ),
    Code.UNCHANGED: ("Nothing is different from what is there; change it or leave.",),
    Code.NO_DISPLAY: (
        (
            "There is no display to open a window on; start it in a desktop session,"
            " or give a subcommand (see chairside --help)."
        ),
    ),
}
"""The variants of each code, the most exact first; the last needs no fact."""

_NO_PICK = "There is no pick {typed}; press a digit that is shown, or say it in words."

_WEIGHT = (
    (
        "“{typed}” was not understood as a {field}; write it with one decimal mark"
        " and no thousands mark, such as 63.4."
    ),
)

BY_FIELD: dict[tuple[Code, str], tuple[str, ...]] = {
    **ABOUT_BACKUPS,
    **ABOUT_EVENTS,
    **ABOUT_STOCK,
    **ABOUT_DOSES,
    **ABOUT_HANDLING,
    **ABOUT_HANDING_OUT,
    **ABOUT_KEYS,
    **ABOUT_SIGNING,
    (Code.NOT_UNDERSTOOD, "kg"): _WEIGHT,
    (Code.NOT_UNDERSTOOD, "weight_kg"): _WEIGHT,
    (Code.NOT_UNDERSTOOD, "lb"): _WEIGHT,
    (Code.NOT_UNDERSTOOD, "weight_lb"): _WEIGHT,
    (Code.NOT_UNDERSTOOD, "born"): (
        "“{typed}” was not understood as a birth date; write it as 1984-03-12.",
    ),
    (Code.NOT_UNDERSTOOD, "clock"): (
        "“{typed}” is no time of day; write it as 10:20.",
        "No time was typed; write it as 10:20.",
    ),
    (Code.NOT_UNDERSTOOD, "at"): ("“{typed}” is no time of day; write it as 10:20.",),
    (Code.NOT_UNDERSTOOD, "expiry"): (
        "“{typed}” was not understood as an expiry date; write it as 2027-11.",
    ),
    (Code.NOT_UNDERSTOOD, "measured_at"): (
        "“{typed}” was not understood as a time; write it as 09:30, or 2026-03-01 09:30.",
    ),
    (Code.WRONG_PHASE, "baseline"): (
        "The first drug has been given: no later reading is the baseline; leave the slot out.",
    ),
    (Code.NOT_UNDERSTOOD, "slot"): ("There is no slot “{typed}” now; the slots are {allowed}.",),
    (Code.EMPTY, "when"): ("Choose when it ended: at {planned}, or now.",),
    (Code.EMPTY, "note"): ("The note is empty; write something after the question mark.",),
    (Code.EMPTY, "told"): ("Nobody was named; say who was told, such as told Dr Lee.",),
    (Code.EMPTY, "line"): ("There is no value in this line; type at least one.",),
    (Code.EMPTY, "meaning"): ("The signature has no meaning yet; choose one.",),
    (Code.EMPTY, "of"): ("Nothing is chosen; say which of these it is.",),
    (Code.EMPTY, "witness"): ("No witness is named; choose who sees it.",),
    (Code.EMPTY, "overrides"): ("No prescriber is named; choose who lets it pass.",),
    (Code.EMPTY, "site"): ("No place is chosen; say where it was given.",),
    (Code.EMPTY, "sprays"): ("No spray is ticked; tick each one that was given.",),
    (Code.EMPTY, "items"): ("Nothing on the checklist is ticked; tick what is so.",),
    (Code.BUSY, "patient"): (
        (
            "This patient was changed by someone else meanwhile, and nothing was stored; look at"
            " what is known now, then confirm again."
        ),
    ),
    (Code.REASON_MISSING, "action"): ("Nothing is said of the alert; say what was done.",),
    (Code.NOT_UNDERSTOOD, "action"): (_UNSHOWN, _NO_PICK),
    (Code.NOT_UNDERSTOOD, "told"): (_UNSHOWN, _NO_PICK),
    (Code.TOO_MUCH, "allergies"): (
        "Each allergy takes at most {most} {unit}; shorten it, or put a comma between them.",
    ),
    (Code.FUTURE, "born"): (
        "The birth date {typed} is in the future; check the year.",
        "The birth date is in the future; check the year.",
    ),
    (Code.FUTURE, "time"): (
        "{typed} is not within the last 12 hours; give a time that has passed.",
    ),
    (Code.OUT_OF_RANGE, "items"): (
        "The checklist has no line “{typed}”; its lines are {allowed}. Tick those.",
    ),
    (Code.OUT_OF_RANGE, "born"): ("The birth date {typed} is too long ago; check the year.",),
    (Code.OUT_OF_RANGE, "time"): ("{typed} is no time of day; write it as @10:20.",),
    (Code.OUT_OF_RANGE, "answers"): (
        "Item {item} takes {least} to {most}, not {typed}; answer it again.",
        "This scale has {items} items, not {count}; answer each or leave it open.",
    ),
    (Code.NOT_ALLOWED, "sign"): (
        "Only someone who wrote in this session may sign it; ask one of them.",
    ),
    (Code.NOT_ALLOWED, "at"): (
        "A second check or an override counts from when it is entered; leave the time out.",
    ),
}
"""Variants that come first where the error names that field (or that `what`)."""
