"""The colours that decorate ratings on a terminal."""

from __future__ import annotations

from rich.theme import Theme

# Dark or light grounds alike: each tone brings its own ground, with the letters in contrast to it.
MIXED = {
    "blue": "#ffffff on #1d70b8",
    "dark green": "#ffffff on #00512f",
    "green": "#ffffff on #00703c",
    "light green": "#000000 on #85c99b",
    "amber": "#000000 on #f6a400",
    "orange": "#000000 on #f6a400",
    "yellow": "#000000 on #ffdd00",
    "red": "#ffffff on #c5202f",
    "purple": "#ffffff on #4c2c92",
    "grey": "#000000 on #c8ccd0",
    "gray": "#000000 on #c8ccd0",
    "white": "#000000 on #ffffff",
    "none": "",
}

# Sixteen colours are named, not mixed: the nearest to amber would be red.
STANDARD = {
    "blue": "bright_white on blue",
    "dark green": "black on green",
    "green": "black on green",
    "light green": "black on bright_green",
    "amber": "black on yellow",
    "orange": "black on yellow",
    "yellow": "black on bright_yellow",
    "red": "bright_white on red",
    "purple": "bright_white on magenta",
    "grey": "black on white",
    "gray": "black on white",
    "white": "black on bright_white",
    "none": "",
}


def style_of(tone: str) -> str:
    """The name of the style that a theme gives to a tone."""
    return f"tone.{tone}"


def theme(palette: str) -> Theme:
    """The styles of all tones, for a terminal with so many colours."""
    tones = STANDARD if palette == "standard" else MIXED
    return Theme({style_of(tone): style for tone, style in tones.items()}, inherit=False)
