"""Pure functions on text: Markdown, chunks, tokens, words. No files, no clock."""
