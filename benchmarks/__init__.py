"""Side-by-side measurements of `jtai` and of tools that check the same files."""
