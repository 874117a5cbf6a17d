"""What a session says as FHIR bundle: all of it, exactly, and nothing that nobody said."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from reports.fhir import bundle
from reports.fhir.codes import LOINC
from reports.fhir.elements import written
from tests.fakes.fhir_sessions import (
    NOTHING_WRITTEN,
    SESSIONS,
    Bundle,
    as_bundle,
    everything,
    read,
    resources,
    set_back,
    signed,
)
from tests.fakes.overviews import esketamine, injected, ketamine
from tests.unit.reports.hostile import LONG, SHORT, spoiled

_STRING = re.compile(r"[ \r\n\t\S]+")
"""R4, datatypes, `string`."""

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def observations(made: Bundle, code: str) -> list[Bundle]:
    """Return the observations of a code, of whatever system."""
    return [
        each
        for each in resources(made, "Observation")
        if code in [coding["code"] for coding in each["code"]["coding"]]
    ]


def parts(thing: object) -> Iterator[object]:
    """Give a thing and all that is in it."""
    yield thing
    if isinstance(thing, dict):
        for part in thing.values():
            yield from parts(part)
    elif isinstance(thing, list):
        for part in thing:
            yield from parts(part)


def target(made: Bundle, reference: Bundle) -> Bundle:
    """Return what a reference leads to."""
    (found,) = [e["resource"] for e in made["entry"] if e["fullUrl"] == reference["reference"]]
    return dict(found)


# --- the whole -------------------------------------------------------------------------------


def test_that_the_same_record_gives_the_same_bytes() -> None:
    whole = everything()
    again = dataclasses.replace(whole, readings=tuple(whole.readings))
    assert bundle(whole, NOTHING_WRITTEN, None) == bundle(again, NOTHING_WRITTEN, None)


@pytest.mark.parametrize("kind", SESSIONS)
def test_that_every_name_is_there_once_and_every_reference_leads_to_one(kind: str) -> None:
    made = SESSIONS[kind]()
    names = [entry["fullUrl"] for entry in made["entry"]]
    led = {p["reference"] for p in parts(made) if isinstance(p, dict) and "reference" in p}
    assert len(set(names)) == len(names)
    assert led <= set(names)
    assert all(e["fullUrl"] == f"urn:uuid:{e['resource']['id']}" for e in made["entry"])


def test_that_patient_and_staff_have_the_same_names_in_two_sessions() -> None:
    one, other = (as_bundle(s) for s in (ketamine(), injected()))
    for kind in ("Patient", "Practitioner", "Organization"):
        ids = [{each["id"] for each in resources(made, kind)} for made in (one, other)]
        assert ids[0] == ids[1]
    visits = [resources(made, "Encounter")[0]["id"] for made in (one, other)]
    assert visits[0] != visits[1]


@pytest.mark.parametrize("typed", [*SHORT, *LONG])
def test_that_any_text_becomes_strings_that_fhir_allows(typed: str) -> None:
    content = bundle(spoiled(esketamine(), typed), NOTHING_WRITTEN, None)
    for part in parts(read(content)):
        assert part not in ("", [], {}, None)
        if isinstance(part, str):
            assert _STRING.fullmatch(part)
            assert part == part.strip(" \t\r\n")
            assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", part)


def test_that_text_that_fhir_allows_stays_as_it_was_typed() -> None:
    typed = 'Łącka\n"山本" <b>x</b> \N{RIGHT-TO-LEFT MARK}مرحبا 😀'
    made = as_bundle(spoiled(esketamine(), typed))
    assert resources(made, "AdverseEvent")[0]["event"]["text"] == typed


def test_that_every_digit_of_an_amount_is_kept() -> None:
    amounts = [Decimal("36.60"), Decimal("0.0000001"), Decimal("1E+2"), 0]
    text = written(amounts)
    assert text == "[36.60,0.0000001,100,0]"
    assert all(_DECIMAL.fullmatch(each) for each in text[1:-1].split(","))


def test_that_a_rehearsal_is_marked_as_test_data_everywhere_and_a_treatment_nowhere() -> None:
    practice, real = as_bundle(ketamine()), as_bundle(everything())
    assert all("HTEST" in str(entry["resource"]["meta"]) for entry in practice["entry"])
    assert "HTEST" not in str(real)


def test_that_every_loinc_code_has_the_right_check_digit() -> None:
    made = [as_bundle(everything()), as_bundle(esketamine())]
    found = [p for p in parts(made) if isinstance(p, dict) and p.get("system") == LOINC]
    codes = {coding["code"] for coding in found}
    assert len(codes) >= 17
    assert [code for code in sorted(codes) if not _has_its_check_digit(code)] == []


def _has_its_check_digit(code: str) -> bool:
    """Tell whether a code ends as LOINC's rule (mod 10, by Luhn) asks."""
    number, check = code.split("-")
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(number))]
    return (int(check) + sum(sum(divmod(each, 10)) for each in doubled)) % 10 == 0


