"""A small data directory: a few real rows of data/, which refer only to each other."""

import csv
import functools
import shutil

import yaml
from django.conf import settings

DATA = settings.BASE_DIR / "data"
ENGINES = {"vllm", "llama-cpp"}
CHIPS = {"rtx-4090", "rtx-3090", "jetson-orin-nx-8gb", "l40s"}
MODELS = {
    "llama-3.1-8b-instruct",
    "llama-3.2-1b-instruct",
    "qwen2.5-coder-14b-instruct",
}
BENCHMARKS = {"bm-0001", "bm-0037", "bm-0038", "bm-0693"}
KEPT_ROWS = {
    "hardware.csv": CHIPS,
    "hardware_prices.csv": CHIPS,
    "hardware_aliases.csv": CHIPS,
    "models.csv": MODELS,
    "model_files.csv": MODELS,
    "model_languages.csv": MODELS,
    "api_prices.csv": MODELS,
    "model_aliases.csv": MODELS,
    "benchmarks.csv": BENCHMARKS,
}
KEPT_ENTRIES = {"engines": "slug", "failure_modes": "engine"}
"""List and file to the key that names the engine."""


def copy_few_rows(directory):
    """Write the small data set into `directory`, and answer it."""
    for name, kept in KEPT_ROWS.items():
        rows = [row for row in read_rows(DATA / name) if kept & set(row.values())]
        write_rows(directory / name, rows)
    shutil.copy(DATA / "model_source_keys.csv", directory)
    for name, key in KEPT_ENTRIES.items():
        entries = [entry for entry in _entries(name) if entry[key] in ENGINES]
        write_entries(directory, name, entries)
    return directory


@functools.cache
def _entries(name):
    return read_entries(DATA, name)


def read_rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_rows(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def read_entries(directory, name):
    text = (directory / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)[name]


def write_entries(directory, name, entries):
    text = yaml.dump({name: entries}, Dumper=yaml.CSafeDumper, sort_keys=False)
    (directory / f"{name}.yaml").write_text(text, encoding="utf-8")


def set_cells(path, key, **cells):
    """Change cells of the first row that begins with `key`."""
    rows = read_rows(path)
    row = next(row for row in rows if next(iter(row.values())) == key)
    row.update(cells)
    write_rows(path, rows)


def set_entry(directory, name, key, **cells):
    """Change cells of the first entry of engine `key`."""
    entries = read_entries(directory, name)
    entry = next(entry for entry in entries if entry[KEPT_ENTRIES[name]] == key)
    entry.update(cells)
    write_entries(directory, name, entries)


def drop_column(path, column):
    rows = read_rows(path)
    for row in rows:
        del row[column]
    write_rows(path, rows)


def repeat_first_row(path):
    rows = read_rows(path)
    write_rows(path, [*rows, rows[0]])
