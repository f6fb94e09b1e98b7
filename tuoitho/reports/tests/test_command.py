"""``tuoitho report annual``: two files, what was signed or a draft, errors one can act on."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from openpyxl import load_workbook

from tuoitho.reports.tests.make import make_consolidation, make_report, make_sent
from tuoitho.units.models import Unit


def report(out, **options):
    said = StringIO()
    call_command("report", "annual", out=out, stdout=said, **options)
    return said.getvalue()


def words(path):
    document = Document(path)
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_draft_of_the_district_as_it_was(db, tmp_path):
    said = report(tmp_path, year=2024, unit="020")
    assert "DỰ THẢO" in said
    text = words(tmp_path / "bao-cao-2024-020.docx")
    assert "DỰ THẢO" in text
    assert "huyện Thanh Trì năm 2024" in text
    book = load_workbook(tmp_path / "bao-cao-2024-020.xlsx")
    assert {"Tổng hợp", "CT 1.1", "CT 1.2", "Kinh phí", "Ghi chú"} <= set(book.sheetnames)
    assert "DỰ THẢO" in book["Tổng hợp"]["A3"].value


def test_each_target_has_a_sheet_with_the_communes(db, tmp_path):
    report(tmp_path, year=2024, unit="020")
    sheet = load_workbook(tmp_path / "bao-cao-2024-020.xlsx")["CT 1.2"]
    names = [row[2].value for row in sheet.iter_rows(min_row=5)]
    assert len(names) == 17
    assert names[0] == "Thị trấn Văn Điển"
    assert names[-1] == "Toàn huyện Thanh Trì"


def test_the_signed_edition_is_printed_when_there_is_one(area, hanh, tmp_path):
    make_sent(make_consolidation(area), hanh)
    said = report(tmp_path, year=2025, unit="020")
    assert "số 01/BC-LĐTBXH, ngày 20/11/2025" in said
    text = words(tmp_path / "bao-cao-2025-020.docx")
    assert "DỰ THẢO" not in text
    assert "Số: 01/BC-LĐTBXH" in text
    assert "DỰ THẢO" in report(tmp_path, year=2025, unit="020", draft=True)


def test_a_commune_and_an_office_have_their_own(here, chung, tmp_path):
    make_sent(make_report(here), chung)
    assert "Bản đã ký" in report(tmp_path, year=2025, unit="00640")
    assert "UBND các xã" not in words(tmp_path / "bao-cao-2025-00640.docx")
    report(tmp_path, year=2024, unit="020", office="gddt")
    text = words(tmp_path / "bao-cao-2024-020-gddt.docx")
    assert "Phòng Giáo dục và Đào tạo báo cáo kết quả" in text


def test_a_folder_is_made(db, tmp_path):
    report(tmp_path / "báo cáo" / "2024", year=2024, unit="020")
    assert len(list((tmp_path / "báo cáo" / "2024").iterdir())) == 2


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"year": 2024, "unit": "999"}, "không có đơn vị nào mang mã 999"),
        ({"year": 2019, "unit": "020"}, "Không có kế hoạch nào cho năm 2019"),
        ({"year": 2024, "unit": "01"}, "không có huyện hoặc địa bàn chương trình"),
        ({"year": 2024, "unit": "020", "office": "xyz"}, "Cơ quan có báo cáo: ldtbxh, gddt"),
    ],
)
def test_an_error_says_what_is_wrong(db, tmp_path, options, error):
    with pytest.raises(CommandError, match=error):
        report(tmp_path, **options)
    assert not list(tmp_path.iterdir())


def test_a_year_is_a_year(db, tmp_path):
    with pytest.raises(CommandError, match="không phải là năm"):
        call_command("report", "annual", "--year=99", "--unit=020", out=tmp_path)


def test_a_folder_that_is_a_file_is_named(db, tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(CommandError, match="Không ghi được vào"):
        report(tmp_path / "x", year=2024, unit="020")
    assert Unit.objects.exists()
