"""Time of the list pages and of the export, with real and with generated rows.

    python bin/bench_lists.py            both databases
    python bin/bench_lists.py 100000     instead of a million generated rows

Every page is asked for uncached, through the whole of Django but no network.
"""

import datetime
import itertools
import os
import random
import resource
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from bench import KEY, prepare, ready_client
from postgres import server_binaries, throwaway_cluster

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 60
MILLION = 1_000_000
TABLE = "benchmarks_benchmark"
FILTERED = (
    "/benchmarks/?engine={engine}&quantization=Q4_K_M&source=community&sort=-decode"
)
PAGES = {
    "hardware, all": "/hardware/",
    "hardware, filtered": "/hardware/?kind=gpu&vendor=nvidia&memory_min=16&sort=price",
    "models, all": "/models/",
    "models, filtered": "/models/?task=text&use=yes&parameters_max=32&sort=four_bit",
    "tools, all": "/tools/",
    "tools, filtered": "/tools/?format=gguf&backend=amd_rocm&system=windows",
    "benchmarks, all": "/benchmarks/",
}
GENERATED = {
    "no filter": "/benchmarks/",
    "engine, quantisation, source": FILTERED.format(engine="vllm"),
    "hardware, model, quantisation": (
        "/benchmarks/?hardware=rtx-4090&hardware=rtx-3090&model=llama-3-8b"
        "&model=llama-3-1-8b&quantization=Q4_K_M&quantization=Q8_0&sort=-decode"
    ),
    "confidence, speed, engine by date": (
        "/benchmarks/?confidence=1&speed=decode&engine=llama-cpp&sort=-measured"
    ),
    "rare: one model, one card, aggregate": (
        "/benchmarks/?model=phi-4&hardware=rtx-5070&speed=aggregate&sort=-aggregate"
    ),
    "a word": "/benchmarks/?q=4090&engine=vllm&source=community&sort=-decode",
    "page 150": f"{FILTERED.format(engine='llama-cpp')}&page=150",
}
QUANTIZATIONS = [
    *("Q4_K_M", "Q8_0", "FP8", "BF16", "Q5_K_M", "Q6_K", "AWQ", "GPTQ-Int4", ""),
    *("MXFP4", "NVFP4", "IQ4_XS", "Q3_K_M", "Q2_K", "EXL2 4.0 bpw", "4bit"),
]


COLUMNS = [
    *("uid", "marks", "imported", "slug", "engine_name", "engine_id"),
    *("engine_version", "backend", "hardware_name", "hardware_slug", "hardware_id"),
    *("hardware_count", "model_name", "model_slug", "ai_model_id", "quantization"),
    *("concurrency", "prompt_tokens", "output_tokens", "context_depth_tokens"),
    *("decode_tokens_per_second", "aggregate_tokens_per_second", "aggregate_kind"),
    *("command", "measured_on", "measured_on_precision", "source_kind", "state"),
    *("is_doubtful", "notes", "source_id", "confidence_before_age"),
]
SEED = 7


def generated_rows(count: int) -> Iterator[tuple]:
    """`count` rows with the catalogue's own engines, hardware and models.

    What they name is asked here, and not while the connection is busy taking rows.
    """
    from benchmarks.models import Benchmark
    from catalog.models import AIModel, Engine, Hardware

    engines, chips, models = (
        list(model.objects.order_by("pk").values_list("pk", "slug", "name"))
        for model in (Engine, Hardware, AIModel)
    )
    source = Benchmark.objects.values_list("source_id", flat=True)[0]
    return drawn_rows(count, engines, chips, models, source)


