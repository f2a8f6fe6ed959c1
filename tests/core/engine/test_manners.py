"""When long work has to wait, by a clock of the test's own."""

from __future__ import annotations

import pytest

from core.engine.manners import LOOK_AGAIN_S, QUIET_S, Manners
from core.index.model import Hold


class World:
    """A clock and a battery."""

    def __init__(self):
        self.time = 100.0
        self.is_discharging = False
        self.looks = 0

    def now(self):
        return self.time

    def battery(self):
        self.looks += 1
        return self.is_discharging


@pytest.fixture
def world():
    return World()


@pytest.fixture
def manners(world):
    return Manners(battery=world.battery, now=world.now)


def test_at_first_nothing_holds_work_back(manners):
    assert manners.hold is Hold.NONE


def test_it_waits_until_the_person_has_been_quiet(manners, world):
    manners.person_acts()
    assert manners.hold is Hold.PERSON
    world.time += QUIET_S * 0.75
    assert manners.wait_s == pytest.approx(QUIET_S * 0.25)
    manners.person_acts()
    world.time += QUIET_S * 0.75
    assert manners.hold is Hold.PERSON
    world.time += QUIET_S * 0.25
    assert manners.hold is Hold.NONE


def test_it_waits_for_the_plug(manners, world):
    world.is_discharging = True
    assert manners.hold is Hold.BATTERY
    assert manners.wait_s == LOOK_AGAIN_S


def test_the_battery_is_looked_at_from_time_to_time_only(manners, world):
    for _ in range(5):
        assert manners.hold is Hold.NONE
    assert world.looks == 1
    world.is_discharging = True
    world.time += LOOK_AGAIN_S
    assert manners.hold is Hold.BATTERY
    assert world.looks == 2


def test_the_setting_lets_it_work_on_the_battery(world):
    world.is_discharging = True
    assert Manners(pause_on_battery=False, battery=world.battery, now=world.now).hold is Hold.NONE
    assert world.looks == 0


def test_a_pause_goes_before_everything(manners, world):
    manners.paused = world.is_discharging = True
    assert manners.hold is Hold.PAUSED


def test_a_model_that_failed_is_left_alone_for_a_while(manners, world):
    manners.wait_and_retry()
    assert manners.hold is Hold.RETRY
    world.time += 61
    assert manners.hold is Hold.NONE
