"""Long work makes room: any order of typing, plugging, pausing and failing, by a clock of the test's own."""

import platform
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.engine import power
from core.engine.manners import LOOK_AGAIN_S, QUIET_S, RETRY_S, Manners
from core.index.model import Hold


class World:
    """A clock and a battery."""

    def __init__(self):
        self.time = 1000.0
        self.is_discharging = False

    def made(self, **options):
        return Manners(battery=lambda: self.is_discharging, now=lambda: self.time, **options)


DEEDS = st.lists(
    st.tuples(st.just("wait"), st.floats(0, 100))
    | st.tuples(st.sampled_from(["type", "fail", "plug", "unplug", "pause", "resume"]), st.just(0.0)),
    max_size=20,
)


def done(manners, world, deed, seconds):
    world.time += seconds
    if deed == "type":
        manners.person_acts()
    elif deed == "fail":
        manners.wait_and_retry()
    elif deed in ("plug", "unplug"):
        world.is_discharging = deed == "unplug"
    elif deed in ("pause", "resume"):
        manners.paused = deed == "pause"


@given(DEEDS)
def test_work_goes_on_in_the_end_whatever_happened_before(deeds):
    world = World()
    manners = world.made()
    for deed, seconds in deeds:
        done(manners, world, deed, seconds)
        assert 0.0 <= manners.wait_s <= LOOK_AGAIN_S
    manners.paused = world.is_discharging = False
    world.time += max(QUIET_S, RETRY_S, LOOK_AGAIN_S)
    assert manners.hold is Hold.NONE


@given(DEEDS)
def test_whoever_waits_as_long_as_told_never_waits_for_ever(deeds):
    world = World()
    manners = world.made()
    for deed, seconds in deeds:
        done(manners, world, deed, seconds)
    manners.paused = world.is_discharging = False
    for _ in range(10):
        if manners.hold is Hold.NONE:
            break
        world.time += max(manners.wait_s, 1e-6)
    assert manners.hold is Hold.NONE


@given(DEEDS)
def test_nothing_goes_on_within_a_moment_of_typing(deeds):
    world = World()
    manners = world.made()
    for deed, seconds in deeds:
        done(manners, world, deed, seconds)
    manners.person_acts()
    world.time += QUIET_S * 0.5
    assert manners.hold is not Hold.NONE


@pytest.mark.parametrize(
    ("deeds", "hold"),
    [
        (["type", "fail", "unplug", "pause"], Hold.PAUSED),
        (["type", "fail", "unplug"], Hold.BATTERY),
        (["type", "fail"], Hold.RETRY),
        (["type"], Hold.PERSON),
        (["pause", "resume"], Hold.NONE),
        (["unplug", "plug"], Hold.NONE),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, list) else None,
)
def test_of_several_reasons_the_one_that_lasts_longest_is_told(deeds, hold):
    world = World()
    manners = world.made()
    for deed in deeds:
        done(manners, world, deed, 0.0)
    assert manners.hold is hold


def test_a_battery_that_nobody_asks_for_is_never_looked_at():
    def broken():
        raise AssertionError("the battery was looked at")

    assert Manners(pause_on_battery=False, battery=broken, now=lambda: 0.0).hold is Hold.NONE


def test_many_threads_asking_at_once_look_at_the_battery_once():
    looks, barrier = [], threading.Barrier(8)
    manners = Manners(battery=lambda: bool(looks.append(1)), now=lambda: 500.0)

    def ask():
        barrier.wait()
        assert manners.hold is Hold.NONE

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(looks) == 1


SUPPLY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Mains", "USB", "Wireless", "Battery", "UPS", ""]),
        "online": st.sampled_from(["0", "1", "", None]),
        "status": st.sampled_from(["Discharging", "Charging", "Full", "Unknown", None]),
        "scope": st.sampled_from(["System", "Device", None]),
    }
)


@given(st.lists(SUPPLY, max_size=4))
def test_a_machine_is_on_battery_only_without_a_plug_and_with_a_battery_that_empties(
    tmp_path_factory, supplies
):
    folder = tmp_path_factory.mktemp("power")
    for n, supply in enumerate(supplies):
        (folder / f"{n}").mkdir()
        for name, word in supply.items():
            if word is not None:
                (folder / f"{n}" / name).write_text(f"{word}\n", encoding="ascii")
    plugged = any(s["type"] in ("Mains", "USB", "Wireless") and s["online"] == "1" for s in supplies)
    emptying = any(
        s["type"] == "Battery" and s["status"] == "Discharging" and s["scope"] != "Device" for s in supplies
    )
    assert power._linux(folder) is (emptying and not plugged)


def test_supplies_that_cannot_be_read_tell_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(power, "SUPPLIES", tmp_path)
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    (tmp_path / "BAT0" / "type").mkdir(parents=True)
    (tmp_path / "AC").symlink_to(tmp_path / "gone")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "type").write_bytes(b"\xff\xfe\n")
    assert not power.on_battery()
