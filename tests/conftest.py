"""What holds for every test: no folder, key, proxy or display of the person who runs it is touched."""

from __future__ import annotations

import itertools
import os
import re
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

_FOREIGN = ("OPENAI_", "PILOTFISH_", "LC_", "QT_")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy", "LANGUAGE")

# The same examples in every run, so that a change is judged by what it changes; to look for new ones:
# `dev.py test --hypothesis-profile=explore`.
settings.register_profile("pilotfish", deadline=None, max_examples=60, print_blob=True, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=300, print_blob=True)
settings.load_profile("pilotfish")


def _home_environment(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "roaming"),
        "LOCALAPPDATA": str(home / "local"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }


def pytest_configure(config: pytest.Config) -> None:
    """Isolate the whole run before the first import of Qt or keyring looks at the environment."""
    # A shell without job control starts what it puts into the background with the interrupt ignored, and
    # every program that a test starts would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in list(os.environ):
        if name.startswith(_FOREIGN) or name in _PROXIES:
            del os.environ[name]
    home = tempfile.TemporaryDirectory(prefix="pilotfish-home-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    os.environ |= _home_environment(Path(home.name))
    os.environ |= {
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
        "HF_HUB_OFFLINE": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make an empty folder of a name that starts so.

    pytest itself would look at all that are there to number it, which takes 16 ms once there are 20 000.
    """
    folders, numbers = tmp_path_factory.mktemp("tests"), itertools.count()

    def make(name: str) -> Path:
        folder = folders / f"{name}{next(numbers)}"
        folder.mkdir()
        return folder

    return make


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, new_folder: Callable[[str], Path]) -> Path:
    """An empty folder of the test's own, called after it as pytest would."""
    return new_folder(re.sub(r"\W", "_", request.node.name)[:30])


@pytest.fixture(autouse=True)
def isolated_home(new_folder: Callable[[str], Path]) -> Iterator[Path]:
    """Give each test an empty home folder of its own and take back what it did to the environment."""
    before = dict(os.environ)
    home = new_folder("home")
    os.environ |= _home_environment(home)
    yield home
    for name in os.environ.keys() - before.keys():
        del os.environ[name]
    os.environ |= before


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real notes and documents that lies beside the project."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the shared test data is not here: {SHARED_DATA}")
    return SHARED_DATA
