"""List pages over real rows: order, pages, filters, files, hostile addresses."""

import re
import uuid
from datetime import date

import django_filters
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db.models import CharField, F, Value
from django.db.models.functions import NullIf
from django.test import RequestFactory
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from tuoitho.ui.keyset import Order, take
from tuoitho.ui.listing import Action, Column, listing
from tuoitho.units.models import Unit

pytestmark = pytest.mark.django_db

COLUMNS = [
    Column("code", "Mã", lambda u: u.code, sort="code", link=lambda u: f"/units/{u.pk}/"),
    Column("name", "Tên", lambda u: u.name, sort="name"),
    Column("level", "Cấp", lambda u: u.level, badge=lambda u: "blue"),
    Column("parent", "Thuộc", lambda u: u.parent_id, sort="parent__name", hide_small=True),
]


class UnitFilter(django_filters.FilterSet):  # type: ignore[misc]
    name = django_filters.CharFilter(lookup_expr="icontains", label="Tên")
    parent = django_filters.NumberFilter(label="Thuộc")


def ask(query="", *, htmx=False, queryset=None, **more):
    request = RequestFactory().get(
        f"/units/{query}", headers={"HX-Request": "true"} if htmx else {}
    )
    request.htmx = HtmxDetails(request)
    request.user = AnonymousUser()
    settings = {"filterset": UnitFilter, "default_sort": "code", "page_size": 7, **more}
    rows = Unit.objects.all() if queryset is None else queryset
    return listing(request, rows, COLUMNS, title="Đơn vị", empty="Chưa có đơn vị.", **settings)


def codes(response):
    return re.findall(r'<a href="/units/(\d+)/">', response.content.decode())


def link(response, words):
    found = re.search(rf'href="([^"]*)"[^>]*rel="{words}"|rel="{words}" href="([^"]*)"',
                      response.content.decode())  # fmt: skip
    return (found.group(1) or found.group(2)).replace("&amp;", "&") if found else ""


@pytest.mark.parametrize("sort", ["code", "-code", "name", "-name", "parent", "-parent"])
def test_pages_forward_hold_every_row_once(sort):
    seen, query = [], f"?sort={sort}&name=thanh"
    for _page in range(100):
        response = ask(query)
        seen += codes(response)
        if not (query := link(response, "next")):
            break
    expected = Unit.objects.filter(name__icontains="thanh")
    assert len(seen) == len(set(seen)) == expected.count() > 14


@pytest.mark.parametrize("field", ["pk", "name", "parent__name", "blank", "valid_from"])
@pytest.mark.parametrize("descending", [False, True])
def test_backwards_gives_the_same_pages(field, descending):
    rows = Unit.objects.filter(name__icontains="thanh").annotate(
        blank=NullIf(F("level"), Value("commune"), output_field=CharField()),
        valid_from=F("valid__startswith"),
    )
    order = Order(field, descending)
    pages = [take(rows, order, 5)]
    while pages[-1].after and len(pages) < 50:
        pages.append(take(rows, order, 5, after=pages[-1].after))
    back = pages[-1]
    for expected in reversed(pages[:-1]):
        back = take(rows, order, 5, before=back.before)
        assert [u.pk for u in back.rows] == [u.pk for u in expected.rows]
    assert back.before == ""


