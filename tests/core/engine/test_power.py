"""Whether the machine runs on its battery: folders as Linux lays them out."""

from __future__ import annotations

import platform

import pytest

from core.engine import power


@pytest.fixture
def supplies(tmp_path, monkeypatch):
    monkeypatch.setattr(power, "SUPPLIES", tmp_path)
    monkeypatch.setattr(platform, "system", lambda: "Linux")

    def add(name, **words):
        (tmp_path / name).mkdir()
        for word, value in words.items():
            (tmp_path / name / word).write_text(value + "\n", encoding="ascii")

    return add


def test_a_laptop_without_its_plug_is_on_battery(supplies):
    supplies("AC", type="Mains", online="0")
    supplies("BAT0", type="Battery", status="Discharging")
    assert power.on_battery()


@pytest.mark.parametrize("status", ["Charging", "Full", "Not charging", "Unknown"])
def test_a_battery_that_does_not_discharge_is_none(supplies, status):
    supplies("BAT0", type="Battery", status=status)
    assert not power.on_battery()


@pytest.mark.parametrize("kind", ["Mains", "USB", "Wireless"])
def test_any_plug_counts_whatever_the_battery_says(supplies, kind):
    supplies("A", type=kind, online="1")
    supplies("BAT0", type="Battery", status="Discharging")
    assert not power.on_battery()


def test_one_of_two_batteries_is_enough(supplies):
    supplies("BAT0", type="Battery", status="Full")
    supplies("BAT1", type="Battery", status="Discharging")
    assert power.on_battery()


def test_the_battery_of_a_mouse_is_not_the_machines(supplies):
    supplies("hid-mouse", type="Battery", status="Discharging", scope="Device")
    assert not power.on_battery()


def test_a_machine_that_tells_nothing_is_not_on_battery(supplies, tmp_path, monkeypatch):
    assert not power.on_battery()
    monkeypatch.setattr(power, "SUPPLIES", tmp_path / "nowhere")
    assert not power.on_battery()


def test_where_it_cannot_be_told_it_is_not(monkeypatch):
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    assert not power.on_battery()
