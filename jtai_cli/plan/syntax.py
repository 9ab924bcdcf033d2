"""What a YAML parser complains of, in words for people who don't know YAML.

libyaml and PyYAML's own parser word the same complaint differently; both are recognised by a part
of their words, so that a message does not depend on which one is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from jtai_cli.plan.problem import Problem, brief

if TYPE_CHECKING:
    import yaml

    from jtai_cli.plan.text import Lines


class Complaint(NamedTuple):
    """A kind of syntax error: words that parsers use for it, ours, and what to do."""

    words: tuple[str, ...]
    message: str
    hint: str


# Complaints about something whose end was looked for: its beginning is what must change.
_AT_BEGINNING = (
    "found unexpected end of stream",
    "found unexpected document",
    "could not find expected ':'",
    "expected ',' or",
    "comment or line break",
    "comment or a line break",
    "found an indentation indicator equal to 0",
    "while scanning a directive",
    "while scanning an a",
    "while scanning a tag",
    "while parsing a tag",
)

_QUOTE_IT = "put the whole text in double quotes, or write it on the next line after '>-'"

COMPLAINTS = (
    Complaint(
        ("mapping values are not allowed",),
        "a colon followed by a space can't stand here",
        "if the colon belongs to a text, put the text in double quotes; "
        "if it begins a new field, check the indentation",
    ),
    Complaint(
        ("could not find expected ':'",),
        "this is not in the form 'name: value'",
        "check the indentation, the colon after the name, and that each quotation mark is closed",
    ),
    Complaint(
        ("found unexpected end of stream",),
        "the quotation mark that opens here is never closed",
        "close it; inside a text in single quotes, write an apostrophe twice",
    ),
    Complaint(
        ("found unexpected document indicator", "found unexpected document separator"),
        "the quotation mark that opens here is not closed before a '---' or '...' line",
        "close it",
    ),
    Complaint(
        ("found unknown escape character",),
        "a backslash in double quotes can't be followed by this character",
        "write the backslash twice, or use single quotes",
    ),
    Complaint(
        ("hexadecimal numbers", "hexdecimal number", "invalid Unicode character escape"),
        "this \\x, \\u or \\U is not followed by the number of a character",
        "write the character itself, or write the backslash twice",
    ),
    Complaint(
        ("block sequence entries are not allowed", "sequence entries are not allowed"),
        "a list item ('- ') can't begin here",
        "put the list on the lines below its name, each item on a line of its own",
    ),
    Complaint(
        ("mapping keys are not allowed",),
        "a field can't begin here",
        "check the indentation of this line and of the one above",
    ),
    Complaint(
        ("while scanning a directive", "YAML directive", "TAG directive", "incompatible YAML"),
        "a line that begins with '%' means something special to YAML",
        "delete the line: no directive is needed",
    ),
    Complaint(
        ("alphabetic or numeric character", "while scanning an anchor", "while scanning an alias"),
        "a text that begins with '&' or '*' means something special to YAML",
        _QUOTE_IT,
    ),
    Complaint(
        ("while scanning a tag", "while parsing a tag", "undefined tag handle"),
        "a text that begins with '!' means something special to YAML",
        _QUOTE_IT,
    ),
    Complaint(
        ("while scanning a block scalar",),
        "the text after '>' or '|' must begin on the next line, indented with spaces",
        "write '>-', start a new line, and indent the text below it",
    ),
    Complaint(
        ("expected ',' or ']'",),
        "the list that opens here is not closed, or a comma is missing in it",
        "separate the items with commas and close the list with ']'",
    ),
    Complaint(
        ("expected ',' or '}'",),
        "the group that opens here is not closed, or a comma is missing in it",
        "separate the fields with commas and close the group with '}'",
    ),
    Complaint(
        ("expected <block end>", "did not find expected key", "expected '-' indicator"),
        "this line does not fit with the lines above it",
        "fields of one group must begin in the same column; "
        "a text that begins with a quotation mark must end with it",
    ),
    Complaint(
        ("expected '<document start>'", "expected <document start>"),
        "the file goes on after its end",
        "check the indentation: the top fields begin at the left margin",
    ),
    Complaint(
        ("expected the node content", "did not find expected node content"),
        "a value is missing here, or a comma or bracket is too many",
        "remove the extra comma or bracket, or put the text in double quotes",
    ),
    Complaint(
        ("found unexpected ':'",),
        "a colon can't stand here",
        "put the text in double quotes",
    ),
)

_TAB = Complaint((), "a tab can't be used here", "indent with spaces: YAML does not allow tabs")
_ODD_START = Complaint((), "a text can't begin with this character unless it is quoted", _QUOTE_IT)
_OTHER = Complaint((), "this can't be read as YAML", "check quotation marks and indentation")


def syntax_problem(name: str, error: yaml.YAMLError, lines: Lines) -> Problem:
    """The problem that a parser's exception stands for, with the place it points at."""
    words = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    line, column = _place(error, words, lines)
    here = lines.line(line)[column - 1 :]
    complaint = _complaint(words, here)
    hint, value = complaint.hint, brief(here) or None
    return Problem(name, line, column, "yaml-syntax", "error", complaint.message, hint, value)


def _place(error: yaml.YAMLError, words: str, lines: Lines) -> tuple[int, int]:
    """Where the complaint stands, or where what it complains of begins, if that tells more."""
    mark = getattr(error, "problem_mark", None)
    begin = getattr(error, "context_mark", None)
    if mark is None:
        return 1, 1
    if begin and any(part in words for part in _AT_BEGINNING):
        mark = begin
    line, column = mark.line + 1, mark.column + 1
    if "unknown escape" in words and lines.line(line)[column - 1 : column] != "\\":
        # PyYAML's own parser points behind the backslash
        return line, column - 1
    return min((line, column), lines.end())


def _complaint(words: str, here: str) -> Complaint:
    if "cannot start any token" in words or "found a tab character" in words:
        return _TAB if here.startswith("\t") else _ODD_START
    said = (each for each in COMPLAINTS if any(part in words for part in each.words))
    return next(said, _OTHER)
