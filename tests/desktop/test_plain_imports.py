"""What importing a module costs the window."""

import subprocess
import sys

LOOK = """
import linecache
from desktop.plain_imports import use_plain_imports
use_plain_imports()
from PySide6 import QtDBus, QtSvg, QtWidgets
import desktop.at_hand
print(sorted(name for name in linecache.cache if "desktop" in name))
"""


def test_no_source_is_read_for_an_import_after_qt():
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_it_pyside_reads_them():
    """Else there is nothing left to avoid."""
    look = LOOK.replace("use_plain_imports()\n", "import PySide6.QtCore\n")
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() != "[]"
