"""A sign no text of the database can hold, sent in an address."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("page", ["child_list", "household_list", "number_children", "pair_list"])
def test_nul_in_a_search_is_no_error(client, lan, page):
    client.force_login(lan)
    assert client.get(reverse(f"people:{page}"), {"q": "an\0binh"}).status_code == 200
