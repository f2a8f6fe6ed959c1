"""Shared libraries that nothing links to are left out, and those that must be the machine's own."""

import shutil
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF is Linux's")

LINKS = {
    "pilotfish": {"libdl.so.2"},
    "lib-dynload/ssl.so": {"libssl.so.3"},
    "libssl.so.3": {"libcrypto.so.3", "libstdc++.so.6"},
    "libcrypto.so.3": {"libc.so.6"},
    "libpango.so.0": {"libharfbuzz.so.0"},
    "libharfbuzz.so.0": {"libgraphite2.so.3", "libfreetype.so.6"},
    "libgraphite2.so.3": set(),
    "libstdc++.so.6": set(),
    "libfreetype.so.6": set(),
    "libpython3.11.so.1.0": set(),
    "numpy.libs/libblas.so": set(),
    "PySide6/Qt/plugins/platforms/libqxcb.so": set(),
}


@pytest.fixture
def contents(tools, tmp_path, monkeypatch):
    """The folder of a packaged program, whose files link to each other as `LINKS` says."""
    folder = tmp_path / "_internal"
    for name in LINKS:
        file = tmp_path / name if name == "pilotfish" else folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(10))
    names = {Path(name).name: wanted for name, wanted in LINKS.items()}
    monkeypatch.setattr(tools.orphans, "needed", lambda file: names.get(file.name, set()))
    return folder


def left(folder):
    return {str(file.relative_to(folder)) for file in folder.rglob("*.so*")}


def test_what_only_orphans_wanted_goes_with_them(tools, contents):
    tools.orphans.drop_orphans(contents)
    assert not left(contents) & {"libpango.so.0", "libharfbuzz.so.0", "libgraphite2.so.3"}


def test_what_is_linked_to_or_opened_by_name_stays(tools, contents):
    tools.orphans.drop_orphans(contents)
    assert left(contents) == {"lib-dynload/ssl.so", "libssl.so.3", "libcrypto.so.3", "libpython3.11.so.1.0",
                              "numpy.libs/libblas.so", "PySide6/Qt/plugins/platforms/libqxcb.so"}  # fmt: skip


def test_the_bytes_saved_are_told(tools, contents):
    assert tools.orphans.drop_orphans(contents) == 5 * 10
    assert tools.orphans.drop_orphans(contents) == 0


def test_a_link_to_a_library_that_was_left_out_goes(tools, contents):
    (contents / "libarrow_flight.so").symlink_to("pyarrow/libarrow_flight.so")
    (contents / "libblas.so").symlink_to("numpy.libs/libblas.so")
    tools.orphans.drop_orphans(contents)
    assert not (contents / "libarrow_flight.so").is_symlink()
    assert (contents / "numpy.libs/libblas.so").exists()


def test_a_real_file_says_what_it_links_to(tools, tmp_path):
    assert "libc.so.6" in tools.orphans.needed(Path(shutil.which("true")).resolve())
    (tmp_path / "script.so").write_text("GROUP ( libc.so.6 )")
    assert tools.orphans.needed(tmp_path / "script.so") == set()


def test_debian_names_a_package_for_each_library_that_is_the_system_s(tools):
    """What is left out of the program has to come with the packages that the .deb depends on."""
    from_qt = tools.system.QT_LIBRARIES
    names = {"libstdc++.so.6": "libstdc++6", "libgcc_s.so.1": "libgcc-s1", "libz.so.1": "zlib1g",
             "libexpat.so.1": "libexpat1"}  # fmt: skip
    depends = tools.linux_package.DEPENDS.split(", ")
    for library in tools.orphans.SYSTEMS_OWN:
        assert names.get(library) in depends or from_qt.get(library) in depends, library
