"""The codes that stand in a bundle, and the systems they come from.

How sure each one is stands in docs/formats/fhir.md. Where none could be verified, a code of our
own is used, of a system that begins with `urn:chairside:`.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.vitals import Sign

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"
UNII = "http://fdasis.nlm.nih.gov"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation"
IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
SEVERITY = "http://terminology.hl7.org/CodeSystem/adverse-event-severity"
SERIOUSNESS = "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness"
OUTCOME = "http://terminology.hl7.org/CodeSystem/adverse-event-outcome"
ALLERGY_STATUS = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
ALLERGY_SURE = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
AGENT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
SIGNATURE = "urn:iso-astm:E1762-95:2013"
PROFILES = "http://hl7.org/fhir/StructureDefinition/"
FOLLOWS = PROFILES + "observation-sequelTo"

OURS = "urn:chairside:"
SCALE, ROLE, ITEM = OURS + "scale", OURS + "role", OURS + "item"
USER, PATIENT, SESSION = OURS + "user", OURS + "patient-number", OURS + "session"
ENTRY, CLINIC, SHA256 = OURS + "entry", OURS + "clinic", OURS + "sha-256"
PROTOCOL = OURS + "protocol"

MG, ML = ("mg", "mg"), ("mL", "mL")
SCORE = ("score", "{score}")

DRUGS = {
    "ketamine": ((RXNORM, "6130"), (ATC, "N01AX03"), (UNII, "690G0D6V8H")),
    "esketamine": ((ATC, "N06AX27"),),
}
"""Codes of a drug by its name in the protocol; a drug that is not here has its name only."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sign is in an `Observation`.

    Attributes:
        codes: (code, display) of LOINC; empty where none was verified.
        unit: (as people read it, UCUM).
        category: A code of FHIR's own categories of observations.
        profile: The vital-signs profile of R4 that it keeps to; empty for none.
        words: What it is called.
        own: Our own code: (system, code); empty where LOINC has one.
    """

    codes: tuple[tuple[str, str], ...]
    unit: tuple[str, str]
    category: str
    words: str
    profile: str = ""
    own: tuple[str, str] = ("", "")


_PER_MINUTE, _PERCENT, _MMHG = ("/min", "/min"), ("%", "%"), ("mmHg", "mm[Hg]")

BP_PANEL = ("85354-9", "Blood pressure panel with all children optional")
BP_PARTS = (("8480-6", "Systolic blood pressure"), ("8462-4", "Diastolic blood pressure"))

SIGNS = {
    Sign.BP: Meaning((BP_PANEL,), _MMHG, "vital-signs", "Blood pressure", "bp"),
    Sign.HEART_RATE: Meaning(
        (("8867-4", "Heart rate"),), _PER_MINUTE, "vital-signs", "Heart rate", "heartrate"
    ),
    Sign.SPO2: Meaning(
        (
            ("2708-6", "Oxygen saturation in Arterial blood"),
            ("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"),
        ),
        _PERCENT,
        "vital-signs",
        "SpO2",
        "oxygensat",
    ),
    Sign.RESP: Meaning(
        (("9279-1", "Respiratory rate"),), _PER_MINUTE, "vital-signs", "Resp", "resprate"
    ),
    Sign.TEMPERATURE: Meaning(
        (("8310-5", "Body temperature"),), ("°C", "Cel"), "vital-signs", "Temperature", "bodytemp"
    ),
    Sign.SEDATION: Meaning((), SCORE, "survey", "MOAA/S", own=(SCALE, "moaa-s")),
    Sign.DISSOCIATION: Meaning(
        (), SCORE, "survey", "Dissociation, 0 to 10", own=(SCALE, "nrs-dissociation")
    ),
    Sign.ANXIETY: Meaning((), SCORE, "survey", "Anxiety, 0 to 10", own=(SCALE, "nrs-anxiety")),
    Sign.NAUSEA: Meaning((), SCORE, "survey", "Nausea, 0 to 10", own=(SCALE, "nrs-nausea")),
    Sign.PAIN: Meaning(
        (("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported"),),
        SCORE,
        "survey",
        "Pain, 0 to 10",
        own=(SCALE, "nrs-pain"),
    ),
    Sign.OXYGEN: Meaning(
        (("3151-8", "Inhaled oxygen flow rate"),), ("L/min", "L/min"), "therapy", "Oxygen"
    ),
    Sign.FIO2: Meaning((("3150-0", "Inhaled oxygen concentration"),), _PERCENT, "therapy", "FiO2"),
    Sign.ETCO2: Meaning(
        (("19891-1", "Carbon dioxide [Partial pressure] in Exhaled gas --at end expiration"),),
        _MMHG,
        "exam",
        "EtCO2",
    ),
}
"""What each sign is, in the order of the sheet."""
