"""`python -m generator` is `workshop-kit`."""

import signal
import sys


def main() -> int:
    """Run the command line; Ctrl-C ends it in one line, while the program is still being loaded and at its very end, too."""
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
