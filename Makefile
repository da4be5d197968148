# Every target sets up what it needs in .venv first (once) and reuses it afterwards; `make` alone lists the targets.
#
# PYTHON=...   the Python to build .venv with (default: python3, or the newest of python3.13, 3.12, 3.11)
# PROFILE=...  the profile of run, plan, figures, paper-pdf and publish: a file name in experiments/profiles without .yaml
# ARGS=...     further arguments for Snakemake (reproduce, paper, smoke, run), pytest (test, coverage, boundscheck)
#              mutants.py (mutants), campaign.py (campaign), asv_compare.py (asv), asv_proof.py (asv-proof)
# ON=...       slurm, generic or kubernetes: where the jobs of reproduce, paper, smoke and run are run (a folder of
#              experiments/workflow with a profile)
# NODES=...    the largest number of nodes of the cluster to use at once (default: 4); for plan and run
# CORES=...    the cores of one node of the cluster (default: those of this machine)
# AS=...       the folder of results/published that `make publish` writes (default: the profile's name)
# BASE=...     the commit that `make asv` and `make instructions` compare the last one with (default: the one before)

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

ifdef PYTHON
export PYTHON
endif
# Nothing from the caller's own Python set-up may leak into ours. Without bytecode every process would compile what it
# imports, which takes longer than most tests.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE PIP_TARGET PIP_USER
export PYTHONNOUSERSITE := 1
# One name for this call of make: what could not be had is then asked for once, not by every job.
ifndef KMEDOIDS_BENCH_RUN
export KMEDOIDS_BENCH_RUN := $(shell echo $$(date +%Y%m%dT%H%M%S)-$$PPID)
endif

