"""Pure figures: plans and an as-of date in, numbers out."""
