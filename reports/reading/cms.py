"""The signature inside the brackets: a CMS message (RFC 5652) of the one form that is ours.

What it holds is taken out, and then the whole message is built anew from that. If it is not the
same to the last byte, something else stands in it: what a signature does not cover could
otherwise be changed unseen.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from asn1crypto import cms, tsp

from reports.reading.certificates import Certificate, certificate

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
SHA256 = bytes.fromhex("300d06096086480165030402010500")
SHA256_WITH_RSA = bytes.fromhex("300d06092a864886f70d01010b0500")
ONE = bytes.fromhex("020101")
"""DER of what is the same in each signature of the program (RFC 5652; RFC 5754; RFC 8017)."""

SEQUENCE, SET, OCTETS, TAGGED_0 = 0x30, 0x31, 0x04, 0xA0
_LONG = 0x80  # from here on a length has a length of its own (X.690, 8.1.3.5)
MOST = 100_000  # bytes; a seal has room for 4 kB at most
_CHAIN = 2  # certificates: the signer's, and the authority's

NAMING = "signing_certificate_v2"
ATTRIBUTES = ("content_type", "message_digest", NAMING)
"""What the key signs (ETSI EN 319 142-1, 6.3: no signing time, which stands in the PDF)."""


@dataclass(frozen=True, slots=True)
class Message:
    """What stands in a signature.

    Attributes:
        covered: What the key signed: the attributes, as a DER set.
        digest: Of the file's bytes, as the attributes say it.
        named: The hash of the signer's certificate, as the attributes say it.
        rebuilt: The one form that these parts can have.
    """

    signer: Certificate
    authority: Certificate | None
    covered: bytes
    signature: bytes
    digest: bytes
    named: bytes
    rebuilt: bytes

    @property
    def holds(self) -> bool:
        """Tell whether the signer's key made it, for this very certificate."""
        own = hashlib.sha256(self.signer.der).digest()
        return own == self.named and self.signer.key.made(self.signature, self.covered)


def message(der: bytes) -> Message:
    """Read a signature; what follows it is the caller's to look at.

    Raises:
        ValueError: If it is none, or of another form than ours; other errors of a parser, too.
    """
    if len(der) > MOST:
        raise ValueError("longer than a signature of ours")
    content = cms.ContentInfo.load(der)["content"]
    (info,) = content["signer_infos"]
    carried = [certificate(each.chosen.dump()) for each in content["certificates"]]
    signer, authority = _chain(info["sid"].chosen, carried)
    said = {each["type"].native: each["values"] for each in info["signed_attrs"]}
    if tuple(sorted(said)) != ATTRIBUTES or said["content_type"].native != ["data"]:
        raise ValueError("other attributes than ours")
    named = _naming(said[NAMING])
    (digest,) = said["message_digest"].native
    inside = info["signed_attrs"].contents
    signature = info["signature"].native
    return Message(
        signer=signer,
        authority=authority,
        covered=tlv(SET, inside),
        signature=signature,
        digest=digest,
        named=named["cert_hash"].native,
        rebuilt=_built(signer, carried, inside, signature),
    )


def _naming(values: cms.SetOf) -> tsp.ESSCertIDv2:
    """Return how the attributes name the signer's certificate: once, by its SHA-256."""
    ((named,),) = [each["certs"] for each in values]
    if named["hash_algorithm"]["algorithm"].native != "sha256":
        raise ValueError("another hash than ours")
    return named


def _chain(
    wanted: cms.IssuerAndSerialNumber, carried: list[Certificate]
) -> tuple[Certificate, Certificate | None]:
    """Return the signer's certificate and the one it was issued under, if that is there."""
    named = wanted["issuer"].dump() + wanted["serial_number"].dump()
    own = [each for each in carried if each.issuer_and_serial == named]
    if len(own) != 1:
        raise ValueError("not one certificate of the signer's")
    rest = [each for each in carried if each is not own[0]]
    return own[0], rest[0] if len(carried) == _CHAIN else None


def _built(
    signer: Certificate, carried: list[Certificate], attributes: bytes, signature: bytes
) -> bytes:
    """Return the message in the one form that it can have (DER: X.690, 10 and 11)."""
    info = tlv(
        SEQUENCE,
        ONE,
        tlv(SEQUENCE, signer.issuer_and_serial),
        SHA256,
        tlv(TAGGED_0, attributes),
        SHA256_WITH_RSA,
        tlv(OCTETS, signature),
    )
    signed = tlv(
        SEQUENCE,
        ONE,
        tlv(SET, SHA256),
        tlv(SEQUENCE, DATA),
        tlv(TAGGED_0, *sorted(each.der for each in carried)),
        tlv(SET, info),
    )
    return tlv(SEQUENCE, SIGNED_DATA, tlv(TAGGED_0, signed))


def tlv(tag: int, *parts: bytes) -> bytes:
    """Return a DER element: its tag, the shortest form of its length, what is in it."""
    inside = b"".join(parts)
    size = len(inside)
    if size < _LONG:
        return bytes((tag, size)) + inside
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, _LONG | len(length))) + length + inside
