"""pydantic's complaints about one plan, as faults in words for people who edit plans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from jtai_cli.plan.dates import why_not_a_date
from jtai_cli.plan.fault import Fault, Path
from jtai_cli.plan.fields import DATE_PATTERN, PATTERNS, Model
from jtai_cli.plan.problem import MAX_QUOTED, brief, did_you_mean, quoted
from jtai_cli.plan.quoting import GUESSED
from jtai_cli.plan.scheme import BUILT_IN, MAX_RATINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails


# How people separate names where a list is wanted.
_AND = re.compile(r"\s*[,;/+]\s*|\s+(?:and|&|with)\s+")
_LISTS_OF_NAMES = frozenset({"owners", "support", "answers", "inspectorates", "needs"})


class Broken(NamedTuple):
    """What pydantic says of one value: where it stands, what is written, and what was expected."""

    path: Path
    written: Any
    context: dict[str, Any]
    message: str
    model: type[Model]

    @property
    def name(self) -> str:
        """The value as a message names it: by its field, an item by its list."""
        if self.path and isinstance(self.path[-1], int):
            return f"item {self.path[-1] + 1} of {quoted(self.field)}"
        return quoted(str(self.path[-1])) if self.path else "the plan"

    @property
    def field(self) -> str:
        """The name of the innermost field of the path."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    @property
    def kind(self) -> str:
        """What stands there instead."""
        if isinstance(self.written, list):
            return "a list"
        return "a group of fields" if isinstance(self.written, dict) else quoted(self.written)

    def fault(self, rule: str, message: str, hint: str | None) -> Fault:
        """A fault at this value."""
        value = self.written if isinstance(self.written, str) else None
        return Fault(self.path, rule, message, hint, value)


def fault_of(error: ErrorDetails, model: type[Model]) -> Fault:
    """The fault that one error of pydantic stands for; `model` is what was validated."""
    kind, context = error["type"], error.get("ctx", {})
    broken = Broken(error["loc"], error["input"], context, error["msg"], model)
    if is_bad_name(error):
        return _bad_name(broken)
    if broken.written == "" and kind not in ("missing", "extra_forbidden"):
        return _empty(broken)
    return _DESCRIBE.get(kind, _other)(broken)


def is_bad_name(error: ErrorDetails) -> bool:
    """Whether it is a name that pydantic refuses, which it tells by one more step of the path.

    A field can be called "[key]" too, but there is none whose value must fit a pattern.
    """
    return error["loc"][-1:] == ("[key]",) and error["type"] == "string_pattern_mismatch"


def _missing(broken: Broken) -> Fault:
    owner = model_at(broken.model, broken.path[:-1])
    field = owner.model_fields.get(str(broken.path[-1])) if owner else None
    message = f"{_thing(owner)} needs {broken.name}"
    return Fault(broken.path, "missing-field", message, _to_write(broken.field, field))


def _to_write(name: str, field: FieldInfo | None) -> str:
    """A hint to write a field, with what stands in it."""
    what = ((field and field.description) or "").rstrip(".")
    return f"write '{name}: …'" + (f": {what[0].lower()}{what[1:]}" if what else "")


def _unknown(broken: Broken) -> Fault:
    owner = model_at(broken.model, broken.path[:-1]) or broken.model
    name = str(broken.path[-1])
    hint = did_you_mean(name, owner.model_fields) or _home(name, broken.model)
    if hint is None:
        hint = f"known here: {', '.join(owner.model_fields)}"
    message = f"{_thing(owner)} has no field {quoted(name)}"
    return Fault(broken.path, "unknown-field", message, hint, name, at_name=True)


def _home(name: str, model: type[Model]) -> str | None:
    """A hint to the other groups of a plan that have a field of this name, or nearly so."""
    models = _models(model)
    homes = [_thing(home) for home in models if name in home.model_fields]
    if homes:
        return f"'{name}' is a field of {' and of '.join(homes)}"
    return did_you_mean(name, [field for home in models for field in home.model_fields])


def _not_text(broken: Broken) -> Fault:
    message = f"{broken.name} must be a text, but {broken.kind} stands here"
    hint = "a text that begins with '[', '{' or '- ', or has ': ' in it, must be in double quotes"
    return broken.fault("wrong-type", message, hint)


