"""The side panel: composer, answer cards, citations."""
