"""Old codes of Vietnamese: recognised by the words they make, and turned into Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.interop.legacy import (
    TCVN3,
    VNI,
    code_of,
    converted,
    from_tcvn3,
    from_vni,
    is_syllable,
)

LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
NAMES = ["Nguyễn Văn Hải", "Trần Thị Đường", "Lê Hùng", "Phạm Thị Mỹ Hạnh", "Đỗ Quốc Huy"]
TO_TCVN3 = {letter: chr(code) for code, letter in TCVN3.items()}
TO_VNI = {letter: typed for typed, letter in VNI.items()}


def old(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("NguyÔn V¨n H¶i", "Nguyễn Văn Hải"), ("B¶o Th¾ng", "Bảo Thắng"),
     ("M­êng Kh­¬ng", "Mường Khương"),
     ("TrÇn ThÞ §µo", "Trần Thị Đào")],
)  # fmt: skip
def test_tcvn3(typed, meant):
    assert from_tcvn3(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Nguyeãn Vaên Haûi", "Nguyễn Văn Hải"), ("Traàn Thò Ñöôøng", "Trần Thị Đường"),
     ("NGUYEÃN THÒ MYÕ", "NGUYỄN THỊ MỸ")],
)  # fmt: skip
def test_vni(typed, meant):
    assert from_vni(typed) == meant


def test_every_letter_of_both_codes_comes_back():
    assert from_tcvn3(old(LETTERS, TO_TCVN3)) == LETTERS
    assert from_vni(old(LETTERS + LETTERS.upper(), TO_VNI)) == LETTERS + LETTERS.upper()


@pytest.mark.parametrize(("code", "table"), [("tcvn3", TO_TCVN3), ("vni", TO_VNI)])
def test_the_code_of_a_sheet_is_recognised(code, table):
    sheet = [old(name, table) for name in NAMES]
    assert code_of(sheet) == code
    assert [converted(cell, code) for cell in sheet] == NAMES


@pytest.mark.parametrize("sheet", [NAMES, ["Lê Hùng"], ["Nguyen Van An", "x"], [], ["Hà", "Tôn"]])
def test_unicode_is_left_alone(sheet):
    assert code_of(sheet) == ""


def test_a_cell_typed_in_unicode_amid_old_ones_stays():
    assert converted("Nguyễn Văn Hải", "tcvn3") == "Nguyễn Văn Hải"


@pytest.mark.parametrize("word", ["nghiêng", "Quyển", "ĐƯỜNG", "yến", "khuỷu", "oanh", "Giáp"])
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["eãn", "Nguyeãn", "zoo", "Mëng", "áà", "TrÇn"])
def test_no_syllables(word):
    assert not is_syllable(word)


@given(st.text(max_size=40))
def test_any_text_is_read_without_a_fault(text):
    for code in ("tcvn3", "vni"):
        assert isinstance(converted(text, code), str)
    assert code_of([text]) in ("", "tcvn3", "vni")
