"""Edits of files, as tests make them: what is to be changed must be there."""

from pathlib import Path


def change(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_bytes()
    for old, new in changes:
        assert old.encode() in text
        text = text.replace(old.encode(), new.encode())
    path.write_bytes(text)
