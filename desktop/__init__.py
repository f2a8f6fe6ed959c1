"""The Qt window over `core`: it shows, core computes."""
