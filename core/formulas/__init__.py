"""Formulas in LaTeX, drawn as SVG by a child process that nobody has to trust."""