BIN := .venv/bin
SETUP := sh experiments/envs/setup.sh
PROFILES = $(wildcard experiments/profiles/*.yaml)
SNAKEMAKE = env PATH="$$PWD/$(BIN):$$PATH" $(BIN)/snakemake --workflow-profile experiments/workflow/$(or $(ON),snakemake) \
    $(if $(ON),--jobs $(or $(NODES),4)) $(if $(CORES),--cores $(CORES))
# One run at a time. The standard input of a run is a locked file: its processes inherit it, all but the workers, which
# end with their driver. So the lock lasts until the last of them has ended, whichever of them are killed, and no longer.
define alone
mkdir -p .snakemake && exec 9<>.snakemake/run.lock && \
if command -v flock >/dev/null && ! flock -n 9; then \
    set -- $$(for each in /proc/[0-9]*; do test ! $$each/fd/0 -ef .snakemake/run.lock || echo $${each#/proc/}; done); \
    echo "another run uses this folder; waiting until it ends (processes: $$*)" >&2; \
    flock 9; \
fi && exec <&9 9<&-
endef
define workflow
$(BIN)/python -m kmedoids_bench.experiments check --profile experiments/profiles/$(1).yaml >/dev/null && \
$(alone) && { sh experiments/workflow/forget.sh $(1) && $(SNAKEMAKE) --configfile experiments/profiles/$(1).yaml $(ARGS); }
endef

.PHONY: help
help: ## list the targets
	@echo "kmedoids-bench: reproduce, compare and audit k-medoids algorithms. Targets:"
	@echo
	@sed -n 's/^\([a-z-]*\):[^#]*## /  \1 \t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

# --- the suite ---------------------------------------------------------------------------------------------------

.PHONY: reproduce paper smoke run plan figures paper-pdf publish
reproduce: setup ## run the quick profile on real data (minutes) and write results/report.html
	@$(call workflow,quick)

paper: setup ## run the profile with all claims of the papers (hours); continues after an interruption
	@$(call workflow,paper)

smoke: setup ## run the smallest profile (two minutes): does the whole chain work?
	@$(call workflow,smoke)

run: setup ## run a profile by name: make run PROFILE=quick
	@test -f "experiments/profiles/$(PROFILE).yaml" || { \
	    echo "make run PROFILE=<name>; profiles: $(basename $(notdir $(PROFILES)))" >&2; exit 2; }
	@$(call workflow,$(PROFILE))

plan: setup ## print what a profile takes: time, memory, disk; PROFILE=paper is the default
	@$(BIN)/python -m kmedoids_bench.experiments plan --profile experiments/profiles/$(or $(PROFILE),paper).yaml \
	    $(if $(ON),--nodes $(or $(NODES),4))

# From the current rows, complete or not: nothing is measured, whatever has been edited since.
figures: setup ## write tables, figures and report from stored rows, without measuring; PROFILE=quick is the default
	@ls results/work/$(or $(PROFILE),quick)/measured/*.json >/dev/null 2>&1 || { \
	    echo "nothing has been measured under the profile $(or $(PROFILE),quick): make run PROFILE=$(or $(PROFILE),quick)" >&2; \
	    exit 2; }
	@$(BIN)/python -m kmedoids_bench.experiments report --pgf --profile experiments/profiles/$(or $(PROFILE),quick).yaml \
	    --cells results/cells --results results results/work/$(or $(PROFILE),quick)/*/*.json

paper-pdf: setup ## write a short article from stored rows, results/article/article.pdf; from results/published/paper, or PROFILE
	@$(BIN)/python -m kmedoids_bench.experiments paper-pdf $(if $(PROFILE),--profile $(PROFILE)) --out results/article

# make predefines AS, as the name of the assembler: only an AS that the user gives counts.
GIVEN_AS = $(if $(filter default undefined,$(origin AS)),,$(AS))
publish: setup ## copy a run into results/published, to be committed; PROFILE=paper is the default
	@$(BIN)/python -m kmedoids_bench.experiments publish --profile experiments/profiles/$(or $(PROFILE),paper).yaml \
	    --cells results/cells --results results --to results/published/$(or $(GIVEN_AS),$(PROFILE),paper) \
	    results/work/$(or $(PROFILE),paper)/*/*.json
	@$(BIN)/python -m kmedoids_bench.experiments index

# The tests run on the card and not in the simulator; the second half measures and publishes.
.PHONY: gpu
gpu: setup-gpu ## run the GPU tests and the profile gpu, and publish the run; needs a CUDA card
	@NUMBA_ENABLE_CUDASIM=0 $(BIN)/python -c "from kmedoids_bench.algorithms.gpu import device; device.require_card()"
	@NUMBA_ENABLE_CUDASIM=0 $(BIN)/python -P -m pytest algorithms/tests/gpu $(ARGS)
	@$(MAKE) run PROFILE=gpu
	@$(MAKE) publish PROFILE=gpu

.PHONY: gpu-compile
gpu-compile: setup-gpu ## run the GPU tests with numba-cuda, and compile every kernel for a card; needs none
	@NUMBA_ENABLE_CUDASIM=1 $(BIN)/python -P -m pytest algorithms/tests/gpu $(ARGS)
	@$(BIN)/python -P algorithms/tests/gpu/compile_for_card.py

.PHONY: trust
trust: setup ## check the measurement itself: how many false alarms, and which slowdowns it finds; ARGS=--help
	@$(BIN)/python experiments/tests/harness/trust.py $(ARGS)

.PHONY: audit
# Behind "--", or Snakemake would take the name of the target for a second profile.
audit: override ARGS += -- audit
audit: setup ## test whether every implementation does what its algorithm promises (minutes); writes results/audit.html
	@$(call workflow,quick)

.PHONY: publish-audit
publish-audit: setup ## copy the audit into results/published, to be committed
	@$(BIN)/kmedoids-bench publish-audit results/work/audit/*.json
	@$(BIN)/kmedoids-bench index

# --- development -------------------------------------------------------------------------------------------------

.PHONY: test proof coverage boundscheck versions mutants campaign lint docs asv instructions asv-publish asv-proof lock
test: setup ## the tests, in parallel: three minutes on two cores, five the first time, when kernels are compiled
	@$(BIN)/python -P -m pytest -n auto --dist worksteal $(ARGS)

proof: setup ## the tests that take minutes, and kernels against the specification on many more examples
	@KMEDOIDS_BENCH_PROOF=1 $(BIN)/python -P -m pytest -n auto --dist worksteal -m "proof or hypothesis" --durations=20 --durations-min=10 $(ARGS)

coverage: setup-dev ## lines and branches of the algorithms that their tests run, with the JIT off
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -P -m coverage run -m pytest -m "proof or not proof" algorithms/tests $(ARGS)
	@$(BIN)/python -P -m coverage report

boundscheck: setup ## the tests of the algorithms with every index into an array checked
	@NUMBA_BOUNDSCHECK=1 NUMBA_CACHE_DIR= $(BIN)/python -P -m pytest -n auto -m "proof or not proof" algorithms/tests $(ARGS)

VERSIONS = .environments/versions-$$resolution
versions: setup ## the tests of the algorithms with the lowest package versions that pyproject.toml allows, and the newest
	@for resolution in lowest-direct highest; do \
	    echo "the tests of the algorithms, --resolution $$resolution"; \
	    $(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VERSIONS) && \
	    $(BIN)/uv pip install --quiet --python $(VERSIONS) --resolution $$resolution \
	        -r pyproject.toml --extra experiments --group test && \
	    $(BIN)/uv pip install --quiet --python $(VERSIONS) --no-deps -e . && \
	    $(BIN)/uv pip list --quiet --python $(VERSIONS) | grep -E '^(numba|numpy|llvmlite) ' && \
	    NUMBA_CACHE_DIR=$(VERSIONS)/numba $(VERSIONS)/bin/python -P -m pytest -n auto algorithms/tests $(ARGS) || exit 1; \
	done

mutants: setup ## do these tests notice small slips in the kernels? ARGS="--share 0.1" tries a tenth
	@$(BIN)/python algorithms/tests/mutants.py $(ARGS)

campaign: setup ## harm runs, commands and files in many ways, and count the damage (hours); ARGS=--help
	@$(BIN)/python experiments/tests/campaign/campaign.py $(ARGS)

lint: setup-dev ## format, style, types, import rules, dead code, ARCHITECTURE.md, the workflow's own lint
	$(BIN)/ruff check --output-format concise .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/python experiments/tests/tools/imports.py
	$(BIN)/vulture
	$(BIN)/python experiments/tests/tools/architecture.py --check
	$(BIN)/snakefmt --check Snakefile experiments/workflow/rules
	$(BIN)/python experiments/tests/workflow/lint_workflow.py $(PROFILES)

# mkdocs-material greets with advice about its successor.
docs: setup-docs ## build the documentation, build/site/index.html; a broken link or reference is an error
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build
	@echo "open build/site/index.html"

ASV = PATH="$$PWD/$(BIN):$$PATH" $(BIN)/python
asv: setup-dev ## what did the last commit change in speed and results? one table; BASE=<commit> to compare with
	@$(ASV) benchmarks/asv_compare.py $(BASE) $(ARGS)

instructions: setup-dev ## does a call execute more instructions than before? exact, and needs valgrind; BASE=<commit>
	@command -v valgrind >/dev/null || { echo "make instructions: install valgrind (apt install valgrind)" >&2; exit 2; }
	@$(ASV) benchmarks/asv_compare.py $(BASE) --bench Instructions $(ARGS)

asv-publish: setup-dev ## the page of all that `make asv` has measured so far: .asv/html/index.html
	@$(ASV) -m asv publish

asv-proof: setup-dev ## how often does `make asv` find planted slowdowns, and raise false alarms? ARGS=--help
	@$(ASV) benchmarks/asv_proof.py $(ARGS)

# One version of a package for every Python, where possible.
COMPILE = $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes --no-header --no-annotate \
    $(if $(UPGRADE),--upgrade)
LOCKS := experiments/envs
lock: setup ## write the files of exact versions anew (maintainers; UPGRADE=1 takes newer versions)
	$(COMPILE) --python-version 3.11 --group build -o $(LOCKS)/build.txt
	$(COMPILE) --python-version 3.11 pyproject.toml --extra experiments --group test -c $(LOCKS)/build.txt -o $(LOCKS)/main.txt
	$(COMPILE) --python-version 3.11 --group lint --group asv --group coverage -c $(LOCKS)/main.txt -o $(LOCKS)/dev.txt
	$(COMPILE) --python-version 3.11 --group slurm -c $(LOCKS)/main.txt -o $(LOCKS)/slurm.txt
	$(COMPILE) --python-version 3.11 --group generic -c $(LOCKS)/main.txt -o $(LOCKS)/generic.txt
	$(COMPILE) --python-version 3.11 pyproject.toml --extra gpu -c $(LOCKS)/main.txt -o $(LOCKS)/gpu.txt
	$(COMPILE) --python-version 3.11 --group docs -c $(LOCKS)/main.txt -c $(LOCKS)/dev.txt -o $(LOCKS)/docs.txt
	@for file in algorithms/references/*/*.in; do \
	    python=$$(sed -n 's/^# python: *//p' $$file); echo "$$file"; \
	    $(COMPILE) --python-version $${python:-3.11} $$file -o $${file%.in}.txt || exit 1; done

# --- house-keeping -----------------------------------------------------------------------------------------------

.PHONY: clean distclean setup setup-dev setup-gpu setup-docs
clean: ## delete generated results, measured rows too; keeps results/published and .venv
	@find results -mindepth 1 -maxdepth 1 ! -name published -exec rm -rf {} +
	@rm -rf .cache .snakemake .pytest_cache .ruff_cache .hypothesis .coverage .asv/html build
	@echo "deleted the generated results and caches; kept results/published, .venv and .environments"

distclean: clean ## clean, and delete .venv and the environments of the reference libraries
	@rm -rf .venv .venv.lock .environments .asv *.egg-info

setup:
	@$(SETUP) $(or $(filter slurm,$(ON)),$(if $(ON),generic),run)

setup-dev:
	@$(SETUP) dev

setup-gpu:
	@$(SETUP) gpu

setup-docs:
	@$(SETUP) docs
