"""The workbook people fill in: a sheet of our headings with examples, and one that explains."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from tuoitho.people.importers import BY_SEX, COLUMNS

# Two columns by sex are how old lists are kept, not how a new one should be.
OFFERED = [column for column in COLUMNS if column.name not in BY_SEX]


def write_template() -> io.BytesIO:
    """The .xlsx template, rewound. Identity and phone columns are text, so that zeros stay."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    font = {"font_name": "Arial", "font_size": 11}
    head = book.add_format({**font, "bold": True, "bg_color": "#E8F0FA", "bottom": 1,
                            "text_wrap": True, "valign": "top"})  # fmt: skip
    text = book.add_format({**font, "num_format": "@"})
    wrapped = book.add_format({**font, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Trẻ em")
    for place, column in enumerate(OFFERED):
        sheet.set_column(place, place, max(14, len(column.heading) + 2), text)
        sheet.write_string(0, place, column.heading + (" *" if column.required else ""), head)
        for line, example in enumerate(column.examples, start=1):
            if example:
                sheet.write_string(line, place, example, text)
    sheet.freeze_panes(1, 1)
    guide = book.add_worksheet("Hướng dẫn")
    guide.set_column(0, 0, 28)
    guide.set_column(1, 1, 80)
    guide.write_string(0, 0, _("Hai dòng trong trang “Trẻ em” là ví dụ: hãy xóa trước khi nộp."))
    for line, column in enumerate(OFFERED, start=2):
        guide.write_string(line, 0, column.heading, head)
        others = _("Cũng nhận: %(names)s.") % {"names": ", ".join(column.others)}
        words = [str(column.help), others if column.others else ""]
        guide.write_string(line, 1, " ".join(word for word in words if word), wrapped)
    book.close()
    target.seek(0)
    return target
