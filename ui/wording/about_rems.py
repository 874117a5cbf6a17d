"""What is said of the REMS form: its versions, its answers, its filing."""

from __future__ import annotations

from monitor.errors import Code

_NO_CLOCK = ("“{token}” is no time of day; write it as 10:45, or leave it empty.",)

ABOUT_REMS: dict[tuple[Code, str], tuple[str, ...]] = {
    (Code.NOT_UNDERSTOOD, "rems form"): (
        "Line {line}: {reading}; put it right.",
        "The text of the form version does not hold at {place}: {reading}; put it right.",
        "The text of the form version does not hold: {reading}; put it right.",
        "The text of the form version does not hold; put it right.",
    ),
    (Code.NOT_UNDERSTOOD, "rems line"): (
        "Line {line}: this line cannot be read; a field is written as name = value.",
    ),
    (Code.NOT_UNDERSTOOD, "rems quotes"): (
        'Line {line}: a quotation mark is missing; words stand between two, as in label = "Sex".',
    ),
    (Code.NOT_UNDERSTOOD, "rems value"): (
        'Line {line}: what stands after the = cannot be read; words stand between straight ".',
    ),
    (Code.NOT_UNDERSTOOD, "rems heading"): (
        "Line {line}: this heading cannot be read; write it as [numbers] or [[fields]].",
    ),
    (Code.NOT_UNDERSTOOD, "rems list"): (
        "Line {line}: this list does not end, or lacks a comma; close it with ].",
    ),
    (Code.NOT_UNDERSTOOD, "rems twice"): (
        "Line {line}: this is said for the second time; take one of the two away.",
    ),
    (Code.TOO_MUCH, "rems form"): (
        "That file is too long for a form version; choose another one.",
    ),
    (Code.NAME_TAKEN, "rems form"): (
        "There is another form version named “{name}”; give the changed text an id of its own.",
        "There is another form version of that name; give the text an id of its own.",
    ),
    (Code.NOT_ALLOWED, "rems form"): (
        "Only a prescriber or an administrator says which form version holds; ask one of them.",
    ),
    (Code.CHANGED_MEANWHILE, "rems form"): (
        "Another form version holds since a moment ago; go back and look at what changes again.",
    ),
    (Code.UNCHANGED, "rems form"): ("This form version holds already; nothing needs doing.",),
    (Code.UNKNOWN, "rems form"): ("No REMS form follows session {id}; choose another one.",),
    (Code.NOT_ALLOWED, "rems field"): (
        "The record itself says what stands in this field; put the entry right in the session.",
    ),
    (Code.OUT_OF_RANGE, "rems answer"): ("This field takes {allowed}; type one of them.",),
    (Code.NOT_UNDERSTOOD, "rems answer"): (
        "The answer holds a character that nobody can see; take it out and try again.",
    ),
    (Code.EMPTY, "filed_on"): ("The day of filing is missing; write it as 2026-03-04.",),
    (Code.NOT_UNDERSTOOD, "rems onset"): _NO_CLOCK,
    (Code.NOT_UNDERSTOOD, "rems resolved"): _NO_CLOCK,
    (Code.NOT_UNDERSTOOD, "rems minutes"): (
        "“{token}” is no number of minutes; write whole minutes, such as 95, or leave it empty.",
    ),
    (Code.NOT_UNDERSTOOD, "filed_on"): ("“{typed}” is no day; write it as 2026-03-04.",),
    (Code.OUT_OF_RANGE, "filed_on"): (
        "{typed} is before the treatment of {least}; check the day it was filed on.",
        "That is before the treatment; check the day it was filed on.",
    ),
    (Code.FUTURE, "filed_on"): ("{typed} is still to come; give the day it was filed on.",),
    (Code.EMPTY, "filed_by"): ("Nobody is named; say who filed the form.",),
    (Code.WRONG_PHASE, "rems filing"): (
        "The session is still open; close it before its form is filed.",
    ),
    (Code.NOT_UNDERSTOOD, "filed_by"): (
        "The name holds a character that nobody can see; take it out and try again.",
    ),
    (Code.NOT_UNDERSTOOD, "confirmation"): (
        "The number holds a character that nobody can see; take it out and try again.",
    ),
    (Code.GAPS_OPEN, "rems filing"): (
        "Required fields have no value ({count}); answer them, or tick that it was filed so.",
    ),
    (Code.REASON_MISSING, "rems filing"): (
        "It is on record as filed already; say why that is put right.",
    ),
    (Code.UNCHANGED, "rems filing"): (
        "That is what the record says already; change what is wrong, or leave the form.",
    ),
}
"""Variants that come first where the error is about the REMS form."""
