"""The kinds of value that a plan file may hold, each read from the text that was written.

Each kind is checked by pydantic's compiled core and describes itself to JSON Schema. `PATTERNS`
says which rule a broken pattern stands for.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue

# Knows how long months are, leap years aside: editors check a date by this pattern alone.
DATE_PATTERN = (
    r"^(20[0-9]{2}|2100)-"
    r"((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|02-(0[1-9]|[12][0-9]))$"
)
REF_PATTERN = r"^[A-Za-z0-9._/-]+$"
ID_PATTERN = r"^[A-Za-z0-9._-]+$"
CODE_PATTERN = (
    r"^[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f&./-]"
    r"([A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f &./-]{0,38}"
    r"[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f&./-])?$"
)

DAYS_PATTERN = "^[1-9][0-9]{0,3}$"
FOLDER_PATTERN = r"^(\.|[^/\\.][^/\\]*(/[^/\\.][^/\\]*)*/?)$"


class Pattern(NamedTuple):
    """What a broken pattern means: the rule, and the form that is wanted, in words."""

    rule: str
    wanted: str


PATTERNS = {
    REF_PATTERN: Pattern("bad-ref", "only letters, digits and . _ / - (no space)"),
    ID_PATTERN: Pattern("bad-ref", "only letters, digits and . _ - (no space)"),
    CODE_PATTERN: Pattern(
        "bad-ref", "at most 40 letters, digits, spaces and & . - / (no space at either end)"
    ),
    DAYS_PATTERN: Pattern("not-a-number", "only a whole number of days, from 1 to 9999"),
    FOLDER_PATTERN: Pattern("bad-ref", "only a folder below this file, with / between its parts"),
}


class Model(BaseModel):
    """A group of fields: nothing unknown in it, and never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class _Date:
    """YYYY-MM-DD in 2000 to 2100 and nothing else: pydantic's lax dates would take 0 for 1970."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.chain_schema(
            [core_schema.str_schema(pattern=DATE_PATTERN), core_schema.date_schema()]
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "format": "date", "pattern": DATE_PATTERN}


class _Text:
    """Any text with something in it; space around it does not count."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.str_schema(strip_whitespace=True, min_length=1)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"\S"}


class _Days:
    """A number of days, written without quotes as people write numbers."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.chain_schema(
            [core_schema.str_schema(pattern=DAYS_PATTERN), core_schema.int_schema()]
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "integer", "minimum": 1, "maximum": 9999}


Date = Annotated[dt.date, _Date()]
Text = Annotated[str, _Text()]
Ref = Annotated[str, Field(pattern=REF_PATTERN)]
PlanId = Annotated[str, Field(pattern=ID_PATTERN)]
Code = Annotated[str, Field(pattern=CODE_PATTERN)]
Days = Annotated[int, _Days()]
Folder = Annotated[str, Field(pattern=FOLDER_PATTERN)]
