"""The page of definitions names every indicator, in Vietnamese whatever language is on."""

from django.utils.translation import override

from tuoitho.indicators.definitions import BY_CODE, definition_hash
from tuoitho.indicators.pages import indicators_page


def test_the_page_names_every_indicator():
    page = indicators_page()
    assert all(f"\n## {code} " in page for code in BY_CODE)
    assert "Công thức: " in page


def test_the_page_and_the_hash_do_not_depend_on_the_language():
    here, known = indicators_page(), definition_hash()
    definition_hash.cache_clear()
    with override("en"):
        assert indicators_page() == here
        assert definition_hash() == known