def drawn_rows(count: int, engines, chips, models, source) -> Iterator[tuple]:
    """The earlier of each are commoner, as in life: a few have most of the rows."""
    draw = random.Random(SEED)  # noqa: S311 - the same rows every time

    def common(items):
        return items[int(draw.random() * draw.random() * len(items))]

    for number in range(count):
        engine, chip, model = common(engines), common(chips), common(models)
        is_single = draw.random() < 0.7
        day = datetime.date(2026, 11, 20) - datetime.timedelta(draw.randrange(900))
        yield (
            *(uuid.UUID(int=draw.getrandbits(128)).hex, "{}", "{}"),
            *(f"generated-{number}", engine[1], engine[0], "1.0", "cuda"),
            *(chip[2], chip[1], chip[0], 1, model[2], model[1], model[0]),
            *(common(QUANTIZATIONS), 1 if is_single else 16, 512, 128, 0),
            round(5 + 300 * draw.random(), 2) if is_single else None,
            None if is_single else round(100 + 30_000 * draw.random(), 2),
            *("" if is_single else "output", ""),
            *(day.isoformat() if draw.random() < 0.6 else None, "day"),
            *("community" if draw.random() < 0.7 else "official", "published"),
            *(draw.random() < 0.02, "", source, draw.randrange(4)),
        )


def generate(connection, count: int) -> None:
    columns = ", ".join(COLUMNS)
    rows = generated_rows(count)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE slug LIKE 'generated-%'")  # noqa: S608
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {TABLE} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(COLUMNS))
            sql = f"INSERT INTO {TABLE} ({columns}) VALUES ({marks})"  # noqa: S608
            while chunk := list(itertools.islice(rows, 10_000)):
                connection.connection.executemany(sql, chunk)
            connection.connection.commit()
        # What autovacuum does in life: without it no index answers by itself.
        is_postgresql = connection.vendor == "postgresql"
        cursor.execute("VACUUM ANALYZE" if is_postgresql else "ANALYZE")


def timed(client, path: str, rounds: int = ROUNDS) -> tuple[float, float]:
    """The median and the 95th percentile of the wall time, in milliseconds."""
    client.get(path)
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        client.get(path)
        times.append(1000 * (time.perf_counter() - began))
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def export(client) -> str:
    """Seconds to the first bytes of all rows as CSV, and the memory it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    chunks = iter(
        client.get("/benchmarks/list.csv?old=yes&doubtful=yes").streaming_content
    )
    size = len(next(chunks))
    first = time.perf_counter() - began
    lines = 0
    for chunk in chunks:
        size += len(chunk)
        lines += chunk.count(b"\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (
        f"first bytes after {first:.2f} s, all {lines:,} rows ({size / 1e6:.0f} MB) in "
        f"{time.perf_counter() - began:.0f} s, peak memory {peak / 1024:.0f} MB "
        f"({(peak - before) / 1024:.0f} MB of it for the export)"
    )


def measure(rows: int) -> None:
    """Runs in a process of its own, with the database that its environment names."""
    client = ready_client()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def report(name: str, path: str) -> None:
        middle, slow = timed(client, path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        print(
            f"{connection.vendor:<11}{name:<38}{len(captured):>3} statements"
            f"{middle:>8.1f} ms median{slow:>8.1f} ms p95",
            flush=True,
        )

    for name, path in PAGES.items():
        report(name, path)
    for count in (rows // 10, rows):
        generate(connection, count)
        for name, path in GENERATED.items():
            report(f"{count:,}: {name}", path)
    print(f"{connection.vendor:<11}{rows:,} as CSV: {export(client)}", flush=True)


def run(url: str, rows: int) -> None:
    environment = os.environ | {
        "DEVELOPMENT": "true",
        "SECRET_KEY": KEY,
        "DATABASE_URL": url,
        "LOG_LEVEL": "CRITICAL",
    }
    prepare(environment)
    command = [sys.executable, __file__, "measure", str(rows)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def main(rows: int) -> None:
    binaries = server_binaries()
    if binaries is None:
        print("No PostgreSQL server on this machine: measured on SQLite only.")
    else:
        with throwaway_cluster(binaries) as url:
            run(url, rows)
    database = ROOT / "var" / "bench-lists.sqlite3"
    database.parent.mkdir(exist_ok=True)
    database.unlink(missing_ok=True)
    run(f"sqlite:///{database}", rows)
    database.unlink(missing_ok=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else MILLION)
