"""JSON out of a model's words, checked against a schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any


def checked_json(text: str, schema: Mapping[str, Any] | None) -> tuple[str, str]:
    """Return the JSON value in `text`, neatly indented, and what is wrong with it in one sentence.

    Where no JSON can be found the text comes back as it is. The sentence is empty where all is well.
    """
    value, problem = _found(text)
    if problem:
        return text, problem
    neat = json.dumps(value, ensure_ascii=False, indent=2)
    return neat, _misfit(value, schema) if schema else ""


def _found(text: str) -> tuple[Any, str]:
    """Return the JSON object or list that begins in the text, else why there is none."""
    opening = re.search(r"[{[]", text)
    if opening is None:
        return None, "The answer holds no JSON."
    try:
        return json.JSONDecoder().raw_decode(text, opening.start())[0], ""
    except json.JSONDecodeError as error:
        # What fails at the outermost brace is not to be replaced by some inner piece of it.
        return None, f"The JSON breaks off or is wrong: {error.msg}."
    except RecursionError:
        return None, "The JSON nests too deeply."


def _misfit(value: Any, schema: Mapping[str, Any]) -> str:
    """Return the first thing that does not fit the schema, by its path."""
    import jsonschema
    import referencing

    kind = jsonschema.validators.validator_for(schema)
    try:
        kind.check_schema(dict(schema))
        # A registry of our own: the default one would fetch what a `$ref` names from the network.
        found = kind(schema, registry=referencing.Registry()).iter_errors(value)
        errors = sorted(found, key=lambda error: list(map(str, error.absolute_path)))
    except jsonschema.SchemaError as error:
        return f"The prompt's schema cannot be used: {error.message}."
    except referencing.exceptions.Unresolvable as error:
        return f"The prompt's schema cannot be used: {error}."
    except RecursionError:
        return "The prompt's schema cannot be used: it refers to itself without end."
    if not errors:
        return ""
    path = errors[0].json_path.removeprefix("$").lstrip(".")
    return f"{path}: {errors[0].message}" if path else errors[0].message
