"""Copy the few finished files we serve from node_modules to static/vendor.

Run ``python -m tuoitho.ui.fetch_assets`` after ``npm ci``. Copies only what changed,
removes what is no longer listed.
"""

import re
import sys
from pathlib import Path

ROOM = Path(__file__).resolve().parent
VENDOR = ROOM / "static" / "vendor"
NODE_MODULES = ROOM.parents[1] / "node_modules"

_FONT = "@fontsource/be-vietnam-pro"
_FONT_FILES = tuple(
    f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
    for subset in ("vietnamese", "latin-ext", "latin")
    for weight in (400, 500, 600, 700)
)

# from (in node_modules) -> to (in static/vendor)
FILES: dict[str, str] = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "echarts/dist/echarts.common.min.js": "echarts/echarts.common.min.js",
    "echarts/LICENSE": "echarts/LICENSE",
    "echarts/NOTICE": "echarts/NOTICE",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre/maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre/LICENSE.txt",
    f"{_FONT}/LICENSE": "font/LICENSE",
    **{f"{_FONT}/files/{name}": f"font/{name}" for name in _FONT_FILES},
}

# Source maps are not served, and collected static files may not name a file that is missing.
_SOURCE_MAP = re.compile(
    rb"\n?(?://[#@]\s*sourceMappingURL=[^\n]*|/\*[#@]\s*sourceMappingURL=.*?\*/)"
)


def copy_assets(source: Path = NODE_MODULES, target: Path = VENDOR) -> list[Path]:
    """Copy the listed files; returns what was written.

    Raises FileNotFoundError for a missing one.
    """
    written = []
    for origin, destination in FILES.items():
        content = (source / origin).read_bytes()
        if origin.endswith((".css", ".js", ".mjs")):
            content = _SOURCE_MAP.sub(b"", content)
        file = target / destination
        if file.exists() and file.read_bytes() == content:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        written.append(file)
    wanted = {target / destination for destination in FILES.values()}
    for file in target.rglob("*"):
        if file.is_file() and file not in wanted:
            file.unlink()
    return written


def main() -> int:
    """Copy, and say what was done."""
    if not NODE_MODULES.is_dir():
        sys.stderr.write("node_modules is missing: run `npm ci` first.\n")
        return 1
    written = copy_assets()
    sys.stdout.write(f"{len(written)} of {len(FILES)} files copied to {VENDOR}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