def _not_list(broken: Broken) -> Fault:
    message = f"{broken.name} must be a list, but {broken.kind} stands here"
    written = broken.written
    short = isinstance(written, str) and len(written) < 30 and "\n" not in written
    hint = "write each item on a line of its own after '- '"
    if short:
        items = _AND.split(written) if broken.field in _LISTS_OF_NAMES else [written]
        listed = (f'"{brief(item)}"' if GUESSED.fullmatch(item) else brief(item) for item in items)
        hint = f"write [{', '.join(listed)}]"
    return broken.fault("wrong-type", message, hint)


def _not_group(broken: Broken) -> Fault:
    message = f"{broken.name} must be a group of fields, but {broken.kind} stands here"
    inner = model_at(broken.model, broken.path)
    hint = f"known fields: {', '.join(inner.model_fields)}" if inner else "write 'name: value'"
    return broken.fault("wrong-type", message, hint)


def _empty(broken: Broken) -> Fault:
    owner = model_at(broken.model, broken.path[:-1])
    field = owner.model_fields.get(broken.field) if owner else None
    hint = "write a value, or leave the line out if there is none"
    if owner and field and field.is_required():
        hint = f"write a value: {_thing(owner)} needs it"
    return broken.fault("empty-value", f"{broken.name} has no value", hint)


def _bad_pattern(broken: Broken) -> Fault:
    pattern = broken.context["pattern"]
    if pattern == DATE_PATTERN:
        return _bad_date(broken)
    rule, wanted = PATTERNS[pattern]
    message = f"{quoted(broken.written)} can't be used for {broken.name}: it may have {wanted}"
    tidied = re.sub(r"[^A-Za-z0-9._/-]+", "-", broken.written.strip()).strip("-")
    fits = len(tidied) <= MAX_QUOTED and re.search(pattern, tidied)
    hint = f"write {tidied}" if fits else None
    return broken.fault(rule, message, _days(broken.written) if rule == "not-a-number" else hint)


def _days(written: str) -> str:
    days = re.fullmatch(r"0*([1-9][0-9]{0,3})\s*(?:d|days?)\.?", written.strip(), re.IGNORECASE)
    return f"write {days[1]}" if days else "write how many days, such as 90"


def _bad_date(broken: Broken) -> Fault:
    rule, message, hint = why_not_a_date(broken.written, broken.field)
    if rule == "date-format":
        message = f"{quoted(broken.written)} can't be read as the date {broken.name}: {message}"
    return broken.fault(rule, message, hint)


def _bad_choice(broken: Broken) -> Fault:
    if broken.path == ("jtai",):
        message = f"this program reads version 1 of the format, not {broken.kind}"
        return broken.fault("unknown-value", message, "write 'jtai: 1'")
    known = re.findall(r"'([^']*)'", broken.context["expected"])
    message = f"{broken.kind} is not one of the values of {broken.name}: {', '.join(known)}"
    hint = did_you_mean(broken.written, known) if isinstance(broken.written, str) else None
    return broken.fault("unknown-value", message, hint)


def _too_long(broken: Broken) -> Fault:
    number = len(broken.written)
    message = f"{number:,} ratings stand here; a scheme may have at most {MAX_RATINGS}"
    return broken.fault("too-large", message, "keep the ratings that the plan uses")


def _bad_scheme(broken: Broken) -> Fault:
    names = " and ".join(BUILT_IN)
    message = f"no RAG scheme is called {quoted(broken.written)}; there are {names}"
    hint = did_you_mean(broken.written, BUILT_IN)
    own = "a scheme of the plan's own is written out below 'rag:', with 'ratings:'"
    return broken.fault("unknown-scheme", message, hint or own)


def _other(broken: Broken) -> Fault:
    message = f"{broken.name} is not as it should be: {broken.message}"
    return broken.fault("wrong-type", message, None)


def _bad_name(broken: Broken) -> Fault:
    path = broken.path[:-1]
    name = str(path[-1])
    wanted = PATTERNS[broken.context["pattern"]].wanted
    message = f"{quoted(name)} can't be a name under '{path[-2]}': it may have {wanted}"
    hint = "choose a short code, such as TVP or Kent CC"
    return Fault(path, "bad-ref", message, hint, name, at_name=True)


_DESCRIBE: dict[str, Callable[[Broken], Fault]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "string_type": _not_text,
    "tuple_type": _not_list,
    "model_type": _not_group,
    "dict_type": _not_group,
    "string_too_short": _empty,
    "too_short": _empty,
    "too_long": _too_long,
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
        for field in outer.model_fields.values():
            inner = _inner_model(field.annotation)
            if inner and inner not in found:
                found.append(inner)
    return found


def _thing(model: type[Model] | None) -> str:
    name = model.__name__.lower() if model else "group"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
