"""``python -m app``, the same as the command ``xieshang``."""

from __future__ import annotations

import sys

from app.bootstrap import start


def main() -> int:
    """Start the program; the answer is the exit code."""
    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
