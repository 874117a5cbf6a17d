"""The words that go with an export; they ask for nothing of ours."""

from __future__ import annotations

README = """\
WHAT THIS IS

The records of a clinic's ketamine and esketamine sessions of some days: every session that was
opened on them. export.json says which days; manifest.json says who handed it out and when,
which sessions could not be read and are not here (not_exported; none as a rule), and names
every file with its size, its SHA-256 and the session it is of. A session is named by its
code (S- and eight digits or letters A to F); no name of a file says anything of a patient. The
files do: keep them as you keep the patients' records.

  sessions/S-.../          one folder a session
    report-v1.pdf          the sealed report, byte for byte as it was made at the co-signature;
                           report-v2.pdf and on are later versions, each with what was added
    draft.pdf              in its place where nobody has co-signed: unsigned, and it says so;
                           a session that was still open has neither
    *.proof.json           beside each PDF: its SHA-256, and where the ledger stood
    record.json            all entries of the session, and how to check digest and signatures
    fhir.json              the same as HL7 FHIR R4 Bundle
    rems.pdf               the fields of the REMS monitoring form, where one is due
    session.json           which session this is, its state and how long its record was
    SHA256SUMS             the files of this folder
  tables/                  sessions.csv, readings.csv, slots.csv, events.csv, ratings.csv: a row
                           each; register.csv: the controlled-drug register of these days
  formats/                 what the columns mean; the JSON Schema of record.json
  ledger.jsonl             every line of the clinic's ledger, see below
  checkpoints.json         the stations' signatures under the ledger
  authority.pem            the certificate of the clinic's signing authority
  chairside-verify.pyz     verifies reports; it needs Python 3.11 and nothing else
  SHA256SUMS               all files but itself

A row or a file that is named here and not there: there was nothing to put into it.


ARE THE FILES WHOLE?

  sha256sum -c SHA256SUMS

The clinic's ledger holds the SHA-256 of this SHA256SUMS (kind "export ended"), and that of each
session's own (kind "exported", in ledger.jsonl): ask the clinic to compare.


ARE THE REPORTS GENUINE?

  python3 chairside-verify.pyz --ca authority.pem sessions/*/report-*.pdf

Compare the fingerprint of authority.pem with the clinic by another way than this folder: it is
printed on every report. Any other reader of PDF signatures (PAdES, RSA) will do as well.


IS THE LEDGER UNBROKEN?

ledger.jsonl has all lines of the ledger, also those of other days, in order: seq (its number),
prev (the hash of the line before), hash, and body where it is given. A hash is

  SHA-256( "chairside-ledger-v1", a zero byte, the 32 bytes of prev, the bytes of body in UTF-8 )

and prev of the first line is 32 zero bytes. So whoever changes, removes or inserts a line breaks
the chain. A line without body vouches for its place all the same. This checks it:

  import hashlib, json
  before, given = "00" * 32, 0
  for number, text in enumerate(open("ledger.jsonl", encoding="utf-8"), 1):
      line = json.loads(text)
      assert line["seq"] == number and line["prev"] == before, number
      before = line["hash"]
      if "body" in line:
          given += 1
          start = b"chairside-ledger-v1\\0" + bytes.fromhex(line["prev"])
          assert hashlib.sha256(start + line["body"].encode()).hexdigest() == before, number
  print("unbroken:", number, "lines,", given, "with what they say; the last is", before)

Compare the last hash with a proof or a backup that you have from elsewhere: none of these lines
can have been written anew since then.

A checkpoint says that a computer of the clinic (a station) saw line seq with this hash, at that
time. It is an Ed25519 signature by the station's key (raw, in hex) over the bytes:
chairside-checkpoint-v1, a zero byte, then seq, hash and at, each but the last ended by a line
feed. The keys stand in the ledger, in lines of the kind "station named"; there may be no
checkpoint yet. This checks them all against the ledger; it needs openssl 3 beside Python:

  import json, pathlib, subprocess, tempfile
  lines = [json.loads(text) for text in open("ledger.jsonl", encoding="utf-8")]
  hashes = {line["seq"]: line["hash"] for line in lines}
  bodies = [json.loads(line["body"]) for line in lines if "body" in line]
  named = {each["key"] for each in bodies if each["kind"] == "station named"}
  made = json.load(open("checkpoints.json", encoding="utf-8"))["checkpoints"]
  place = pathlib.Path(tempfile.mkdtemp())
  for each in made:
      assert hashes[each["seq"]] == each["hash"] and each["key"] in named, each["seq"]
      said = f"{each['seq']}\\n{each['hash']}\\n{each['at']}".encode()
      (place / "said").write_bytes(b"chairside-checkpoint-v1\\0" + said)
      (place / "signature").write_bytes(bytes.fromhex(each["signature"]))
      der = bytes.fromhex("302a300506032b6570032100" + each["key"])
      (place / "key").write_bytes(der)
      told = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in said"
      subprocess.run([*told.split(), "-sigfile", "signature"], cwd=place, check=True)
  print("checkpoints that hold:", len(made))


WHICH BODIES ARE GIVEN

The body of a line is given if one of these holds, and withheld otherwise (and where it is
damaged, so that it is no text any more):

  1. its stream is session/ID or rems/ID, and ID is a session in this folder (see session.json)
     that is not among those named under NOT EXPORTED, at the end, if there are any;
  2. its stream is patient/ID, and ID is the patient of such a session;
  3. its kind is "report kept", "exported", "signature refused" or "looked", its stream is none
     of those, and it names such a session;
  4. its stream is none of those, and its kind is one of: clinic named, protocol approved, rems
     form set, station named, keys changed, backed up, record restored, guards put back, history
     gap noticed, history gap explained, stock moved, stock counted.

So nothing is given of other patients and their sessions, of log-ins and passwords, and of keys:
the certificates that were issued are in authority.pem and in the records, without their keys.
"""
