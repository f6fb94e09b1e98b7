import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuoitho.lib.text import fold, tidy


@pytest.mark.parametrize(
    "written", ["Đường", "ĐƯỜNG", "duong", unicodedata.normalize("NFD", "đường")]
)
def test_every_spelling_folds_to_the_same(written):
    assert fold(written) == "duong"


def test_tidy_keeps_tones_and_drops_spare_spaces():
    assert tidy("  Nguyễn   Văn\tAn ") == "Nguyễn Văn An"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_fold_to_the_same(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(decomposed) == fold(text)
