"""Our words for what errors name by a code: fields, hints, things, conditions, gaps."""

from __future__ import annotations

FIELDS: dict[str, str] = {
    "bp": "blood pressure",
    "heart_rate": "heart rate",
    "spo2": "SpO₂",
    "resp": "Resp",
    "sedation": "MOAA/S",
    "dissociation": "dissociation",
    "anxiety": "anxiety",
    "nausea": "nausea",
    "pain": "pain",
    "temperature": "temperature",
    "oxygen": "oxygen",
    "fio2": "FiO₂",
    "etco2": "EtCO₂",
    "time": "the time",
    "minutes_ago": "the minutes",
    "line": "the line",
    "text": "the text",
    "at": "the time",
    "kg": "weight in kg",
    "weight_kg": "weight in kg",
    "lb": "weight in lb",
    "weight_lb": "weight in lb",
    "height_cm": "height in cm",
    "bmi": "BMI",
    "per_kg_mg": "dose in mg/kg",
    "minutes": "duration in minutes",
    "dose_mg": "dose in mg",
    "strength": "strength in mg/mL",
    "strength_mg_per_ml": "strength in mg/mL",
    "volume": "volume in mL",
    "volume_ml": "volume in mL",
    "volume_mode": "volume mode",
    "mode": "volume mode",
    "drawn_ml": "drawn volume in mL",
    "draw_ml": "draw in mL",
    "rate_ml_h": "rate in mL/h",
    "rate_step_ml_h": "pump step in mL/h",
    "syringe_ml": "syringe in mL",
    "pump_ml": "pump display in mL",
    "basis_reason": "reason for the basis",
    "born": "birth date",
    "family": "family name",
    "given": "given name",
    "number": "record number",
    "allergies": "allergies",
    "user": "user name",
    "password": "password",
    "passphrase": "passphrase",
    "name": "name",
    "told": "who was told",
    "action": "what was done",
    "reason": "reason",
    "slot": "slot",
    "answers": "the answers",
    "sprays": "sprays",
    "expiry": "expiry date",
    "file": "the file",
    "about": "which one is meant",
    "change": "the weight",
}
"""What a field is called in a sentence."""

HINTS: dict[str, str] = {
    "oxygen": "write 2l for oxygen; SpO₂ is the third number",
    "twice": "each sign can be said only once in a line",
    "bp-first": "BP comes first, as 128/82, or - where it was not taken",
    "positions-first": "BP, heart rate, SpO₂ and Resp come first, before all else",
    "too-many": "there are only four positions: BP, heart rate, SpO₂, Resp",
    "slot-name": "name the slot after it, such as slot 40",
    "cuff-word": "say the cuff's size after it, such as cuff large",
    "clock": "write a time as @10:20",
    "characters": "it holds a character that cannot be written down",
    "bp": "systolic is 40 to 300, diastolic above 10 and below the systolic",
}
"""What to do instead, by the hint that an error carries."""

THINGS: dict[str, str] = {
    "session": "session",
    "patient": "patient",
    "account": "account",
    "user": "user",
    "protocol": "approved protocol",
    "slot": "slot",
    "entry": "entry",
    "alert": "alert",
    "limit": "limit",
    "gap": "gap",
    "history-gap": "gap in the record's history",
    "scale": "rating scale",
    "event": "event",
    "chair": "chair",
    "clinic": "clinic",
    "report": "report",
    "backup": "backup",
}
"""What a thing is called that could not be found."""

CONDITIONS: dict[str, str] = {
    "dose-ended": "the dose has not ended",
    "time": "the time is not up",
    "time-since-end": "the time since the end is not up",
    "time-since-last-device": "the time since the last device is not up",
    "sedation": "MOAA/S is below the baseline or was not taken",
    "dissociation": "dissociation is above the baseline or was not taken",
    "spo2": "SpO₂ is too low or was not taken",
    "oxygen": "there is new oxygen",
    "resp": "Resp is too low or was not taken",
}
"""Why the door is closed."""

GAPS: dict[str, str] = {
    "slot-overdue": "slot {about} is overdue",
    "slot-late": "slot {about} was late",
    "slot-early": "slot {about} was early",
    "slot-missed": "slot {about} was missed",
    "alert-open": "alert {about} is not acknowledged",
    "event-open": "event {about} is not resolved",
    "overrun": "the pump ran past what was prepared",
    "dose-open": "the dose was not ended",
    "rating-incomplete": "the rating {about} is incomplete",
}
"""What stands before a signature."""

REASONS: dict[str, str] = {
    "amend": "an amendment",
    "basis": "the body weight chosen at this BMI",
    "bp": "a dose at a blood pressure of {about}",
    "cancel": "cancelling the session",
    "dosing": "ending the dosing short",
    "explain": "explaining a gap",
    "history-gap": "explaining what is missing of the record",
    "identity": "changing who a patient is said to be",
    "rate": "another rate than the one worked out",
    "slot": "slot {about}, which is outside its window or lacks a sign",
    "sprays": "fewer sprays than the device holds",
    "start": "starting now",
    "stop": "stopping early",
}
"""What a reason is asked for; `about` is what follows the first word."""

CAUSES: dict[str, str] = {
    "keyslots-unreadable": "its key file cannot be read",
    "memory": "there is too little memory",
    "database-too-old": "the database library is too old",
    "record-moved": "its file was moved, replaced or removed while it was open",
    "backup-missing": "a part of it is missing",
    "backup-cut": "it is cut short or altered",
    "backup-foreign": "it is not of this record",
    "backup-broken": "its record does not agree with itself",
}
"""Why the store failed, where we know it; other causes are named as the store names them."""
