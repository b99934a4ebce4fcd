"""How the best agenda in a time is found: what `timing/fit.py` stands on."""
