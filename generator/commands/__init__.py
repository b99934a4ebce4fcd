"""The commands of the command line, one a file: `add` says its arguments, `run` does it and gives the exit status."""
