"""Copying finished files from node_modules."""

from tuoitho.ui.fetch_assets import FILES, copy_assets


def _fill(folder):
    for name in FILES:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"a{}\n/*# sourceMappingURL=a.css.map */")
    return folder


def test_a_second_run_changes_nothing(tmp_path):
    source, target = _fill(tmp_path / "node_modules"), tmp_path / "vendor"
    assert len(copy_assets(source, target)) == len(FILES)
    assert copy_assets(source, target) == []


def test_source_maps_are_not_named(tmp_path):
    target = tmp_path / "vendor"
    copy_assets(_fill(tmp_path / "node_modules"), target)
    assert b"sourceMappingURL" not in (target / "tabler/tabler.min.css").read_bytes()


def test_what_is_no_longer_listed_goes(tmp_path):
    target = tmp_path / "vendor"
    (target / "old").mkdir(parents=True)
    (target / "old" / "jquery.js").write_text("x")
    copy_assets(_fill(tmp_path / "node_modules"), target)
    assert not (target / "old" / "jquery.js").exists()
