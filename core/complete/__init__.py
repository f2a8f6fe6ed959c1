"""Ghost text: what could stand next at the caret, from the person's own notes and from a model."""
