"""What is remembered of conversations and model calls: SQLite, numbered migrations."""
