"""`python -m club`, the same as the command `club`."""

from club.cli import main

raise SystemExit(main())
