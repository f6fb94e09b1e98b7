"""Filling a Word template people may edit: no Python in it, no surprise from what people typed."""

import re
from functools import lru_cache
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import SandboxedEnvironment

from tuoitho.lib import official_document as od
from tuoitho.lib.official_text import clean

LARGEST = 5_000_000  # bytes of a template as sent
LARGEST_UNPACKED = 50_000_000
# What a person typed must never read as a tag: braces travel as signs nobody types.
_BRACES = {"{": "\ue0f0", "}": "\ue0f1", "%": "\ue0f2"}
_SHIELD, _UNSHIELD = str.maketrans(_BRACES), str.maketrans({v: k for k, v in _BRACES.items()})
# Parts that run, or fetch something, when the file is opened.
FORBIDDEN_PARTS = re.compile(
    r"vbaProject|vbaData|activeX|oleObject|embeddings/|attachedToolbars|customUI|\.bin$", re.I
)


class WordTemplateError(ValueError):
    """A template that is no Word file, holds something that runs, or names what is not known."""


KEPT = 40  # texts of templates: five parts of each


class _Environment(SandboxedEnvironment):
    """Understands the text of a template once, for as long as it is among the last ``KEPT``."""

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:
        return _understood(str(source))


ENVIRONMENT = _Environment(autoescape=True, undefined=StrictUndefined)


@lru_cache(maxsize=KEPT)
def _understood(source: str) -> Template:
    return SandboxedEnvironment.from_string(ENVIRONMENT, source)


class WordTemplate(DocxTemplate):  # type: ignore[misc]
    """A Word file with tags; what its text alone decides is worked out once, not at each filling.

    Fill it with ``ENVIRONMENT``: a template may be anybody's, so no Python in it."""

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)


@lru_cache(maxsize=KEPT)
def _patched(xml: str) -> str:
    """The tags freed from Word's own marks. A question of the text only."""
    return str(DocxTemplate.patch_xml(WordTemplate(""), xml))


def shielded(value: Any) -> Any:
    """The same structure with no brace and nothing XML cannot hold in any text."""
    if isinstance(value, str):
        return clean(value).translate(_SHIELD)
    if isinstance(value, dict):
        return {key: shielded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shielded(item) for item in value]
    return value


def fill(template: bytes, context: dict[str, Any], *, title: str = "", author: str = "") -> bytes:
    """The document made from ``template``. Raises WordTemplateError for a tag that is broken or
    names what ``context`` does not have."""
    tpl = WordTemplate(BytesIO(template))
    try:
        tpl.render(shielded(context), ENVIRONMENT, autoescape=True)
    except (JinjaError, TypeError, ValueError) as error:
        raise WordTemplateError(str(error)) from error
    out = BytesIO()
    tpl.save(out)
    out.seek(0)
    filled = Document(out)
    for part in _stories(filled):
        for text in part.iter(qn("w:t")):
            text.text = (text.text or "").translate(_UNSHIELD)
    od.fit_rules(filled)
    od.mark_invented(filled)
    core = filled.core_properties
    core.title, core.author = title[:255], author[:255]
    made = BytesIO()
    filled.save(made)
    return made.getvalue()


def _stories(doc: Any) -> list[Any]:
    found = [doc.element.body]
    for section in doc.sections:
        for part in (section.header, section.footer, section.first_page_header,
                     section.first_page_footer):  # fmt: skip
            found.append(part._element)
    return found


def check_file(data: bytes) -> None:
    """Raises WordTemplateError unless it is a plain .docx: no macro, nothing embedded, no link to
    another file, not larger unpacked than any template is."""
    if len(data) > LARGEST:
        raise WordTemplateError("too large")
    try:
        with ZipFile(BytesIO(data)) as packed:
            _check_parts(packed)
    except (BadZipFile, KeyError, RuntimeError, OSError) as error:
        raise WordTemplateError("not a Word file") from error


def _check_parts(packed: ZipFile) -> None:
    if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
        raise WordTemplateError("too large unpacked")
    names = packed.namelist()
    if "word/document.xml" not in names:
        raise WordTemplateError("not a Word file")
    if any(FORBIDDEN_PARTS.search(name) for name in names):
        raise WordTemplateError("macros or embedded objects")
    kinds = packed.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroEnabled" in kinds or "vba" in kinds.lower():
        raise WordTemplateError("macros or embedded objects")
    for name in names:
        text = packed.read(name) if name.endswith((".rels", ".xml")) else b""
        if name.endswith(".rels") and b'TargetMode="External"' in text:
            raise WordTemplateError("links to other files")
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise WordTemplateError("not a Word file")


def names_in(template: bytes) -> set[str]:
    """The names the tags of a template ask for. Raises WordTemplateError for a broken tag."""
    try:
        found = WordTemplate(BytesIO(template)).get_undeclared_template_variables(ENVIRONMENT)
    except (JinjaError, ValueError) as error:
        raise WordTemplateError(str(error)) from error
    return set(found)
