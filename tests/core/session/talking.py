"""Conversations for the tests of sessions."""

import itertools

from core.session.model import Author


def talk(sessions, *texts, note=""):
    """Return a session in which the person and the model took turns."""
    session = sessions.new(note)
    for text, author in zip(texts, itertools.cycle([Author.PERSON, Author.MODEL]), strict=False):
        sessions.add(session.id, author, text)
    return session
