"""The one picture of the annual report: each target's result against its threshold.

Drawn for a black-and-white printer: greys and hatching carry the meaning, colours nothing. The
font comes with matplotlib, so that Vietnamese letters look the same on every machine.
"""

import textwrap
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from tuoitho.lib.official_text import vn_number
from tuoitho.reports.annual.context import say
from tuoitho.reports.annual.data import NO_DATA, Direction, TargetLine

DPI = 300
WIDTH_MM = 162
_FONT = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSerif.ttf"
_MET = {"facecolor": "0.62", "edgecolor": "black", "hatch": ""}
_NOT_MET = {"facecolor": "white", "edgecolor": "black", "hatch": "////"}
_LABEL_LETTERS = 42


def draw(targets: Sequence[TargetLine]) -> bytes:
    """A PNG of 300 dpi. Targets to stay below have a panel and a scale of their own."""
    return _drawn(tuple(targets))


@lru_cache(maxsize=16)  # a picture takes a second; a signed report is downloaded many times
def _drawn(targets: tuple[TargetLine, ...]) -> bytes:
    low = [t for t in targets if t.direction is not Direction.AT_LEAST]
    high = [t for t in targets if t.direction is Direction.AT_LEAST]
    panels = [p for p in (low, high) if p]
    heights = [len(p) + 1.1 for p in panels]
    figure = Figure(
        figsize=(WIDTH_MM / 25.4, (sum(heights) * 8.4 + 10) / 25.4), layout="constrained"
    )
    FigureCanvasAgg(figure)
    axes = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)
    for axis, lines in zip(axes[:, 0], panels, strict=True):
        _panel(axis, lines, _limit(lines))
    _legend(figure)
    out = BytesIO()
    figure.savefig(out, format="png", dpi=DPI)
    return out.getvalue()


def _font(size: float) -> FontProperties:
    return FontProperties(fname=str(_FONT), size=size)


def _limit(lines: Sequence[TargetLine]) -> float:
    figures = [float(x) for t in lines for x in (t.value, t.threshold) if x is not None]
    top = max(figures, default=1.0)
    return max(118.0, top * 1.12) if top > 20 else max(top, 0.1) * 1.5


def _panel(axis: Axes, lines: Sequence[TargetLine], limit: float) -> None:
    for at, line in enumerate(lines):
        _bar(axis, at, line, limit)
        if line.threshold is not None:
            axis.plot([float(line.threshold)] * 2, [at - 0.42, at + 0.42], color="black", lw=2)
    axis.set_ylim(len(lines) - 0.4, -0.6)
    axis.set_xlim(0, limit)
    axis.set_yticks(
        range(len(lines)), [_label(t) for t in lines], fontproperties=_font(8), parse_math=False
    )
    axis.set_xticks(_ticks(limit))
    axis.set_xticklabels([vn_number(Decimal(str(x)), 1 if limit < 20 else 0)
                          for x in _ticks(limit)], fontproperties=_font(8))  # fmt: skip
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)


def _ticks(limit: float) -> list[float]:
    return [0, 20, 40, 60, 80, 100] if limit > 20 else [0, round(limit / 3, 1),
                                                        round(limit / 1.5, 1)]  # fmt: skip


def _bar(axis: Axes, at: int, line: TargetLine, limit: float) -> None:
    if line.value is None:
        text, end = NO_DATA, 0.0
    else:
        text, end = vn_number(line.value, 2 if limit < 20 else 1), float(line.value)
        look: dict[str, Any] = _NOT_MET if line.met is False else _MET
        axis.barh(at, end, height=0.56, linewidth=0.8, **look)
    threshold = float(line.threshold) if line.threshold is not None else end
    # beside the bar, but never on the mark of the threshold
    beside = threshold if 0 <= threshold - end < limit * 0.1 and line.value is not None else end
    axis.text(beside + limit * 0.012, at, text, va="center", fontproperties=_font(8))


def _label(line: TargetLine) -> str:
    """Letters the font lacks are dropped; "$" stays a dollar, see `parse_math` above."""
    short = line.short_title or f"{line.part} {line.title}".strip()
    text = "".join(c for c in say(f"{line.code} {short}") if ord(c) in _letters())
    return "\n".join(textwrap.wrap(text, _LABEL_LETTERS, max_lines=2, placeholder="…"))


@cache
def _letters() -> frozenset[int]:
    return frozenset(FT2Font(str(_FONT)).get_charmap())


def _legend(figure: Any) -> None:
    handles = [
        Patch(label="Đạt mục tiêu (%)", **_MET),  # type: ignore[arg-type]
        Patch(label="Chưa đạt mục tiêu (%)", **_NOT_MET),  # type: ignore[arg-type]
        Line2D([], [], color="black", lw=0, marker="|", markersize=11, markeredgewidth=2,
               label="Mục tiêu của Kế hoạch"),
    ]  # fmt: skip
    figure.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False,
                  prop=_font(8))  # fmt: skip
