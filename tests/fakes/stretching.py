"""What a clinic's passphrase really costs; everywhere else in the tests it costs next to nothing.

Each stretching of a clinic's key takes 0.7 s on two cores. What is opened, refused, changed or
restored is the same whatever it costs, so one test in `test_keys.py` pays it, and no other.
"""

from __future__ import annotations

from db.locks import wrapping

AGREED = wrapping.CLINIC
"""As agreed; read before the tests make it cheap."""

CHEAP = wrapping.PRACTICE
