# What contributors run. PYTHON is the interpreter of an environment with the "dev" extra installed.
PYTHON ?= python3
SECONDS_EACH ?= 60

.PHONY: help check format lint types test slow mutants beside gate invented docs site bench peers versions torture fuzz speed roundtrip structure lossless rules sbom clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

check: lint types test slow  ## everything that has to hold before a commit

lint:  ## formatting and lint rules
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types:  ## static types, strict
	$(PYTHON) -m mypy

test:  ## the quick tests: warnings are errors, random order, no network
	$(PYTHON) -m pytest

slow:  ## the other tests: hostile input, watched and killed processes, the report in a browser
	$(PYTHON) -m pytest -m "torture or process or browser"

mutants:  ## put small faults into the core and print those that no test sees
	$(PYTHON) -m tests.mutants

beside:  ## tests that need the corpora, their scoring tool and the seed page beside the checkout
	$(PYTHON) -m pytest benchmarks/test_beside.py

format:  ## format and mend what can be mended
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

sbom:  ## what the package brings along, as CycloneDX, in build/sbom.json (needs cyclonedx-bom)
	rm -rf build/sbom && $(PYTHON) -m venv build/sbom && build/sbom/bin/python -m pip install -q .
	$(PYTHON) -m cyclonedx_py environment build/sbom/bin/python --pyproject pyproject.toml --output-reproducible -o build/sbom.json

docs:  ## write the generated parts of the documents anew
	$(PYTHON) -m tests.docs
	$(PYTHON) docs/picture.py
	$(PYTHON) docs/man.py

site:  ## the documents as a site, in build/site; warnings are errors
	$(PYTHON) -m mkdocs build --strict

gate:  ## fail where quality is under a floor of benchmarks/floors.json
	$(PYTHON) -m benchmarks.quality --gate

invented:  ## fail where a fixture shares runs of words with a page of the corpora
	$(PYTHON) -m benchmarks.invented

bench:  ## quality on all development corpora
	$(PYTHON) -m benchmarks.quality --by-type

speed:  ## speed, start-up and memory beside the peers (extra "bench")
	$(PYTHON) -m benchmarks.speed

peers:  ## the tables beside other tools: make peers CORPORA=DIR CACHE=DIR (extras "bench" and "train"; $DEFUDDLE)
	mkdir -p build && $(PYTHON) -m training.product $(CORPORA) --cache $(CACHE) --texts build/texts.jsonl
	$(PYTHON) -m benchmarks.peers --corpora $(CORPORA) --texts build/texts.jsonl --cache build/peers --write

versions:  ## wheel and sdist with their tests, on each of PYTHONS and with the oldest dependencies (needs uv)
	.ci/versions $(PYTHONS)
	.ci/versions --lowest $(PYTHON)

torture:  ## every hostile input at full size, each with bounded time and memory
	$(PYTHON) -m tests.hostile.torture

fuzz:  ## fuzzing led by coverage, SECONDS_EACH (60) for each of its targets (extra "fuzz")
	mkdir -p build && for target in page text tree metadata container rule journal; do \
	  $(PYTHON) -m tests.hostile.coverage $$target -max_total_time=$(SECONDS_EACH) -verbosity=0 -artifact_prefix=build/ || exit 1; \
	done

roundtrip:  ## Markdown of every page read back by a CommonMark parser
	$(PYTHON) -m benchmarks.roundtrip

structure:  ## headings, lists, tables, code … against gold HTML and Markdown
	$(PYTHON) -m benchmarks.structure

lossless:  ## whether all that was chosen of every page comes out
	$(PYTHON) -m benchmarks.lossless

rules:  ## what the shipped site rules gain on the corpora
	$(PYTHON) -m benchmarks.rules

clean:  ## remove caches
	rm -rf .cache .mypy_cache .ruff_cache .pytest_cache build dist
