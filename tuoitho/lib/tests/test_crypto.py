import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.lib.crypto import WrongKeyError, decrypt, encrypt, keyed_hash


@given(st.text())
def test_what_is_sealed_opens_again(text):
    assert decrypt(encrypt(text, place="t.c"), place="t.c") == text


def test_a_value_cannot_be_moved_to_another_column():
    with pytest.raises(WrongKeyError):
        decrypt(encrypt("001204012345", place="people_child.national_id"), place="t.c")


def test_the_same_text_never_looks_the_same():
    assert encrypt("a", place="t.c") != encrypt("a", place="t.c")


def test_a_hash_finds_equal_values_and_nothing_else():
    assert keyed_hash("x", purpose="phone") == keyed_hash("x", purpose="phone")
    assert keyed_hash("x", purpose="phone") != keyed_hash("x", purpose="national_id")
    assert keyed_hash("", purpose="phone") == ""
