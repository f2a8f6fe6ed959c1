"""From a question to the right passages."""
