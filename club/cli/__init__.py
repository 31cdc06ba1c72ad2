"""The command `club`: arguments and the environment in; what is printed, and an exit code, out."""

from club.cli.main import main

__all__ = ["main"]
