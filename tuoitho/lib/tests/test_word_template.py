"""A template is understood once and filled anew each time."""

from io import BytesIO

import pytest
from docx import Document

from tuoitho.lib.word_template import WordTemplateError, fill


def template(text):
    doc, out = Document(), BytesIO()
    doc.add_paragraph(text)
    doc.save(out)
    return out.getvalue()


def text_of(data):
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)


def test_each_filling_has_its_own_words():
    letter = template("Kính gửi {{ name }}.")
    assert text_of(fill(letter, {"name": "bà Lan"})) == "Kính gửi bà Lan."
    assert text_of(fill(letter, {"name": "ông {{ Chung }} & con"})) == (
        "Kính gửi ông {{ Chung }} & con."
    )


def test_a_template_that_was_changed_is_read_anew():
    assert text_of(fill(template("{{ name }}, xã"), {"name": "Lan"})) == "Lan, xã"
    assert text_of(fill(template("{{ name }}, huyện"), {"name": "Lan"})) == "Lan, huyện"


@pytest.mark.parametrize("text", ["{{ name", "{{ unknown }}", "{{ name.__class__.mro() }}"])
def test_what_is_wrong_is_refused_each_time(text):
    broken = template(text)
    for _time in range(2):
        with pytest.raises(WordTemplateError):
            fill(broken, {"name": "Lan"})
