"""The companion: the side panel in a window of its own, beside whatever program the person writes in."""
