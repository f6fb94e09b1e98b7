"""Template tags of every screen: formats, form fields, cards, timelines, charts, maps."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tuoitho.ui import formats

register = template.Library()

Number = int | float | Decimal


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """``{{ child.birth_date|vn_date }}`` — 05/03/2021."""
    return formats.vn_date(value) if isinstance(value, date) else ""


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """``{{ report.received_at|vn_datetime }}`` — 05/03/2021 14:30, Hà Nội time."""
    return formats.vn_datetime(value) if isinstance(value, datetime) else vn_date(value)


@register.filter
def vn_number(value: Number | str | None, places: int | None = None) -> str:
    """``{{ rate|vn_number }}`` or ``{{ rate|vn_number:1 }}`` — 1.234,5."""
    return formats.vn_number(value, places)


@register.filter
def vn_money(value: Number | None) -> str:
    """``{{ line.amount|vn_money }}`` — 1.250.000 đồng."""
    return "" if value in ("", None) else formats.vn_money(value)


@register.filter
def vn_percent(value: Number | None, places: int = 1) -> str:
    """``{{ share|vn_percent }}`` — 12,5 % for a share of 0.125."""
    return "" if value in ("", None) else formats.vn_percent(value, places)


@register.filter
def initials(name: Any) -> str:
    """``{{ user|initials }}`` — two letters for a round badge."""
    return formats.initials(str(name))


@register.filter
def due(value: date | datetime | None) -> SafeString | str:
    """``{{ task.due_on|due }}`` — a badge: "quá hạn 2 ngày", "Hôm nay", "còn 3 giờ"."""
    limit = formats.due(value) if isinstance(value, date) else None
    if limit is None:
        return ""
    return format_html(
        '<span class="badge bg-{}-lt" title="{}">{}</span>', limit.colour, limit.title, limit.text
    )


@register.inclusion_tag("ui/icon.html")
def icon(name: str, label: str = "") -> dict[str, Any]:
    """``{% icon "phone" %}`` — one of static/ui/icons.svg; ``label`` if it stands alone."""
    return {"name": name, "label": label}


def _kind(widget: forms.Widget) -> tuple[str, str]:
    """How a field is laid out, and the class of its input."""
    if isinstance(widget, forms.CheckboxInput):
        return "check", "form-check-input"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices", "form-check-input"
    if isinstance(widget, forms.Select):
        return "box", "form-select"
    return "box", "form-control"


def _dressed(field: BoundField) -> dict[str, Any]:
    """A field with its classes put on (each form has its own copy of the widget)."""
    widget = field.field.widget
    kind, css = _kind(widget)
    if field.errors:
        css += " is-invalid"
    given = [c for c in widget.attrs.get("class", "").split() if c not in css.split()]
    widget.attrs["class"] = " ".join([*given, css])
    return {"field": field, "kind": kind}


@register.inclusion_tag("ui/form_fields.html")
def form_fields(
    form: forms.BaseForm, names: str = "", legend: str = "", summary: bool = True
) -> dict[str, Any]:
    """``{% form_fields form %}`` or ``{% form_fields form "name birth_date" legend=_("Trẻ") %}``.

    Without names: the error summary, all visible fields and the hidden ones. With names: only
    those, in a fieldset if there is a legend; put ``{% form_errors form %}`` above them once.
    """
    if names:
        bound = [form[name] for name in names.split()]
        chosen = [field for field in bound if not field.is_hidden]
        hidden = [field for field in bound if field.is_hidden]
    else:
        chosen, hidden = form.visible_fields(), form.hidden_fields()
    return {
        "form": form,
        "summary": summary and not names,
        "legend": legend,
        "fields": [_dressed(field) for field in chosen],
        "hidden": hidden,
    }


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """``{% form_errors form %}`` — what must be mended, each with a link to its field."""
    wrong = [field for field in form.visible_fields() if field.errors]
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    general = [*form.non_field_errors(), *hidden] if form.is_bound else []
    return {
        "general": general,
        "wrong": [{"field": field, "target": _first_input(field)} for field in wrong],
        "count": len(wrong) + len(general),
        "id": f"{form.prefix or 'form'}-errors",
    }


def _first_input(field: BoundField) -> str:
    """The id of the element to jump to; a group of choices has none of its own."""
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.inclusion_tag("ui/stat.html")
def stat(
    label: str,
    value: Any,
    hint: str = "",
    url: str = "",
    colour: str = "",
    icon: str = "",
) -> dict[str, Any]:
    """``{% stat _("Quá hạn") 3 hint=_("hồ sơ") url=late_url colour="red" icon="clock" %}``."""
    return {
        "label": label,
        "value": formats.shown(value) if value is not None else "–",
        "hint": hint,
        "url": url,
        "colour": colour,
        "icon": icon,
    }


@register.inclusion_tag("ui/timeline.html")
def timeline(items: Iterable[Any]) -> dict[str, Any]:
    """``{% timeline events %}`` — items with when, title, text, icon, who, url."""
    return {"items": list(items)}


@register.inclusion_tag("ui/chart.html")
def chart(id: str, options: dict[str, Any], height: int = 320, label: str = "") -> dict[str, Any]:
    """``{% chart "by-month" options 280 label=_("Tin báo theo tháng") %}`` — ECharts options.

    The same figures belong into a table under it: a chart is nothing to a screen reader.
    """
    return {"id": id, "data_id": f"{id}-data", "options": options, "height": height, "label": label}


@register.inclusion_tag("ui/commune_map.html")
def commune_map(
    id: str,
    geojson_url: str,
    values: dict[str, Any],
    label: str = "",
    unit: str = "",
    height: int = 380,
) -> dict[str, Any]:
    """``{% commune_map "map" geojson_url values label=_("Trẻ em lao động") unit=_("trẻ") %}``.

    ``values``: unit code -> number, None, or {"value", "text", "url"}; features are joined by
    ``properties.code`` and named by ``properties.name``.
    """
    given = {
        str(code): value if isinstance(value, dict) else {"value": value}
        for code, value in values.items()
    }
    return {
        "id": id,
        "data_id": f"{id}-data",
        "geojson_url": geojson_url,
        "content": {"values": given, "label": str(label), "unit": str(unit)},
        "label": label,
        "height": height,
    }


@register.inclusion_tag("ui/bar.html")
def bar(
    value: Number | None, target: Number | None = None, label: str = "", better: str = "high"
) -> dict[str, Any]:
    """``{% bar 0.62 0.9 label=_("Được hỗ trợ kịp thời") %}`` — shares between 0 and 1.

    ``better="low"`` when staying under the target is the aim.
    """
    if value is None:
        colour = "secondary"
    elif target is None:
        colour = "blue"
    else:
        colour = "green" if (value <= target if better == "low" else value >= target) else "orange"
    return {
        "width": _css_percent(value),
        "mark": _css_percent(target) if target is not None else "",
        "text": formats.vn_percent(value) if value is not None else "–",
        "target": formats.vn_percent(target),
        "label": label,
        "colour": colour,
    }


def _css_percent(share: Number | None) -> str:
    return f"{min(1.0, max(0.0, float(share or 0))) * 100:.2f}%"


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(*pairs: Any) -> dict[str, Any]:
    """``{% breadcrumbs _("Hồ sơ") list_url case.code %}`` — label, address, …, this page."""
    steps = [
        {"label": pairs[i], "url": pairs[i + 1] if i + 1 < len(pairs) else ""}
        for i in range(0, len(pairs), 2)
    ]
    return {"steps": steps}
