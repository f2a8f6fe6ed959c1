"""Documents that were dropped in: read in a sandboxed child process, kept as Markdown with page numbers."""
