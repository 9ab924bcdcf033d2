"""The models as JSON Schema, for editors and for programs that read plans without jtai.

Draft-07, because yaml-language-server reads it. A schema accepts every plan, or policy, in which
nothing wrong is found, when a YAML 1.2 reader reads it; it knows no rule over several fields.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from jtai_cli.plan.config import Policy
from jtai_cli.plan.model import Plan

if TYPE_CHECKING:
    from jtai_cli.plan.fields import Model

SCHEMAS: dict[str, type[Model]] = {"plan.schema.json": Plan, "config.schema.json": Policy}
"""What each file in `schemas/` is the schema of."""


def schema_texts() -> dict[str, str]:
    """The text of each file in `schemas/`, by its name."""
    return {name: _text(schema_of(model)) for name, model in SCHEMAS.items()}


def schema_of(model: type[Model]) -> dict[str, Any]:
    """The JSON Schema of the files that a model is of."""
    schema = model.model_json_schema(
        ref_template="#/definitions/{model}", schema_generator=GenerateJsonSchema
    )
    definitions = schema.pop("$defs")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_adapted(schema),
        "definitions": {name: _adapted(definitions[name]) for name in sorted(definitions)},
    }


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _adapted(node: Any) -> Any:
    """Pydantic's schema without what plan files can't say, in the form that draft-07 reads."""
    if isinstance(node, list):
        return [_adapted(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _adapted(value) for key, value in node.items() if key != "default"}
    if {"type": "null"} in node.get("anyOf", []):
        node = _without_null(node)
    if isinstance(node.get("enum"), list):
        # the values say it all, and a version may be written as a number or a text
        node = {key: value for key, value in node.items() if key not in ("const", "type")}
    for name, field in node.get("properties", {}).items():
        field.setdefault("title", name.replace("_", " ").title())
    if "patternProperties" in node:
        node["additionalProperties"] = False
    if "$ref" in node and len(node) > 1:
        # draft-07 readers overlook whatever stands beside a $ref
        reference = node.pop("$ref")
        node["allOf"] = [{"$ref": reference}]
    return node


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    """An optional field is left out of a plan, never null."""
    choices = [choice for choice in node["anyOf"] if choice != {"type": "null"}]
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return rest | choices[0] if len(choices) == 1 else rest | {"anyOf": choices}
