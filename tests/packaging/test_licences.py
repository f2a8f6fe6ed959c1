"""The licences of what a package holds."""

from importlib.metadata import distributions

import pytest

RECORD = """{name}/__init__.py,,
{name}/lib.so,,
{name}-1.0.dist-info/METADATA,,
{name}-1.0.dist-info/RECORD,,
{name}-1.0.dist-info/entry_points.txt,,
{name}-1.0.dist-info/licenses/LICENSE,,
{name}-1.0.dist-info/licenses/vendored/其他.txt,,
{name}/LICENSE.py,,
"""


@pytest.fixture
def site(tmp_path):
    """A folder of installed packages, and how to look into it."""
    folder = tmp_path / "库 site-packages"

    def install(name):
        about = folder / f"{name}-1.0.dist-info"
        about.mkdir(parents=True)
        for line in RECORD.format(name=name).splitlines():
            file = folder / line.removesuffix(",,")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
        (about / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n")
        (about / "RECORD").write_text(RECORD.format(name=name), encoding="utf-8")
        return name

    install.folder = folder
    install.all = lambda: distributions(path=[str(folder)])
    return install


def places(entries):
    return [place for place, _, _ in entries]


@pytest.mark.parametrize("file", ["__init__.py", "lib.so"])
def test_whoever_has_a_file_in_the_package_is_named_with_all_licences_and_nothing_else(tools, site, file):
    site("used")
    site("unused")
    source = str(site.folder / "used" / file)
    found = tools.licences.entries_for([("used", source, "PYMODULE")], site.all())
    assert places(found) == [
        "used-1.0.dist-info/METADATA",
        "used-1.0.dist-info/licenses/LICENSE",
        "used-1.0.dist-info/licenses/vendored/其他.txt",
    ]
    assert {kind for *_, kind in found} == {"DATA"}
    assert found[0][1] == str(site.folder / "used-1.0.dist-info" / "METADATA")


def test_what_is_there_already_is_not_there_twice(tools, site):
    site("used")
    there = ("used-1.0.dist-info/METADATA", "somewhere", "DATA")
    held = [("used.lib", str(site.folder / "x" / ".." / "used" / "lib.so"), "BINARY"), there]
    assert "used-1.0.dist-info/METADATA" not in places(tools.licences.entries_for(held, site.all()))


def test_metadata_alone_do_not_count_as_a_part(tools, site):
    site("named")
    held = [("x", str(site.folder / "named-1.0.dist-info" / "METADATA"), "DATA"), ("pyi", "", "OPTION")]
    assert tools.licences.entries_for(held, site.all()) == []


def test_the_packages_of_this_environment_are_known(tools):
    held = [("markdown_it", __import__("markdown_it").__file__, "PYMODULE")]
    found = places(tools.licences.entries_for(held))
    assert any(place.endswith("/METADATA") and "markdown" in place for place in found)
    assert any("licen" in place.lower() for place in found)
