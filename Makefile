# A thin door for those who have make. All the work is done by tools/make.py, which also runs without make:
#   python3 tools/make.py site        (Windows: py tools\make.py site)
# Another Python: make site PYTHON=python3.13       More arguments: make test ARGS="-k timing"

PYTHON ?= python3
ARGS ?=
RUN = $(PYTHON) tools/make.py

.PHONY: help site participants serve check pack preflight fit groups test golden bench lint setup lock clean

help:
	@echo "make site          build the website and the booklets into site/"
	@echo "make participants  build a website for participants alone into site-participants/"
	@echo "make serve         show the website on this machine while you write"
	@echo "make check         check the content without building"
	@echo "make pack          make all that is printed for one event: make pack ARGS=\"half-day --people 23 --date 2026-12-03\""
	@echo "make preflight     say what may go wrong with an event, before it does"
	@echo "make fit           find the best agenda of a workshop in a time: make fit ARGS=\"half-day --minutes 150\""
	@echo "make groups        say who works with whom, so that people meet new people"
	@echo "make test          run all the tests, in a real browser too"
	@echo "make golden        renew the golden files (read the diff before you commit it)"
	@echo "make bench         measure time and memory beside other programs (hours; bench/README.md says how to measure less)"
	@echo "make lint          check style and types"
	@echo "make setup         make .venv, and nothing more"
	@echo "make lock          renew the lists of exact versions"
	@echo "make clean         remove what can be made again: .venv, caches, the built site"

site participants serve check pack preflight fit groups test golden bench:
	@$(RUN) $@ $(ARGS)

lint setup lock clean:
	@$(RUN) $@
