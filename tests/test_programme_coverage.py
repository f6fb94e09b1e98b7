"""Every paragraph of the plan works: each thing it is served by exists in the system."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse
from django.utils.module_loading import import_string

from tuoitho.plan.check import load
from tuoitho.plan.coverage import COVERAGE, links_for
from tuoitho.plan.pages import programme_page

PLANS = sorted((Path(settings.BASE_DIR) / "plans").glob("*.yaml"))
CODES = sorted({code for path in PLANS for task in load(path).tasks for code in task.served_by})


def url_names():
    """Every URL name of every room, "room:name", whatever arguments it takes."""
    return {
        f"{room}:{name}"
        for room, (_prefix, resolver) in get_resolver().namespace_dict.items()
        for name in resolver.reverse_dict
        if isinstance(name, str)
    }


@pytest.mark.parametrize("code", CODES)
def test_what_serves_a_task_exists(code):
    assert code in COVERAGE, f"say in tuoitho/plan/coverage.py where {code} is realised"
    found = COVERAGE[code]
    if found.kind == "screen":
        assert found.name in url_names(), f"{code}: no page {found.name}"
    else:
        assert callable(import_string(found.name)), f"{code}: nothing to call at {found.name}"


def test_no_realisation_is_left_over():
    assert not set(COVERAGE) - set(CODES), "no plan mentions these: take them out of coverage.py"


def test_every_paragraph_of_the_plan_has_a_row_on_the_page():
    page = programme_page()
    for path in PLANS:
        plan = load(path)
        for task in plan.tasks:
            assert f"| {task.code} |" in page, f"{path}: {task.code} is not on the page"
        for _target, part in plan.parts():
            assert f"`{part.indicator}`" in page


def test_every_query_of_a_realisation_is_a_filter_of_its_list(client, cast_member):
    """A link that narrows a list must name a filter of it, or it silently shows everything."""
    for role in ("labour_office", "finance_office"):
        user = cast_member(role)
        client.force_login(user)
        for link in links_for(COVERAGE, user):
            if "?" not in link.url:
                continue
            name, _, value = link.url.rpartition("?")[2].partition("=")
            page = client.get(link.url).content.decode()
            box = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
            assert box, f"{link.url}: no filter {name}"
            assert re.search(rf'value="{value}" selected', box[0]), f"{link.url}: no such choice"


def test_a_link_is_offered_only_where_the_person_may_go(cast_member):
    finance, worker = cast_member("finance_office"), cast_member("commune_worker")
    assert links_for(["people:child"], finance)[0].url == ""
    assert links_for(["people:child"], worker)[0].url == reverse("people:child_list")
