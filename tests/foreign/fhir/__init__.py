"""Validators of FHIR R4 that are not ours."""
