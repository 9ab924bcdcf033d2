"""jtai: plan-as-code for the improvement plans that follow an inspection."""

__version__ = "0.1.0"
