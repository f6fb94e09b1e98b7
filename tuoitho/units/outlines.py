"""Outlines of communes for maps; packaged for Hà Nội since 01/07/2025."""

import gzip
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from tuoitho.units.models import Unit
from tuoitho.units.national import DATA


@cache
def _hanoi() -> dict[str, dict[str, Any]]:
    with gzip.open(DATA / "hanoi-communes-2025.geojson.gz", "rt", encoding="utf-8") as file:
        features = json.load(file)["features"]
    return {feature["properties"]["code"]: feature["geometry"] for feature in features}


def outlines(units: Iterable[Unit]) -> str:
    """GeoJSON FeatureCollection of those of ``units`` whose outline we have (code, name)."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": unit.code, "name": unit.name},
            "geometry": _hanoi()[unit.code],
        }
        for unit in units
        if unit.code in _hanoi()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
