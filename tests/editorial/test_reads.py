"""Reads of pages, counted from logs: each line once, no reader known."""

import datetime
import gzip
import json
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from editorial.models import CountedLog, PageReads
from editorial.reads.counting import AnotherLogError, count_reads
from editorial.reads.log_lines import PageRead, read_of

PAGE = "/tools/vllm/"
DAY = datetime.date(2026, 11, 24)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime.datetime(2026, 11, 25, tzinfo=datetime.UTC)):
        yield


def combined(
    target=PAGE,
    *,
    agent=BROWSER,
    method="GET",
    status=200,
    at="24/Nov/2026:14:08:56 +0000",
    client="192.0.2.7",
):
    ending = "" if agent is None else f' "https://example.org/" "{agent}"'
    return f'{client} - - [{at}] "{method} {target} HTTP/1.1" {status} 512{ending}\n'


def own(path=PAGE, **values):
    entry = {"method": "GET", "path": path, "status": 200, "event": "request"}
    entry["timestamp"] = "2026-11-24T14:08:56.691597Z"
    return json.dumps(entry | values) + "\n"


def sums():
    return dict(PageReads.objects.values_list("path", "reads"))


@pytest.mark.parametrize(
    "line",
    [
        combined(),
        combined(f"{PAGE}?utm_source=x#part"),
        combined("/tools/%76llm/"),
        combined(agent=None),
        combined(status=304),
        combined(at="25/Nov/2026:01:08:56 +0200"),
        own(),
        own(user_agent=BROWSER),
    ],
)
def test_a_page_that_was_read_counts_on_its_day_in_utc(line):
    assert read_of(line) == PageRead(PAGE, DAY)


@pytest.mark.parametrize(
    "line",
    [
        combined(method="POST"),
        combined(status=404),
        combined(status=301),
        combined("/admin/comparisons/comparison/"),
        combined("/static/css/site.css/"),
        combined("/benchmarks/list.csv"),
        combined("/healthz"),
        combined(agent="Googlebot/2.1 (+http://www.google.com/bot.html)"),
        combined(agent="curl/8.5.0"),
        combined(agent="-"),
        combined(f"/{'a' * 300}/"),
        combined(at="yesterday"),
        own(event="starting"),
        own(method="HEAD"),
        own(status="200"),
        own(timestamp=None),
        own(user_agent="python-requests/2"),
        "{not json\n",
        "\n",
        "nothing of the kind\n",
    ],
)
def test_everything_else_is_no_read(line):
    assert read_of(line) is None


@given(st.text(max_size=200) | st.builds(combined, st.text(max_size=40)))
def test_no_line_stops_the_count(line):
    read_of(line)


@pytest.mark.django_db
def test_a_growing_log_is_counted_once_however_often_it_is_given():
    lines = [combined(client=f"192.0.2.{number}") for number in range(4)]

    assert count_reads(lines[:2]).reads == 2
    assert count_reads(lines[:2]).new_lines == 0
    assert count_reads(lines).reads == 2
    assert count_reads(lines[:3]).reads == 0
    assert sums() == {PAGE: 4}
    assert CountedLog.objects.get().lines == 4


@pytest.mark.django_db
def test_a_line_that_is_still_being_written_waits():
    first, second = combined(), combined("/models/")
    count_reads([first, second.rstrip("\n")])
    assert sums() == {PAGE: 1}

    count_reads([first, second])

    assert sums() == {PAGE: 1, "/models/": 1}


@pytest.mark.django_db
def test_logs_of_several_days_and_files_are_added_up():
    count_reads([combined(), combined(at="23/Nov/2026:10:00:00 +0000")])
    count_reads([combined(client="192.0.2.9"), own()])

    by_day = dict(PageReads.objects.values_list("day", "reads"))
    assert by_day == {DAY: 3, DAY - datetime.timedelta(days=1): 1}


@pytest.mark.django_db
def test_another_log_with_the_same_beginning_is_refused_and_changes_nothing():
    count_reads([combined(), combined("/a/"), combined("/b/")])

    with pytest.raises(AnotherLogError):
        count_reads([combined(), combined("/c/"), combined("/d/"), combined("/e/")])

    assert "/e/" not in sums()


@pytest.mark.django_db
def test_nothing_of_a_reader_is_kept():
    count_reads([combined(client="192.0.2.7")])

    for model in (PageReads, CountedLog):
        for row in model.objects.values():
            assert "192.0.2" not in str(row)
            assert "Mozilla" not in str(row)


@pytest.mark.django_db
def test_sums_are_dropped_when_they_are_old():
    PageReads.objects.create(path="/old/", day=datetime.date(2025, 1, 1), reads=9)

    count_reads([combined()])

    assert sums() == {PAGE: 1}


@pytest.mark.django_db
def test_the_command_counts_files_packed_ones_and_its_input(tmp_path, monkeypatch):
    plain, packed = tmp_path / "access.log", tmp_path / "access.log.1.gz"
    plain.write_text(combined())
    packed.write_bytes(gzip.compress(combined("/models/").encode() + b"\xff\xfe\n"))
    said = StringIO()

    call_command("count_reads", str(plain), str(packed), stdout=said)

    assert sums() == {PAGE: 1, "/models/": 1}
    assert "2 lines, 2 of them new, 1 reads of 1 pages" in said.getvalue()
    monkeypatch.setattr("sys.stdin", StringIO(combined("/hardware/")))
    call_command("count_reads", stdout=said)
    assert sums()["/hardware/"] == 1
    with pytest.raises(CommandError, match="nowhere"):
        call_command("count_reads", str(tmp_path / "nowhere"))
