"""What the back ends of the hotkey are tried with."""

import subprocess

import pytest


class Heard:
    """Counts presses and keeps every status."""

    def __init__(self):
        self.presses = 0
        self.statuses = []

    def pressed(self):
        self.presses += 1

    def changed(self, status):
        self.statuses.append(status)

    @property
    def state(self):
        return self.statuses[-1].state if self.statuses else None


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture(scope="session")
def xvfb():
    """The name of an X server of our own; Qt itself stays offscreen."""
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    yield f":{server.stdout.readline().strip()}"
    server.terminate()
    server.communicate(timeout=60)