def test_moments_and_text_keys_are_exact():
    """Sessions have a text primary key; microseconds must survive the cursor."""
    start = timezone.now()
    for i in range(9):
        when = start + timezone.timedelta(microseconds=i // 2)
        Session.objects.create(session_key=uuid.UUID(int=i).hex, session_data="", expire_date=when)
    order, seen, after = Order("expire_date", True), [], ""
    for _page in range(9):
        found = take(Session.objects.all(), order, 2, after=after)
        seen += [s.pk for s in found.rows]
        if not (after := found.after):
            break
    assert len(seen) == len(set(seen)) == 9


def test_vietnamese_letters_are_sorted_as_in_the_alphabet():
    names = ["Đông", "Dương", "Ẽm", "Zung", "An", "Ăn", "Ân"]
    pks = list(Unit.objects.order_by("pk").values_list("pk", flat=True)[: len(names)])
    rows = Unit.objects.filter(pk__in=pks)
    for unit, name in zip(rows, names, strict=True):
        Unit.objects.filter(pk=unit.pk).update(name=name)
    found = [u.name for u in take(rows, Order("name"), 10).rows]
    assert found == ["An", "Ăn", "Ân", "Dương", "Đông", "Ẽm", "Zung"]


@pytest.mark.parametrize(
    "cursor",
    ["x", "%00", "gAAAA", "eyJhIjoxfQ==", "' OR 1=1 --", "é" * 40, "A" * 5000, "%F0%9F%98%80"],
)
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_strange_cursor_gives_the_first_page(name, cursor):
    response = ask(f"?{name}={cursor}")
    assert response.status_code == 200
    assert codes(response) == codes(ask())


def test_a_cursor_of_another_order_gives_the_first_page():
    cursor = take(Unit.objects.all(), Order("name"), 3).after
    assert codes(ask(f"?sort=code&after={cursor}")) == codes(ask("?sort=code"))


def test_a_cursor_does_not_show_the_value():
    cursor = take(Unit.objects.order_by("name"), Order("name"), 3).after
    assert "Unit" not in cursor
    assert not re.search("[^A-Za-z0-9_=-]", cursor)


@pytest.mark.parametrize("sort", ["level", "password", "parent__parent__name", "-", "--code", "?"])
def test_only_sortable_columns_sort(sort):
    assert ask(f"?sort={sort}").status_code == 200


def test_a_wrong_filter_says_so_and_loses_no_row():
    response = ask("?parent=abc")
    text = response.content.decode()
    assert response.status_code == 200
    assert 'aria-invalid="true"' in text
    assert len(codes(response)) == 7


def test_filters_and_order_stay_while_paging():
    response = ask("?sort=-code&name=thanh")
    assert "name=thanh" in link(response, "next")
    assert "sort=-code" in link(response, "next")


def test_htmx_gets_only_the_list():
    whole, part = ask().content.decode(), ask(htmx=True)
    assert "<html" in whole
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
    assert 'id="list"' in part.content.decode()


def test_an_empty_list_says_what_to_do():
    nothing = Unit.objects.none()
    text = ask(queryset=nothing, actions=[Action("Thêm đơn vị", "/add/")]).content.decode()
    assert "Chưa có đơn vị." in text
    assert text.count('href="/add/"') == 2
    filtered = ask("?name=khong-co-don-vi-nay").content.decode()
    assert "Không có dòng nào khớp với bộ lọc" in filtered


def test_names_of_people_cannot_become_markup():
    Unit.objects.filter(code="00640").update(name="<script>alert(1)</script>")
    assert "<script>alert" not in ask("?name=alert").content.decode()


def test_a_code_is_not_broken_at_its_hyphen():
    unit = Unit.objects.filter(code="00640")
    unit.update(name="Xã HS-000117 <b>")
    text = ask(queryset=unit).content.decode()
    assert 'Xã <span class="text-nowrap">HS-000117</span> &lt;b&gt;' in text


def test_a_long_word_is_left_whole():
    unit = Unit.objects.filter(code="00640")
    unit.update(name="Xã a&bbbbbbbbb-c")
    assert "Xã a&amp;bbbbbbbbb-c" in ask(queryset=unit).content.decode()


def test_a_file_holds_every_row_of_the_filter():
    response = ask("?format=csv&name=thanh")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    count = Unit.objects.filter(name__icontains="thanh").count()
    assert lines[0] == "Mã,Tên,Cấp,Thuộc"
    assert lines[-1] == f"Tổng số dòng,{count}"
    assert len(lines) == count + 2
    assert ask("?format=xlsx")["Content-Type"].endswith("sheet")
    assert ask("?format=exe").status_code == 200


def test_a_page_is_one_query_for_rows_and_one_for_the_count(django_assert_max_num_queries):
    ask()
    with django_assert_max_num_queries(2):
        ask()


def test_the_column_named_in_default_sort_is_marked():
    text = ask(default_sort="-name").content.decode()
    assert text.count('aria-sort="descending"') == 1


def test_range_bounds_can_be_sorted():
    rows = Unit.objects.annotate(since=F("valid__startswith"))
    found = take(rows, Order("since", True), 3)
    assert all(u.since is None or u.since <= date.today() for u in found.rows)
