"""``python -m app``, the same as the command ``xieshang``."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Start the program; the answer is the exit code."""
    gc.disable()  # what is made while starting stays; looking for garbage among it would only cost time
    from app.bootstrap import start

    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
