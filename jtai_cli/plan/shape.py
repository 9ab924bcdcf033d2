"""pydantic's complaints about one plan, as problems in words for people who edit plans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from jtai_cli.plan.dates import why_not_a_date
from jtai_cli.plan.fields import DATE_PATTERN, PATTERNS, Model
from jtai_cli.plan.problem import did_you_mean, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]
"""Where a value stands in the data: names of fields and numbers of items."""


class Fault(NamedTuple):
    """What is wrong at one path; `at_name` when the name of the field is meant, not its value."""

    path: Path
    rule: str
    message: str
    hint: str | None = None
    value: str | None = None
    at_name: bool = False


def fault_of(error: ErrorDetails, model: type[Model]) -> Fault:
    """The fault that one error of pydantic stands for; `model` is what was validated."""
    path, written = error["loc"], error["input"]
    if path[-1:] == ("[key]",):
        return _name_fault(path[:-1], error)
    describe = _DESCRIBE.get(error["type"], _other)
    if written == "" and error["type"] not in ("missing", "extra_forbidden"):
        describe = _empty
    return describe(path, written, error, model)


def _named(path: Path) -> str:
    """The field as a message names it: an item of a list by its list."""
    if path and isinstance(path[-1], int):
        return f"item {path[-1] + 1} of '{_field(path)}'"
    return quoted(str(path[-1])) if path else "the plan"


def _field(path: Path) -> str:
    """The name of the innermost field of a path."""
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _kind(written: object) -> str:
    if isinstance(written, list):
        return "a list"
    return "a group of fields" if isinstance(written, dict) else quoted(str(written))


def _as_value(written: object) -> str | None:
    return written if isinstance(written, str) else None


def _missing(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    place = _thing(model_at(model, path[:-1]))
    description = _description(model, path)
    return Fault(path, "missing-field", f"{place} needs {_named(path)}", description)


def _unknown(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    owner = model_at(model, path[:-1])
    name = str(path[-1])
    message = f"{_thing(owner)} has no field {quoted(name)}"
    hint = did_you_mean(name, owner.model_fields) if owner else None
    homes = [] if hint else [_thing(home) for home in _models(model) if name in home.model_fields]
    if homes:
        hint = f"'{name}' is a field of {' or '.join(dict.fromkeys(homes))}"
    elif owner and not hint:
        hint = "known here: " + ", ".join(owner.model_fields)
    return Fault(path, "unknown-field", message, hint, name, at_name=True)


def _not_text(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    message = f"{_named(path)} must be a text, but {_kind(written)} stands here"
    hint = "a text that begins with '[', '{' or '- ' or has ': ' in it must be in double quotes"
    return Fault(path, "wrong-type", message, hint)


def _not_list(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    message = f"{_named(path)} must be a list, but {_kind(written)} stands here"
    short = isinstance(written, str) and len(written) < 30 and "\n" not in written
    hint = f"write [{written}]" if short else "write each item on its own line after '- '"
    return Fault(path, "wrong-type", message, hint, _as_value(written))


def _not_group(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    message = f"{_named(path)} must be a group of fields, but {_kind(written)} stands here"
    inner = model_at(model, path)
    hint = "known fields: " + ", ".join(inner.model_fields) if inner else "write 'name: value'"
    return Fault(path, "wrong-type", message, hint, _as_value(written))


def _empty(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    hint = "write a value, or leave the line out if there is none"
    return Fault(path, "empty-value", f"{_named(path)} has no value", hint, "")


def _bad_pattern(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    pattern = error["ctx"]["pattern"]
    if pattern == DATE_PATTERN:
        return _bad_date(path, written, error, model)
    rule, wanted = PATTERNS[pattern]
    message = f"{quoted(written)} can't be used for {_named(path)}: it may have {wanted}"
    return Fault(path, rule, message, _tidied(written, pattern), written)


def _tidied(written: str, pattern: str) -> str | None:
    candidate = re.sub(r"[^A-Za-z0-9._/-]+", "-", written.strip()).strip("-")
    return f"write {candidate}" if re.search(pattern, candidate) else None


def _bad_date(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    rule, message, hint = why_not_a_date(written, _field(path))
    if rule == "date-format":
        message = f"{quoted(written)} is not a date that {_named(path)} can hold: {message}"
    return Fault(path, rule, message, hint, written)


def _bad_choice(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
    if path == ("jtai",):
        message = f"this jtai reads version 1 of the format, not {_kind(written)}"
        return Fault(path, "unknown-value", message, "write 'jtai: 1'", _as_value(written))
    message = f"{_kind(written)} can't stand for {_named(path)}; it is one of {', '.join(known)}"
    hint = did_you_mean(written, known) if isinstance(written, str) else None
    return Fault(path, "unknown-value", message, hint, _as_value(written))


def _bad_scheme(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    from jtai_cli.plan.scheme import BUILT_IN

    message = f"no RAG scheme is called {quoted(written)}; there are {' and '.join(BUILT_IN)}"
    hint = did_you_mean(written, BUILT_IN) or (
        "a scheme of the plan's own is written out under 'rag:' with 'ratings:'"
    )
    return Fault(path, "unknown-scheme", message, hint, written)


def _other(path: Path, written: Any, error: ErrorDetails, model: type[Model]) -> Fault:  # noqa: ANN401
    message = f"{_named(path)} is not as it should be: {error['msg']}"
    return Fault(path, "wrong-type", message, None, _as_value(written))


def _name_fault(path: Path, error: ErrorDetails) -> Fault:
    name = str(path[-1])
    group = _field(path[:-1])
    wanted = PATTERNS[error["ctx"]["pattern"]].wanted if "pattern" in error.get("ctx", {}) else ""
    message = f"{quoted(name)} can't be a name under '{group}': it may have {wanted}"
    return Fault(path, "bad-ref", message, None, name, at_name=True)


_DESCRIBE: dict[str, Callable[[Path, Any, ErrorDetails, type[Model]], Fault]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _not_text,
    "tuple_type": _not_list,
    "model_type": _not_group,
    "dict_type": _not_group,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_pattern_mismatch": _bad_pattern,
    "date_parsing": _bad_date,
    "date_from_datetime_parsing": _bad_date,
    "literal_error": _bad_choice,
    "unknown-scheme": _bad_scheme,
}


def model_at(model: type[Model], path: Path) -> type[Model] | None:
    """The model of the group at a path, or None where a path leads to something else."""
    found: type[Model] | None = model
    for step in path:
        if isinstance(step, str):
            field = found.model_fields.get(step) if found else None
            found = _inner_model(field.annotation) if field else None
    return found


def _inner_model(annotation: object) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next(filter(None, map(_inner_model, get_args(annotation))), None)


def _models(model: type[Model]) -> list[type[Model]]:
    """The model and every model inside it, outermost first."""
    found = [model]
    for outer in found:
        inner = (_inner_model(field.annotation) for field in outer.model_fields.values())
        found.extend(one for one in inner if one and one not in found)
    return found


def _thing(model: type[Model] | None) -> str:
    name = model.__name__.lower() if model else "group"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _description(model: type[Model], path: Path) -> str | None:
    owner = model_at(model, path[:-1])
    return owner.model_fields[str(path[-1])].description if owner else None
