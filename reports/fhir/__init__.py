"""A session as an HL7 FHIR R4 bundle, for other systems (docs/formats/fhir.md)."""

from __future__ import annotations

from reports.fhir.bundle import bundle

__all__ = ["bundle"]
