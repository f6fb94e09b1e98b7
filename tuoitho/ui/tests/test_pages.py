"""The frame around pages, forms in their places, tags, and what is sent to htmx."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from tuoitho.ui.context import _address, chrome
from tuoitho.ui.fields import NameField, VietnameseDateField
from tuoitho.ui.menu import MENU
from tuoitho.ui.responses import page, see_other

ROOM = Path(__file__).resolve().parents[1]


class Person(forms.Form):
    name = NameField(label="Họ và tên", help_text="Như giấy khai sinh.")
    birth = VietnameseDateField(label="Ngày sinh", required=False)
    sex = forms.ChoiceField(label="Giới", choices=[("m", "Nam")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class Somebody:
    is_authenticated = True
    pk = 1

    def __init__(self, *permissions):
        self.permissions = permissions

    def __str__(self):
        return "Nguyễn Thị Lan"

    def may(self, code):
        return code in self.permissions

    def home(self):
        return None


def request_of(user=None, **headers):
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    request.user = user or AnonymousUser()
    return request


def tag(text, **context):
    return Template("{% load tuoitho_ui %}" + text).render(Context(context))


def test_a_stranger_gets_the_frame_without_a_menu():
    text = page(request_of(), "ui/base.html", {"title": "Thử"}).content.decode()
    assert '<html lang="vi">' in text
    assert "<h1" in text
    assert "111" in text
    assert "02433.525.662" in text
    assert "Danh mục chính" not in text


def test_every_page_names_both_hotlines_and_no_other_host():
    for template in ("ui/base.html", "ui/public.html", "404.html", "403.html", "500.html"):
        text = render_to_string(template, {}, request_of())
        assert 'href="tel:111"' in text, template
        assert 'href="tel:02433525662"' in text, template
        assert not re.search(r'(src|href)="(https?:)?//', text), template


def test_no_template_runs_inline_script():
    for file in ROOM.glob("templates/**/*.html"):
        text = file.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", text), file


def test_the_menu_holds_what_the_person_may_and_what_exists(monkeypatch):
    monkeypatch.setattr(
        "tuoitho.ui.context._address", lambda name: "/x/" if name != "budget:line_list" else ""
    )
    menu = chrome(request_of(Somebody("cases.view", "budget.view")))["menu"]
    assert [str(link.label) for link in menu] == ["Tin báo", "Hồ sơ", "Chuyển tiếp"]


def test_a_page_that_does_not_exist_is_left_out():
    assert _address("nowhere:nothing") == ""


def test_icons_of_the_menu_are_drawn():
    sprite = (ROOM / "static/ui/icons.svg").read_text()
    assert all(f'id="{item.icon}"' in sprite for item in MENU)


def test_errors_stand_in_their_place_and_in_the_summary():
    form = Person({"name": "Lan 2", "birth": "31/02/2012"})
    html = tag("{% form_fields form %}", form=form)
    assert 'href="#id_name"' in html
    assert 'href="#id_sex_0"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert html.count('aria-invalid="true"') >= 3
    assert 'type="hidden" name="token"' in html


def test_named_fields_make_a_group_without_summary():
    html = tag('{% form_fields form "name birth" legend="Trẻ" %}', form=Person({}))
    assert "<legend>Trẻ</legend>" in html
    assert "id_sex" not in html
    assert "tt-errors" not in html


def test_typed_markup_is_shown_as_text():
    html = tag("{% form_fields form %}", form=Person({"name": "<img src=x>"}))
    assert "<img" not in html


def test_chart_and_map_hold_their_data_without_script():
    html = tag(
        '{% chart "c" options 200 %}{% commune_map "m" "/geo/" values %}',
        options={"title": "</script><b>"},
        values={"00640": 3, "1": {"value": None}},
    )
    assert "</script><b>" not in html
    data = re.search(r'id="m-data"[^>]*>(.*?)</script>', html).group(1)
    assert json.loads(data)["values"]["00640"] == {"value": 3}


def test_a_bar_says_its_value_and_target():
    html = tag("{% bar 0.62 0.9 label='Kịp thời' %}{% bar None %}{% bar 7 %}")
    assert "Kịp thời: 62 %, mức đề ra 90 %" in html
    assert "width: 100.00%" in html


def test_tags_and_filters_read_well():
    when = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
    html = tag(
        "{{ when|vn_date }} {{ n|vn_number:1 }} {{ n|vn_money }} {{ none|due }}{{ who|initials }}"
        "{% stat 'Quá hạn' 12345 url='/late/' %}{% breadcrumbs 'Hồ sơ' '/cases/' 'HS-1' %}"
        "{% timeline items %}",
        when=when, n=1250000, none=None, who="Nguyễn Thị Lan",
        items=[{"when": when, "title": "Thăm", "text": "a\nb", "icon": "check"}],
    )  # fmt: skip
    assert "06/03/2026 1.250.000,0 1.250.000 đồng NL" in html
    assert "12.345" in html
    assert 'aria-current="page">HS-1' in html
    assert "a<br>b" in html


def test_htmx_is_sent_on_by_a_header_and_others_by_303():
    assert see_other(request_of(), "/cases/").status_code == 303
    answer = see_other(request_of(**{"HX-Request": "true"}), "/cases/")
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/cases/")


def test_the_back_button_gets_the_whole_page():
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    whole = page(request_of(**headers), "ui/form.html", {"form": Person()}, part="form")
    assert b"<html" in whole.content
    part = page(
        request_of(**{"HX-Request": "true"}), "ui/form.html", {"form": Person()}, part="form"
    )
    assert b"<html" not in part.content


def test_english_is_complete():
    polib = pytest.importorskip("polib")
    catalogue = polib.pofile(str(ROOM / "locale/en/LC_MESSAGES/django.po"))
    assert [e.msgid for e in catalogue if not e.translated() and not e.obsolete] == []


def test_the_frame_names_its_language():
    with translation.override("en"):
        assert '<html lang="en">' in render_to_string("ui/public.html", {}, request_of())