# --- signs -----------------------------------------------------------------------------------


def test_that_a_blood_pressure_is_a_panel_with_both_its_parts() -> None:
    made = as_bundle(ketamine())
    second = observations(made, "85354-9")[1]
    amounts = [
        (part["code"]["coding"][0]["code"], part["valueQuantity"]["value"])
        for part in second["component"]
    ]
    assert amounts == [("8480-6", 156), ("8462-4", 95)]
    assert {part["valueQuantity"]["code"] for part in second["component"]} == {"mm[Hg]"}
    assert second["effectiveDateTime"] == "2026-03-02T10:10:00+01:00"
    assert second["issued"] == "2026-03-02T10:11:00+01:00"


def test_that_only_the_sign_that_was_amended_is_called_so_with_what_it_said_before() -> None:
    made = as_bundle(ketamine())
    pressure, rate = observations(made, "85354-9")[1], observations(made, "8867-4")[1]
    assert (pressure["status"], rate["status"]) == ("amended", "final")
    assert "165/95" in pressure["note"][0]["text"]


def test_that_a_sign_points_to_its_baseline_and_the_baseline_to_none() -> None:
    made = as_bundle(ketamine())
    first, second = observations(made, "8867-4")[:2]
    assert target(made, second["extension"][0]["valueReference"]) == first
    assert "extension" not in first


def test_that_a_crossed_limit_says_on_which_side_and_what_was_done() -> None:
    made = as_bundle(ketamine())
    high = [each for each in observations(made, "85354-9") if "interpretation" in each]
    assert [each["interpretation"][0]["coding"][0]["code"] for each in high] == ["H", "H"]
    issue = resources(made, "DetectedIssue")[0]
    assert "repeat in 3 min" in issue["mitigation"][0]["action"]["text"]
    row = target(made, issue["evidence"][0]["detail"][0])
    assert high[0]["id"] in str(row["hasMember"])


def test_that_nothing_is_said_of_a_sign_of_which_nobody_said_anything() -> None:
    made = as_bundle(ketamine())
    assert observations(made, "8310-5") == []
    kinds = {code for each in resources(made, "Observation") for code in _absent(each)}
    assert kinds == {"cadss-6", "cadss-6-item-6", "cadss-6-item-22", "set-of-signs"}


def _absent(observation: Bundle) -> Iterator[str]:
    for part in (observation, *observation.get("component", ())):
        if "dataAbsentReason" in part:
            yield part["code"]["coding"][0]["code"]


def test_that_what_was_said_not_to_have_been_taken_is_absent_with_that_reason() -> None:
    rate = observations(as_bundle(everything()), "8867-4")[-1]
    assert rate["dataAbsentReason"]["coding"][0]["code"] == "not-performed"
    assert "valueQuantity" not in rate


def test_that_every_sign_of_a_reading_is_there_with_its_unit() -> None:
    row = next(r for r in everything().readings if r.uid == "all-signs")
    made = as_bundle(dataclasses.replace(everything(), readings=(row,), slots=()))
    found = resources(made, "Observation")
    units = {
        each["code"]["text"]: (each["valueQuantity"]["value"], each["valueQuantity"]["code"])
        for each in found
        if "valueQuantity" in each
    }
    assert units["Temperature"] == (Decimal("36.60"), "Cel")
    assert units["Oxygen"] == (Decimal("2.5"), "L/min")
    assert units["EtCO2"] == (38, "mm[Hg]")
    assert units["Pain, 0 to 10"] == (0, "{score}")


# --- the dose --------------------------------------------------------------------------------


def given(made: Bundle) -> list[Bundle]:
    """Return what was given of the treatment's own drug."""
    return [each for each in resources(made, "MedicationAdministration") if "partOf" in each]


def test_that_an_infusion_is_its_stretches_with_rate_and_dose_and_without_the_pause() -> None:
    made = as_bundle(ketamine())
    stretches = [each["dosage"] for each in given(made)]
    assert [each["rateQuantity"]["value"] for each in stretches] == [75, Decimal("37.5")]
    assert sum(each["dose"]["value"] for each in stretches) == ketamine().dose.given_mg
    assert [each["status"] for each in given(made)] == ["completed", "stopped"]
    mixed = target(made, given(made)[0]["medicationReference"])
    lot = target(made, mixed["ingredient"][0]["itemReference"])
    assert (lot["batch"]["lotNumber"], lot["batch"]["expirationDate"]) == ("SYN4K118", "2027-08")


def test_that_each_nasal_device_is_one_dose_with_its_lot() -> None:
    made = as_bundle(esketamine())
    lots = [target(made, each["device"][0])["lotNumber"] for each in given(made)]
    assert lots == ["SYN26A07"] * 3
    assert [each["dosage"]["dose"]["value"] for each in given(made)] == [28, 28, 28]
    order = resources(made, "MedicationRequest")[0]
    assert order["category"][0]["text"] == "verbal order, read back"


