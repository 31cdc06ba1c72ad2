"""The command `club`: the only part that prints, exits and reads the environment."""

from club.cli.main import main

__all__ = ["main"]
