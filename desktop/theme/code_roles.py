"""Which colour code has: names of Pygments' tokens -> roles of the theme."""

from __future__ import annotations

CODE_ROLES = {
    "Comment": "quiet",
    "Generic.Output": "quiet",
    "Generic.Prompt": "quiet",
    "Literal.String.Doc": "quiet",
    "Keyword": "code_word",
    "Operator.Word": "code_word",
    "Generic.Heading": "code_word",
    "Generic.Subheading": "code_word",
    "Name.Attribute": "code_name",
    "Name.Builtin": "code_name",
    "Name.Class": "code_name",
    "Name.Decorator": "code_name",
    "Name.Exception": "code_name",
    "Name.Function": "code_name",
    "Name.Namespace": "code_name",
    "Name.Tag": "code_name",
    "Literal.String": "code_text",
    "Literal.Scalar": "code_text",
    "Generic.Inserted": "code_text",
    "Literal": "code_number",
    "Keyword.Constant": "code_number",
    "Name.Constant": "code_number",
    "Name.Entity": "code_number",
    "Generic.Deleted": "code_number",
}
"""Of a name that is not here, its beginning counts; what is left is plain code."""
