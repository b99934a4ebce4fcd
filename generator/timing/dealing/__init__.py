"""How people are dealt to groups: what `timing/groups.py` stands on."""