@pytest.mark.parametrize("printed", ["2027-02-31", "20270831", "EXP 08/27", "2027-13", "2027-8"])
def test_that_an_expiry_that_is_no_date_is_left_out(printed: str) -> None:
    seen = esketamine()
    odd = tuple(dataclasses.replace(each, expiry=printed) for each in seen.devices)
    made = as_bundle(dataclasses.replace(seen, devices=odd))
    assert all("expirationDate" not in each for each in resources(made, "Device"))


def test_that_a_visit_without_a_drug_says_so_and_gives_none() -> None:
    made = SESSIONS["cancelled, nobody weighed"]()
    assert resources(made, "Encounter")[0]["status"] == "cancelled"
    treatment = resources(made, "Procedure")[0]
    assert (treatment["status"], treatment["statusReason"]["text"]) == (
        "not-done",
        "fever since the morning",
    )
    assert resources(made, "MedicationAdministration") == resources(made, "Observation") == []


def test_that_a_span_lasts_as_long_as_it_did_though_the_clock_was_set_back() -> None:
    treatment = resources(as_bundle(set_back()), "Procedure")[0]
    assert treatment["performedPeriod"] == {
        "start": "2026-03-02T10:00:00+01:00",
        "end": "2026-03-02T10:45:00+01:00",
    }


# --- events ----------------------------------------------------------------------------------


def test_that_a_side_effect_is_an_adverse_event_with_its_end() -> None:
    nausea = resources(as_bundle(ketamine()), "AdverseEvent")[0]
    assert nausea["event"]["text"] == "nausea mild"
    assert nausea["outcome"]["coding"][0]["code"] == "resolved"
    assert nausea["extension"][0]["valueDateTime"] == "2026-03-02T10:50:00+01:00"
    assert "seriousness" not in nausea


def test_that_a_serious_event_says_why_it_is() -> None:
    fall = resources(as_bundle(everything()), "AdverseEvent")[-1]
    said = [each.get("valueString") for each in fall["extension"]]
    assert fall["seriousness"]["coding"][0]["code"] == "Serious"
    assert "life-threatening" in said
    assert "fell, no injury" in said


def test_that_another_drug_is_given_in_the_words_in_which_it_was_written_down() -> None:
    made = resources(as_bundle(ketamine()), "MedicationAdministration")
    others = [each for each in made if "partOf" not in each]
    assert [each["medicationCodeableConcept"]["text"] for each in others] == ["ondansetron 4 mg IV"]


# --- who vouches -----------------------------------------------------------------------------


def test_that_each_signature_says_who_and_when_and_has_its_own_bytes() -> None:
    content, record, _ = signed()
    made = read(content)
    entries = [e for e in json.loads(record)["entries"] if e.get("signature")]
    found = [each for each in resources(made, "Provenance") if "signature" in each]
    assert [each["signature"][0]["data"] for each in found] == [e["signature"] for e in entries]
    kinds = [each["signature"][0]["type"][0]["display"] for each in found]
    assert kinds == ["Author's Signature", "Review Signature", "Addendum Signature"]
    names = [target(made, each["signature"][0]["who"])["name"][0]["text"] for each in found]
    assert names == ["Nina Kowal", "Dana Silva", "Nina Kowal"]


def test_that_a_signature_that_was_voided_is_left_out() -> None:
    seen = ketamine()
    voided = tuple(dataclasses.replace(each, holds=False) for each in seen.signatures)
    made = as_bundle(dataclasses.replace(seen, signatures=voided))
    assert all("signature" not in each for each in resources(made, "Provenance"))


def test_that_the_sealed_report_is_there_whole_with_both_hashes() -> None:
    content, record, report = signed()
    documents = resources(read(content), "DocumentReference")
    sealed = documents[1]["content"][0]["attachment"]
    assert base64.b64decode(sealed["data"]) == report.content
    assert base64.b64decode(sealed["hash"]) == hashlib.sha1(report.content).digest()  # noqa: S324
    hashes = [each["identifier"][0]["value"] for each in documents]
    assert hashes == [hashlib.sha256(record).hexdigest(), report.sha256]


def test_that_the_bundle_is_dated_by_the_newest_entry() -> None:
    content, record, _ = signed()
    newest = max(entry["recorded_at"] for entry in json.loads(record)["entries"])
    assert read(content)["timestamp"] == newest


def test_that_an_amendment_and_a_second_check_say_by_whom() -> None:
    made = as_bundle(ketamine())
    changes = {each["activity"]["text"]: each for each in resources(made, "Provenance")}
    amended = changes["amendment"]
    assert amended["reason"][0]["text"] == "digits transposed; read again from the monitor"
    assert [each["valueString"] for each in amended["extension"]][1:] == ["165/95", "156/95"]
    check = changes["second check of the dose"]["agent"][0]
    assert target(made, check["who"])["name"][0]["text"] == "Marek Baran"
