"""Colours of code: roles that exist, for tokens that Pygments knows."""

from pygments.token import STANDARD_TYPES, string_to_tokentype

from desktop.theme.code_roles import CODE_ROLES
from desktop.theme.roles import ROLES


def test_every_name_is_one_of_pygments_and_every_role_one_of_ours():
    unknown = [name for name in CODE_ROLES if string_to_tokentype(name) not in STANDARD_TYPES]
    assert unknown == ["Literal.Scalar"]  # YAML's own
    assert set(CODE_ROLES.values()) <= set(ROLES)


def test_every_colour_of_code_is_used():
    assert {role for role in ROLES if role.startswith("code_")} <= set(CODE_ROLES.values())
