"""A file is what its bytes say; photos lose what is hidden; bombs and viruses are refused."""

import io
import socketserver
import threading
import zipfile

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from tuoitho.ui.safe_files import MAX_PIXELS, made_safe

MEGABYTE = 1024 * 1024
GPS = 0x8825


def photo(size=(640, 480), kind="JPEG", **facts):
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **facts)
    return target.getvalue()


def photo_with_place():
    exif = Image.Exif()
    exif[0x010F] = "Dien thoai cua Lan"
    exif.get_ifd(GPS)[2] = (20.0, 56.0, 30.0)
    exif.get_ifd(GPS)[4] = (105.0, 50.0, 12.0)
    return photo(exif=exif, comment=b"nha chau An")


def office(*names, content=b"x"):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, content)
    return target.getvalue()


def safe(data, **facts):
    return made_safe(data, limit=10 * MEGABYTE, **facts)


def test_a_photo_loses_its_place_and_its_camera():
    data = photo_with_place()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(GPS)
    kept = safe(data)
    drawn = Image.open(io.BytesIO(kept.data))
    assert (kept.content_type, drawn.size) == ("image/jpeg", (640, 480))
    assert not dict(drawn.getexif())
    for hidden in (b"Dien thoai", b"nha chau", b"Exif"):
        assert hidden not in kept.data


def test_a_photo_turned_on_its_side_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert Image.open(io.BytesIO(safe(photo(exif=exif)).data)).size == (480, 640)


def test_a_large_photo_becomes_smaller():
    assert max(Image.open(io.BytesIO(safe(photo((4000, 3000))).data)).size) == 2560


def test_png_and_webp_are_drawn_anew():
    assert safe(photo(kind="PNG")).content_type == "image/png"
    assert safe(photo(kind="WEBP")).content_type == "image/jpeg"


def test_what_is_appended_to_a_photo_is_gone():
    assert b"<script>" not in safe(photo() + b"<script>alert(1)</script>").data


def test_pdf_word_and_excel_stay_as_they_are():
    pdf = b"%PDF-1.7\nnoi dung"
    assert (safe(pdf).ending, safe(pdf).data) == ("pdf", pdf)
    assert safe(office("[Content_Types].xml", "word/document.xml")).ending == "docx"
    assert safe(office("[Content_Types].xml", "xl/workbook.xml")).ending == "xlsx"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>",
        b"MZ\x90\x00",
        b"GIF89a",
        b"\xff\xd8\xff" + b"no picture" * 20,
        photo()[:400],
        office("a.txt"),
        office("word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04broken",
    ],
)
def test_everything_else_is_refused(data):
    with pytest.raises(ValidationError):
        safe(data)


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(ValidationError, match="MB"):
        made_safe(b"%PDF-" + b"x" * MEGABYTE, limit=MEGABYTE)


def test_a_bomb_of_points_is_refused_before_it_is_unpacked():
    small = io.BytesIO()
    Image.new("1", (MAX_PIXELS // 1000 + 1, 1000)).save(small, "PNG")
    assert len(small.getvalue()) < MEGABYTE
    with pytest.raises(ValidationError, match="quá lớn"):
        safe(small.getvalue())


def test_a_bomb_of_a_zip_is_refused():
    bomb = office("word/document.xml", content=b"0" * (201 * MEGABYTE))
    assert len(bomb) < MEGABYTE
    with pytest.raises(ValidationError, match="quá nhiều"):
        safe(bomb)


class Clamd(socketserver.BaseRequestHandler):
    """Speaks clamd's INSTREAM as clamd does."""

    def handle(self):
        line = self.request.makefile("rb")
        assert line.read(10) == b"zINSTREAM\0"
        data = b""
        while size := int.from_bytes(line.read(4), "big"):
            data += line.read(size)
        found = b"stream: Eicar-Test-Signature FOUND\0"
        self.request.sendall(found if b"EICAR" in data else b"stream: OK\0")


@pytest.fixture
def clamd(tmp_path):
    path = tmp_path / "clamd.ctl"
    with socketserver.UnixStreamServer(str(path), Clamd) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"unix:{path}"
        server.shutdown()
        thread.join()


def test_a_virus_is_refused_and_a_clean_file_taken(clamd):
    with pytest.raises(ValidationError, match="mã độc"):
        safe(b"%PDF-1.7 EICAR", scanner=clamd)
    assert safe(b"%PDF-1.7 sach" * 9000, scanner=clamd).ending == "pdf"


def test_what_cannot_be_scanned_is_not_taken(tmp_path):
    with pytest.raises(ValidationError, match="Chưa quét"):
        safe(b"%PDF-1.7", scanner=f"unix:{tmp_path}/nobody")
