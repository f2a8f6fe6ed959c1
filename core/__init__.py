"""Pilotfish's engine room: vault, index, search and models, with no GUI toolkit anywhere."""
