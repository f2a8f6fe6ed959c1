"""Quick-ask: a small window above every program, for one question to the notes."""
