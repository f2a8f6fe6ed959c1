"""The folder of notes: scanning, watching, reading and writing it."""
