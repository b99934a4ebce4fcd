"""The bench: what the program costs, beside other programs that do a part of the same. `README.md` says how it is measured."""
