"""The door to the browser while a kit is written: watch, build, serve, reload.

`desk.py` is the loop. A site is built into a folder of its own and takes the last one's place in memory, so that a request never waits
for a build and never sees half of one. Broken content gives a page with the problems; booklets are printed when somebody asks for them.
"""
