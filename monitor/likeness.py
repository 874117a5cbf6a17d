"""Patients who may be taken for one another: by their names, birth dates or record numbers.

What is found is pointed out to a person, who decides; nothing is ever merged or refused for it.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.people import Patient

_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart into a plain one and a mark."""

_MARKS = frozenset("ZPSC")  # separators, punctuation, symbols, controls: no part of a name


@dataclass(frozen=True, slots=True)
class _Known:
    """What of a patient is compared.

    Attributes:
        family, given: Folded: no case, no accents, no spaces, no hyphens.
        families, givens: The same, word by word.
    """

    patient: Patient
    family: str
    given: str
    families: frozenset[str]
    givens: frozenset[str]
    born: dt.date
    number: str

    @property
    def initials(self) -> tuple[str, str]:
        """Return the first letters of family and given name."""
        return self.family[:1], self.given[:1]

    @property
    def swapped(self) -> _Known:
        """Return the same one with family and given name in each other's place."""
        return _Known(
            self.patient,
            family=self.given,
            given=self.family,
            families=self.givens,
            givens=self.families,
            born=self.born,
            number=self.number,
        )


def alike(one: Patient, other: Patient) -> bool:
    """Tell whether one patient may be taken for the other.

    Either their names are the same but for case, accents, hyphens, spaces and order; or one of
    the two names is, and the other is near, that is one letter (or one word of a double name)
    apart; or both names are near, and the initials are the same; or the birth date is the same,
    and so are the initials or, to one letter, one of the names; or the record numbers differ in
    spaces, marks and leading zeros only.

    Example:
        >>> from monitor.people import Sex
        >>> born, other = dt.date(1984, 3, 12), dt.date(1990, 7, 2)
        >>> anna = Patient("1", "Nowak", "Anna", born, Sex.FEMALE, "100234")
        >>> alike(anna, Patient("2", "Nowack", "Anna", other, Sex.FEMALE, "7"))
        True
        >>> alike(anna, Patient("3", "Reyes", "Mateo", other, Sex.MALE, "8"))
        False
    """
    return _alike(_known(one), _known(other))


class Lookalikes:
    """Finds, among many patients, those who are like one of them; quick enough for each key.

    What was found is remembered: keep it as long as nobody is added or changed.
    """

    def __init__(self, patients: Iterable[Patient]) -> None:
        """Sort the patients onto shelves: those who are alike share at least one."""
        self._found: dict[Patient, tuple[Patient, ...]] = {}
        self._shelves: dict[tuple[str, object], list[tuple[int, _Known]]] = defaultdict(list)
        for place, patient in enumerate(patients):
            known = _known(patient)
            for shelf in set(_shelves(known)):
                self._shelves[shelf].append((place, known))

    def of(self, patient: Patient) -> tuple[Patient, ...]:
        """Return the others who are like a patient, in the order in which they came."""
        if patient not in self._found:
            self._found[patient] = tuple(self._search(patient))
        return self._found[patient]

    def _search(self, patient: Patient) -> Iterator[Patient]:
        known = _known(patient)
        met = {
            place: other
            for shelf in set(_shelves(known))
            for place, other in self._shelves.get(shelf, ())
        }
        for _, other in sorted(met.items(), key=lambda each: each[0]):
            if other.patient.id != patient.id and _alike(known, other):
                yield other.patient


def _shelves(known: _Known) -> Iterator[tuple[str, object]]:
    yield "name", known.family
    yield "name", known.given
    yield "initials", frozenset(known.initials)
    yield "born", known.born
    if known.number:
        yield "number", known.number


def _alike(one: _Known, other: _Known) -> bool:
    if one.number and one.number == other.number:
        return True
    if _names_alike(one, other):
        return True
    crossed = one.initials == other.initials[::-1]  # quick to ask, and seldom so
    crossed = crossed or one.family == other.given or one.given == other.family
    if crossed and _names_alike(one, other.swapped):
        return True
    return one.born == other.born and (
        one.initials == other.initials
        or one_edit_apart(one.family, other.family)
        or one_edit_apart(one.given, other.given)
    )


def _names_alike(one: _Known, other: _Known) -> bool:
    known = one.family == other.family or one.given == other.given
    if not known and one.initials != other.initials:
        return False
    return _near(one.family, other.family, one.families, other.families) and _near(
        one.given, other.given, one.givens, other.givens
    )


def _near(one: str, other: str, words: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two names are one letter apart, or one is a part of the other's double name."""
    part = bool(words and others) and (words <= others or others <= words)
    return part or one_edit_apart(one, other)


def one_edit_apart(one: str, other: str) -> bool:
    """Tell whether at most one letter is other, missing or too much, or two are swapped.

    Example:
        >>> one_edit_apart("nowak", "nowack"), one_edit_apart("nowak", "nwoak")
        (True, True)
        >>> one_edit_apart("nowak", "novack")
        False
    """
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if same is None:
        return True  # the same, or one more letter at the end
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = short[same : same + 2] == long[same : same + 2][::-1]
    return short[same + 1 :] == long[same + 1 :] or (
        swapped and short[same + 2 :] == long[same + 2 :]
    )


def _known(patient: Patient) -> _Known:
    families, givens = _words(patient.family), _words(patient.given)
    return _Known(
        patient,
        family="".join(families) or patient.family,
        given="".join(givens) or patient.given,
        families=frozenset(families),
        givens=frozenset(givens),
        born=patient.born,
        number=_number(patient.number),
    )


def _words(name: str) -> list[str]:
    """Return a name's words without case and accents: "Żółć-O'Neill" is zolc, o, neill."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = bare.translate(_UNDECOMPOSED)
    kept = "".join(each for each in letters if not unicodedata.combining(each))
    apart = (" " if unicodedata.category(each)[0] in _MARKS else each for each in kept)
    return "".join(apart).split()


def _number(number: str) -> str:
    """Return a record number as it is compared: no case, marks, spaces or leading zeros."""
    bare = unicodedata.normalize("NFKC", number).casefold()
    kept = "".join(each for each in bare if each.isalnum())
    return kept.lstrip("0") or kept[:1]
