# make run: environment, install, invented sample data into an empty store, dashboard on 127.0.0.1:8501
# make test: environment, what the tests need, all tests.  make check: lint, types, fast tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check browser lock messages clean

run: $(VENV)/run.stamp
	$(BIN)/python -m analysis sample
	$(BIN)/streamlit run app.py

test: $(VENV)/dev.stamp browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadgroup

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadgroup -m "not browser and not slow"

# The lock pins what was tested; where it does not fit this Python, the ranges decide.
$(VENV)/run.stamp: requirements.txt requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -r requirements.txt -c requirements.lock || $(BIN)/python -m pip install -q -r requirements.txt
	touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.txt
	$(BIN)/python -m pip install -q -r requirements-dev.txt -c requirements.lock || $(BIN)/python -m pip install -q -r requirements-dev.txt
	touch $@

# The browser tests say so and are skipped where there is no Chromium and apt cannot bring one.
browser:
	@sh tests/browser/install.sh

lock: $(VENV)/dev.stamp
	$(BIN)/python -m pip freeze --exclude-editable | grep -v -i -E '^(pip|setuptools|wheel|uv|pip-tools|build|pyproject_hooks)==' > requirements.lock

# Collect the Korean sentences into the English catalogue; new ones stand there untranslated.
messages: $(VENV)/dev.stamp
	$(BIN)/pybabel -q extract --no-location --sort-output --no-wrap -k _ -k mark -k Sentence -o data/locale/sagwa.pot app.py analysis pages
	$(BIN)/pybabel -q update --no-wrap --no-fuzzy-matching --ignore-obsolete -D sagwa -i data/locale/sagwa.pot -l en -o data/locale/en.po
	rm data/locale/sagwa.pot

clean:
	rm -rf $(VENV) build
