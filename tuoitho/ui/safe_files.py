"""What a file sent by a person really is, and a copy of it that harms nobody.

The kind is told from the bytes, never from the name. Photos are drawn anew: what is hidden in them
(the place where they were taken, the phone) is gone. Other files stay as they are and must be
served as downloads only.
"""

import io
import socket
import warnings
import zipfile
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_PIXELS = 64_000_000  # a photo of the best phones; more is a bomb
LONGEST_SIDE = 2560  # enough to read a page of paper
MAX_PARTS, MAX_UNPACKED = 5_000, 200 * 1024 * 1024
SCAN_SECONDS = 30.0
CHUNK = 64 * 1024


@dataclass(frozen=True)
class SafeFile:
    """A file as it may be kept: its kind, its ending, its bytes."""

    content_type: str
    ending: str
    data: bytes

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


OFFICE = {
    "word/document.xml": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
    ),
    "xl/workbook.xml": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
    ),
}  # fmt: skip
IMAGES = {"JPEG": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"), "WEBP": ("image/jpeg", "jpg")}


def made_safe(data: bytes, *, limit: int, scanner: str = "") -> SafeFile:
    """Look into ``data`` and return what may be kept.

    ``scanner``: where clamd listens (``unix:/run/clamd.ctl`` or ``tcp://host:3310``), "" for none.
    Raises ValidationError, in words for the person who sent it.
    """
    if not data:
        raise ValidationError(_("Tệp này trống."))
    if len(data) > limit:
        size = {"limit": limit // 1024 // 1024}
        raise ValidationError(_("Tệp lớn hơn %(limit)s MB. Hãy gửi tệp nhỏ hơn.") % size)
    if scanner:
        _scan(data, scanner)
    if data.startswith(b"%PDF-"):
        return SafeFile("application/pdf", "pdf", data)
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or data[8:12] == b"WEBP":
        return _drawn_anew(data)
    raise ValidationError(_("Chỉ nhận ảnh (JPEG, PNG, WebP), PDF, Word (.docx) và Excel (.xlsx)."))


def _drawn_anew(data: bytes) -> SafeFile:
    """The same picture without anything but its points, at most ``LONGEST_SIDE`` long."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=list(IMAGES))
        # Only the head has been read so far: nothing is unpacked before this answer.
        if picture.width * picture.height > MAX_PIXELS:
            raise ValidationError(_("Ảnh quá lớn. Hãy chụp lại ở cỡ nhỏ hơn."))
        kind, ending = IMAGES[str(picture.format)]
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG: unpacks a smaller one
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = upright.convert("RGBA" if ending == "png" and upright.has_transparency_data else
                                "RGB")  # fmt: skip
        fresh = Image.new(plain.mode, plain.size)
        fresh.paste(plain)
        target = io.BytesIO()
        fresh.save(target, "PNG" if ending == "png" else "JPEG", quality=85)
    except (Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(_("Không mở được ảnh này; tệp có thể bị hỏng.")) from error
    return SafeFile(kind, ending, target.getvalue())


def _office(data: bytes) -> SafeFile:
    """A Word or Excel file of today, without macros; it is never unpacked here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            listed = parts.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ValidationError(_("Không mở được tệp này; tệp có thể bị hỏng.")) from error
    names = {part.filename for part in listed}
    if len(listed) > MAX_PARTS or sum(part.file_size for part in listed) > MAX_UNPACKED:
        raise ValidationError(_("Tệp nén quá nhiều dữ liệu nên không được nhận."))
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js")) for name in names):
        raise ValidationError(_("Tệp có macro nên không được nhận. Hãy lưu lại không có macro."))
    for main, (content_type, ending) in OFFICE.items():
        if main in names:
            return SafeFile(content_type, ending, data)
    raise ValidationError(_("Không nhận tệp nén. Hãy gửi từng tệp."))


def _scan(data: bytes, scanner: str) -> None:
    """Ask clamd; what cannot be scanned is not taken. Raises ValidationError."""
    try:
        answer = _ask(data, scanner)
    except OSError as error:
        raise ValidationError(
            _("Chưa quét được mã độc nên chưa nhận tệp. Hãy thử lại sau.")
        ) from error
    if answer.endswith("FOUND"):
        raise ValidationError(_("Tệp có mã độc nên không được nhận. Hãy kiểm tra máy của bạn."))
    if not answer.endswith("OK"):
        raise ValidationError(_("Chưa quét được mã độc nên chưa nhận tệp. Hãy thử lại sau."))


def _ask(data: bytes, scanner: str) -> str:
    """clamd's own words about the bytes (its INSTREAM command)."""
    place = urlsplit(scanner)
    if place.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        address: str | tuple[str, int] = place.path
    else:
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        address = (place.hostname or "127.0.0.1", place.port or 3310)
    with line:
        line.settimeout(SCAN_SECONDS)
        line.connect(address)
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), CHUNK):
            part = data[at : at + CHUNK]
            line.sendall(len(part).to_bytes(4, "big") + part)
        line.sendall(bytes(4))
        answer = b""
        while not answer.endswith(b"\0") and (more := line.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()
