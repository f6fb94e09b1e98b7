"""The list on paper: as a page and as Word."""

from io import BytesIO

from django.urls import reverse
from docx import Document

from tuoitho.rounds.tests.make import make_family, make_running


def test_the_word_document_holds_the_children_house_by_house(client, here, lan):
    make_family(here, "Nguyễn An", "Nguyễn Bình")
    work_list = make_running(here).lists.get()
    client.force_login(lan)
    answer = client.get(reverse("rounds:list_word", args=[work_list.pk]))
    doc = Document(BytesIO(answer.content))
    cells = [cell.text for table in doc.tables for row in table.rows for cell in row.cells]
    assert cells.count("Nguyễn Văn Hùng") == 1
    assert {"Nguyễn An", "Nguyễn Bình", "01/06/2014"} <= set(cells)
    section = doc.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert "no-store" in answer["Cache-Control"]


def test_the_page_for_printing_holds_them_too(client, here, lan):
    make_family(here, "Nguyễn An")
    work_list = make_running(here).lists.get()
    client.force_login(lan)
    page = client.get(reverse("rounds:list_print", args=[work_list.pk])).content.decode()
    assert "Nguyễn An" in page
