"""Small widgets that know nothing of notes."""
