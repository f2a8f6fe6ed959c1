"""What the project needs from the operating system: Qt's libraries; for tests a display and a Chinese font.

macOS and Windows bring all of it. On Debian and its relatives what is missing is installed with apt by root;
anybody else is shown the one line to run.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from environment import SetupFailed, say

IS_LINUX = sys.platform.startswith("linux")

ENGINE_LIBRARIES = {"libgomp.so.1": "libgomp1", "libstdc++.so.6": "libstdc++6"}
"""Wanted by the demonstration model's server (xllamacpp)."""

QT_LIBRARIES = {
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
"""What PySide6-Essentials 6.11 links to and does not bring: `ldd` over QtCore, QtGui, QtWidgets, QtNetwork,
QtDBus and the xcb and offscreen plugins. A Wayland desktop has what the wayland plugin wants."""

TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon",
    "git": "git",
    "fc-list": "fontconfig",
}
AT_SPI_LAUNCHERS = [
    Path("/usr/libexec/at-spi-bus-launcher"),
    Path("/usr/lib/at-spi2-core/at-spi-bus-launcher"),
]
"""Either one is the bus of screen readers, over which the tests go through the main journeys."""
PACKAGING_PROGRAMS = {
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "strip": "binutils",
    "strace": "strace",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
}
CHINESE_FONT = "fonts-noto-cjk"


def has_library(name: str) -> bool:
    """Tell whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Tell whether fontconfig knows a font with Chinese characters."""
    if shutil.which("fc-list") is None:
        return False
    found = subprocess.run(["fc-list", ":lang=zh", "file"], capture_output=True, check=False)
    return bool(found.stdout.strip())


def missing_for_setup() -> list[str]:
    """Debian leaves `ensurepip` out of python3, and without it no environment gets pip."""
    return [] if importlib.util.find_spec("ensurepip") else ["python3-venv"]


def missing_for_engine() -> list[str]:
    """Return the packages without which the demonstration model does not start."""
    return _missing_libraries(ENGINE_LIBRARIES)


def missing_for_window() -> list[str]:
    """Return the packages without which no window opens."""
    return _missing_libraries(QT_LIBRARIES)


def missing_for_tests() -> list[str]:
    """Return the packages that only the tests and the pictures need."""
    missing = [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    if not any(launcher.exists() for launcher in AT_SPI_LAUNCHERS):
        missing.append("at-spi2-core")
    return missing if has_chinese_font() else [*missing, CHINESE_FONT]


def missing_for_packages() -> list[str]:
    """Return the packages that building packages needs."""
    return [package for program, package in PACKAGING_PROGRAMS.items() if shutil.which(program) is None]


def _missing_libraries(libraries: dict[str, str]) -> list[str]:
    return [package for name, package in libraries.items() if not has_library(name)]


def require(*needs: Callable[[], list[str]]) -> None:
    """Install what is missing where that can be done, else say how.

    Raises:
        SetupFailed: something is missing and cannot be installed from here.
    """
    if not IS_LINUX:
        return
    missing = sorted({package for need in needs for package in need()})
    if not missing:
        return
    if shutil.which("apt-get") is None:
        names = " ".join(missing)
        raise SetupFailed(
            f"Install what your system calls these Debian packages, then run this again: {names}"
        )
    if os.geteuid() != 0:
        line = "sudo apt-get install -y --no-install-recommends " + " ".join(missing)
        raise SetupFailed(
            f"Some system packages are missing. Run this line, then the same command again:\n\n    {line}\n"
        )
    _apt_install(missing)


def _apt_install(packages: list[str]) -> None:
    say("Installing system packages: " + " ".join(packages))
    install = ["install", "-y", "--no-install-recommends", *packages]
    if _has_package_lists() and _apt(install):
        return
    if not (_apt(["update"]) and _apt(install)):
        raise SetupFailed("apt-get could not install " + " ".join(packages) + "; its message stands above.")


def _has_package_lists() -> bool:
    """Container images are shipped without them, and a first try without them would only print errors."""
    return any(Path("/var/lib/apt/lists").glob("*Packages*"))


def _apt(arguments: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", *arguments]
    return subprocess.run(command, env=environment, stdout=sys.stderr.fileno(), check=False).returncode == 0


def has_display() -> bool:
    """Tell whether a window can be opened; only on Linux may there be none."""
    return not IS_LINUX or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


@contextmanager
def virtual_display() -> Iterator[dict[str, str]]:
    """Run one Xvfb for the time of the block and yield the environment for programs that show on it.

    It is used beside a real display too: tests must not open windows in front of whoever runs them.
    """
    if not IS_LINUX:
        yield dict(os.environ)
        return
    server, display = start_xvfb()
    try:
        environment = {**os.environ, "DISPLAY": display}
        environment.pop("WAYLAND_DISPLAY", None)
        yield environment
    finally:
        stop(server)


def start_xvfb() -> tuple[subprocess.Popen[bytes], str]:
    """Start Xvfb on a display that is free and return it with the display's name."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1440x900x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    with os.fdopen(reading) as answer:
        try:
            server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.PIPE)
        finally:
            os.close(writing)
        number = answer.readline().strip()
    if number:
        return server, f":{number}"
    reason = (server.communicate()[1] or b"").decode(errors="replace").strip()
    raise SetupFailed(f"Xvfb did not start: {reason}")


def stop(server: subprocess.Popen[bytes], seconds: float | None = 5) -> None:
    """End a process that was started here, at the latest after `seconds`."""
    server.terminate()
    try:
        server.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        server.kill()
        server.communicate()
