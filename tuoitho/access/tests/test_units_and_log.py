from django.urls import reverse

from tuoitho.access.person import acting_as
from tuoitho.audit.actions import record


def test_a_unit_shows_where_it_came_from(client, lan, here):
    client.force_login(lan)
    page = client.get(reverse("units:unit_detail", args=[here.pk])).content.decode()
    assert "Thị trấn Văn Điển" in page


def test_units_are_found_without_tones(client, lan):
    client.force_login(lan)
    page = client.get(reverse("units:unit_list"), {"name": "van dien"}).content.decode()
    assert "Thị trấn Văn Điển" in page


def test_outlines_are_those_of_the_area(client, hanh, area):
    client.force_login(hanh)
    shapes = client.get(reverse("units:outlines", args=[area.pk])).json()["features"]
    assert {f["properties"]["code"] for f in shapes} == {
        "00640", "00643", "00664", "00679", "00685",
    }  # fmt: skip


def test_who_saw_this_child_is_for_those_of_its_commune(client, lan, chung, thu, here):
    with acting_as(lan):
        record("people.view", None, by=lan, unit_key=here.pk, child_key=77)
    url = reverse("audit:child_panel", args=[77])
    client.force_login(chung)
    assert "Nguyễn Thị Lan" in client.get(url).content.decode()
    client.force_login(thu)
    assert "Nguyễn Thị Lan" not in client.get(url).content.decode()


def test_the_list_of_events_is_scoped_too(client, lan, thu, here):
    with acting_as(lan):
        record("people.view", None, by=lan, unit_key=here.pk, child_key=77)
    client.force_login(thu)
    assert "Nguyễn Thị Lan" not in client.get(reverse("audit:event_list")).content.decode()
    client.force_login(lan)
    exported = client.get(reverse("audit:event_list"), {"format": "csv"})
    assert "Nguyễn Thị Lan" in b"".join(exported).decode()


def test_a_new_organisation(client, hanh, here):
    client.force_login(hanh)
    answer = client.post(
        reverse("units:organisation_new"),
        {"name": "Trường THCS Văn Điển", "kind": "school", "unit": here.pk, "start": ""},
    )
    assert answer.status_code == 303
    assert "Trường THCS Văn Điển" in client.get(reverse("units:organisation_list")).content.decode()
