"""Prompts and scenes: Markdown files with front matter, and what they mean."""
