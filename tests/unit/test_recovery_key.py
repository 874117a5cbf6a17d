"""The recovery key on paper: what is printed reads back, and each slip of the hand is named."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from db.locks import recovery_key
from db.locks.recovery_key import ALPHABET, GROUPS
from monitor.errors import Code, InputError
from ui.wording import sentence

KEYS = st.binary(min_size=32, max_size=32)
PLACES = st.integers(0, GROUPS - 1)


def slip(typed: str) -> InputError:
    with pytest.raises(InputError) as caught:
        recovery_key.read(typed)
    assert caught.value.code is Code.WRONG_KEY
    return caught.value


@given(KEYS)
def test_that_a_printed_key_reads_back(key: bytes) -> None:
    groups = recovery_key.groups(key)
    assert len(groups) == GROUPS
    assert recovery_key.read(" ".join(groups)) == key
    assert recovery_key.read("-".join(groups).lower()) == key
    assert recovery_key.read("".join(groups)) == key
    assert recovery_key.read("\n".join(f" {group}\t" for group in groups)) == key


@given(KEYS)
def test_that_letters_which_look_like_figures_are_read_as_figures(key: bytes) -> None:
    typed = " ".join(recovery_key.groups(key)).replace("0", "o").replace("1", "L")
    assert recovery_key.read(typed) == key


@given(KEYS, PLACES, st.integers(0, 4), st.sampled_from(ALPHABET))
def test_that_a_wrong_character_names_its_group(key: bytes, place: int, at: int, sign: str) -> None:
    groups = list(recovery_key.groups(key))
    group = groups[place]
    groups[place] = group[:at] + sign + group[at + 1 :]
    if groups[place] == group:
        assert recovery_key.read(" ".join(groups)) == key
    else:
        assert slip(" ".join(groups)).facts["group"] == place + 1


@given(KEYS, PLACES, st.integers(0, 3))
def test_that_two_characters_that_changed_places_name_their_group(
    key: bytes, place: int, at: int
) -> None:
    groups = list(recovery_key.groups(key))
    group = groups[place]
    groups[place] = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
    if groups[place] != group:
        assert slip(" ".join(groups)).facts["group"] == place + 1


@given(KEYS, PLACES, PLACES)
def test_that_groups_that_changed_places_are_named(key: bytes, one: int, other: int) -> None:
    groups = list(recovery_key.groups(key))
    groups[one], groups[other] = groups[other], groups[one]
    if one != other:
        assert slip(" ".join(groups)).facts["group"] == min(one, other) + 1


@pytest.mark.parametrize("typed", ["U", "1234", "123456", "ÄÖÜ12", "1234?"])
def test_that_a_group_of_another_form_is_named(typed: str) -> None:
    groups = [*recovery_key.groups(bytes(32))]
    groups[4] = typed
    assert sentence(slip(" ".join(groups))).startswith("Group 5 of the recovery key is mistyped")


def test_that_a_missing_group_is_said() -> None:
    said = sentence(slip(" ".join(recovery_key.groups(bytes(32))[1:])))
    assert said.startswith("A recovery key has 13 groups and 12 were typed")


def test_that_bits_beyond_the_key_are_refused() -> None:
    groups = list(recovery_key.groups(bytes(32)))
    spare = [*recovery_key.groups(bytes(32))[-1][:3], "1"]
    digits = [ALPHABET.index(sign) for sign in spare]
    groups[-1] = "".join(spare) + ALPHABET[recovery_key._check(digits, GROUPS - 1)]
    assert slip(" ".join(groups)).facts["group"] == GROUPS


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "correct horse battery staple",
        "the cat sat on the mat and the dog ran off with its bone",
        "12345 67890 ABCDE FGHJK",
        "\ud800",
    ],
)
def test_that_a_passphrase_is_no_recovery_key(typed: str) -> None:
    assert recovery_key.read(typed) is None


def test_that_the_last_group_proves_the_sheet_in_whatever_letters() -> None:
    assert recovery_key.same_group("A1B0C", " a l b-o c ")
    assert not recovery_key.same_group("A1B0C", "A1B0D")
    assert not recovery_key.same_group("A1B0C", "")
