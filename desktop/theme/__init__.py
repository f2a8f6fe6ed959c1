"""Colours by role, icons by name, fonts, and the one way to find a resource."""
