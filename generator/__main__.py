"""`python -m generator` is `workshop-kit`."""

import gc
import signal
import sys

# What a kit is read into stays until the program ends. Python would look through all of it again and again for what can be let go.
ALLOCATED = 200_000  # objects between two looks; Python's own number is 700 or 2,000


def main() -> int:
    """Run the command line; Ctrl-C ends it in one line, while the program is still being loaded and at its very end, too."""
    gc.set_threshold(ALLOCATED)
    try:
        from generator.cli import main

        status = main()
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        status = 130
    if status == 130:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return status


if __name__ == "__main__":
    sys.exit(main())
