"""The notes for other programs, read only, by the Model Context Protocol."""
