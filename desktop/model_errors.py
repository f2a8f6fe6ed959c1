"""Sentences for models that did not answer as they should; `error_text` picks and translates them."""

from __future__ import annotations

from collections.abc import Mapping

from core import errors
from desktop.error_sentences import Action, Sentences
from desktop.theme.translation import QT_TRANSLATE_NOOP

WORDS: Mapping[type, Sentences] = {
    errors.ModelUnreachable: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "Nothing answers at {host}."),
            QT_TRANSLATE_NOOP("error_text", "The model does not answer."),
        ),
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "Check whether this computer reaches {remote}, or choose a model on this machine.",
            ),
            QT_TRANSLATE_NOOP(
                "error_text", "Start the model server, or choose another model in the settings."
            ),
        ),
        Action.RETRY,
    ),
    errors.ModelTimedOut: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} stopped answering."),
            QT_TRANSLATE_NOOP("error_text", "The model stopped answering."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Try again, or choose another model."),),
        Action.RETRY,
    ),
    errors.KeyRefused: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} refused the key."),
            QT_TRANSLATE_NOOP("error_text", "The provider refused the key."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Check the key in the settings."),),
        Action.OPEN_SETTINGS,
    ),
    errors.AccessRefused: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} does not allow this: {reason}"),
            QT_TRANSLATE_NOOP("error_text", "{host} does not allow this with your key."),
            QT_TRANSLATE_NOOP("error_text", "The provider does not allow this with your key."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Check your account there, or choose another provider."),),
        Action.OPEN_SETTINGS,
    ),
    errors.ModelUnknown: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} does not know the model “{model}”."),
            QT_TRANSLATE_NOOP("error_text", "The provider does not know this model."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Choose another model in the settings."),),
        Action.OPEN_SETTINGS,
    ),
    errors.RateLimited: Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text", "{host} asks to wait: too many requests, or the quota is used up."
            ),
            QT_TRANSLATE_NOOP("error_text", "Too many requests, or the quota is used up."),
        ),
        (
            QT_TRANSLATE_NOOP("error_text", "Try again in {wait}, or choose another model."),
            QT_TRANSLATE_NOOP("error_text", "Wait a moment and try again, or choose another model."),
        ),
        Action.RETRY,
    ),
    errors.CreditUsedUp: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "Your account at {host} has no credit left."),
            QT_TRANSLATE_NOOP("error_text", "Your account at the provider has no credit left."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Add credit there, or choose another model in the settings."),),
        Action.OPEN_SETTINGS,
    ),
    errors.RequestRefused: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} refused the request: {reason}"),
            QT_TRANSLATE_NOOP("error_text", "{host} refused the request."),
            QT_TRANSLATE_NOOP("error_text", "The provider refused the request."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Change the request, or choose another model."),),
        Action.RETRY,
    ),
    errors.RequestTooLong: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "This is more than the model “{model}” can take in."),
            QT_TRANSLATE_NOOP("error_text", "This is more than the model can take in."),
        ),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Take some of what goes along out, or choose a model that takes in more."
            ),
        ),
        Action.OPEN_SETTINGS,
    ),
    errors.AnswerWithheld: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "The content filter of {host} stopped this."),
            QT_TRANSLATE_NOOP("error_text", "The provider's content filter stopped this."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Put the request differently, or choose another model."),),
        Action.RETRY,
    ),
    errors.AnswerEmpty: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "The model “{model}” ended without a word."),
            QT_TRANSLATE_NOOP("error_text", "The model ended without a word."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Try again, or choose another model."),),
        Action.RETRY,
    ),
    errors.ProviderFailed: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "{host} had a fault of its own: {reason}"),
            QT_TRANSLATE_NOOP("error_text", "{host} had a fault of its own."),
            QT_TRANSLATE_NOOP("error_text", "The provider had a fault of its own."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Try again, or choose another model."),),
        Action.RETRY,
    ),
    errors.AnswerMalformed: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "What {host} sent is not a model's answer."),
            QT_TRANSLATE_NOOP("error_text", "What came back is not a model's answer."),
        ),
        (
            QT_TRANSLATE_NOOP(
                "error_text", "Check the address: a login page or another service may be answering there."
            ),
        ),
        Action.OPEN_SETTINGS,
    ),
    errors.NoModel: Sentences(
        (QT_TRANSLATE_NOOP("error_text", "No model is set up."),),
        (
            QT_TRANSLATE_NOOP(
                "error_text",
                "Questions are answered with quotes from your notes. To have text written, connect a model.",
            ),
        ),
        Action.OPEN_SETTINGS,
    ),
    errors.OfflineMode: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "Pilotfish is set to stay offline: nothing was sent to {host}."),
            QT_TRANSLATE_NOOP("error_text", "Pilotfish is set to stay offline: nothing was sent."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Choose a model on this machine, or unset PILOTFISH_OFFLINE."),),
        Action.OPEN_SETTINGS,
    ),
    errors.AddressNotSecure: Sentences(
        (
            QT_TRANSLATE_NOOP("error_text", "Nothing was sent to {host}: its address is not encrypted."),
            QT_TRANSLATE_NOOP("error_text", "Nothing was sent: the address is not encrypted."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Use an address that starts with https://."),),
        Action.OPEN_SETTINGS,
    ),
    errors.CapReached: Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text", "This month's limit of {cap} USD is reached, so nothing was sent."
            ),
            QT_TRANSLATE_NOOP("error_text", "This month's spending limit is reached, so nothing was sent."),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Raise the limit under “Cost”, or use a model on this machine."),),
        Action.OPEN_SETTINGS,
    ),
}

BY_REASON: Mapping[tuple[type, str], Sentences] = {
    (errors.AnswerEmpty, "length"): Sentences(
        (
            QT_TRANSLATE_NOOP(
                "error_text", "The model used up the length of its answer before it said a word."
            ),
        ),
        (QT_TRANSLATE_NOOP("error_text", "Try again: it is given more room. Or choose another model."),),
        Action.RETRY,
    ),
}
