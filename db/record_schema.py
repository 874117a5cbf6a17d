"""The JSON Schema of a session's record, made from the very types that are written.

Published as `docs/formats/record.schema.json` (`make schemas` writes it anew; a test holds the
file to this). It says what stands where; what ties the parts together, the digest and the
signatures, is told by the document itself in `digest_rule` and `signature_rule`.
"""

from __future__ import annotations

import datetime as dt
import enum
import inspect
import json
import sys
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from db import codec
from db.export import FORMAT
from monitor.drawn_with import DrawnWith
from monitor.entries import KINDS
from monitor.people import Author, Clinic, Patient

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
HEX_64 = "^[0-9a-f]{64}$"
INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?Z$"
AMOUNT = r"^-?(0|[1-9]\d*)(\.\d*[1-9])?$"

_TEXT: Schema = {"type": "string"}
_HASH: Schema = {"type": "string", "pattern": HEX_64}
_INSTANT: Schema = {"type": "string", "format": "date-time", "pattern": INSTANT}
_PEM: Schema = {"type": "string", "pattern": "^(-----BEGIN CERTIFICATE-----\\n[^-]+-----END )?"}

_PLAIN: Mapping[object, Schema] = types.MappingProxyType(
    {
        str: _TEXT,
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        Decimal: {"type": "string", "pattern": AMOUNT, "description": "An exact amount."},
        dt.datetime: _INSTANT,
        dt.date: {"type": "string", "format": "date"},
        type(None): {"type": "null"},
    }
)


def record_schema() -> Schema:
    """Return the schema of a session's record."""
    people = {"author": _object(Author), "clinic": _object(Clinic), "patient": _object(Patient)}
    kinds = {f"entry {kind}": _entry(kind, made) for kind, made in KINDS.items()}
    refs = [{"$ref": f"#/$defs/{_escaped(name)}"} for name in kinds]
    return {
        "$schema": DIALECT,
        "$id": "urn:chairside:record:v1",
        "title": "The whole record of one session",
        **_record(),
        "$defs": {**people, **kinds, "entry": {"oneOf": refs}},
    }


def _record() -> Schema:
    protocol = {
        "id": _TEXT,
        "version": {"type": "integer", "minimum": 1},
        "hash": _HASH,
        "content": {**_TEXT, "description": "Its whole text, TOML; hash is its SHA-256."},
    }
    always: Schema = {
        "format": {"const": FORMAT},
        "session": _TEXT,
        "clinic": {"$ref": "#/$defs/clinic"},
        "patient": {"$ref": "#/$defs/patient"},
        "protocol": _closed(protocol),
        "entries": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/entry"}},
        "digest": _HASH,
        "digest_rule": _TEXT,
    }
    signed: Schema = {
        "certificates": {
            "type": "object",
            "propertyNames": {"pattern": HEX_64},
            "additionalProperties": _PEM,
        },
        "authority": _PEM,
        "signature_rule": _TEXT,
        "drawn_with": _object(DrawnWith),
    }
    return _closed({**always, **signed}, required=list(always))


def _entry(kind: str, made: type) -> Schema:
    """Return the schema of an entry of one kind: the envelope and the fact's own fields."""
    envelope: Schema = {
        "v": {"const": codec.newest_version(kind)},
        "kind": {"const": kind},
        "uid": _TEXT,
        "stream": {"type": "string", "minLength": 1},
        "n": {"type": "integer", "minimum": 1, "description": "Its place in the stream."},
        "at": {**_INSTANT, "description": "When it was so."},
        "recorded_at": {**_INSTANT, "description": "When it was written."},
        "offset": {"type": "integer", "description": "Minutes east of UTC at that clock."},
        "by": {"$ref": "#/$defs/author"},
        "station": _TEXT,
        "boot": _TEXT,
        "mono": {"type": ["integer", "string"], "description": "Nanoseconds since the boot."},
        "amends": {**_TEXT, "description": "The entry whose place it takes."},
        "reason": _TEXT,
    }
    own = _object(made)
    said: Schema = _closed(
        {**envelope, **own["properties"]},
        required=[
            *(name for name in envelope if name not in ("amends", "reason")),
            *own["required"],
        ],
    )
    return {**said, "description": own["description"]}


def _object(made: type) -> Schema:
    hints = typing.get_type_hints(made)
    named = {field.name: _of(hints[field.name]) for field in fields(made)}
    required = [
        field.name
        for field in fields(made)
        if field.default is MISSING and field.default_factory is MISSING
    ]
    summary = (inspect.getdoc(made) or "").partition("\n")[0]
    return {**_closed(named, required=required), "description": summary}


def _closed(properties: Schema, required: list[str] | None = None) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties) if required is None else required,
        "additionalProperties": False,
    }


def _of(hint: object) -> Schema:
    """Return the schema of a type, as the codec writes it."""
    if (plain := _PLAIN.get(hint)) is not None:
        return plain
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        return {"enum": [member.value for member in hint]}
    if isinstance(hint, type) and is_dataclass(hint):
        return _object(hint)
    return _of_several(hint)


def _of_several(hint: object) -> Schema:
    """Return the schema of a type that is put together from others."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_of(each) for each in inner]}
    if origin is not tuple:
        raise TypeError(hint)
    if inner[-1] is Ellipsis:
        return {"type": "array", "items": _of(inner[0])}
    parts = [_of(each) for each in inner]
    return {"type": "array", "prefixItems": parts, "minItems": len(parts), "items": False}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1").replace(" ", "%20")


def written() -> bytes:
    """Return the schema as it is published."""
    return json.dumps(record_schema(), ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(written())
