"""From YAML text to a validated plan that knows where each value stood."""
