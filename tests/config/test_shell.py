"""What concerns every page: health, headers, ids, maps and error pages."""

import datetime
import json
import re

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.test import RequestFactory, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.views import server_error
from tests.comparisons.factories import make_published_comparison

pytestmark = pytest.mark.django_db


def test_health_tells_database_migrations_and_jobs_apart(client):
    report = client.get("/healthz").json()

    assert report["healthy"] is True
    assert report["database"] == "ok"
    assert report["migrations"] == {"state": "ok", "pending": []}
    assert report["jobs"] == {"state": "ok", "oldest_waiting_seconds": None}


def test_health_gives_the_age_of_the_oldest_waiting_job(client):
    earlier = timezone.now() - datetime.timedelta(minutes=5)
    job = DBTaskResult.objects.create(
        task_path="tests.nothing", args_kwargs={}, backend_name="default"
    )
    DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=earlier)

    seconds = client.get("/healthz").json()["jobs"]["oldest_waiting_seconds"]

    assert 299 <= seconds <= 310


def test_health_is_red_without_a_database(client, monkeypatch):
    def refuse(*args, **options):
        raise DatabaseError("gone")

    monkeypatch.setattr(type(connections["default"]), "cursor", refuse)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["database"] == "unreachable"
    assert "Traceback" not in response.content.decode()


def test_health_names_a_migration_that_is_not_applied(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'comparisons'")

    response = client.get("/healthz")

    assert response.status_code == 503
    assert "comparisons.0001_initial" in response.json()["migrations"]["pending"]


def test_the_policy_allows_nothing_inline_and_no_other_host(client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "http" not in policy
    for rule in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy


def test_security_headers_are_on_every_page(client):
    response = client.get("/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_request_keeps_the_id_that_a_proxy_gave_it(client):
    response = client.get("/", headers={"X-Request-ID": "from-the-proxy-1"})

    assert response["X-Request-ID"] == "from-the-proxy-1"


def test_an_id_that_is_not_well_formed_is_replaced(client):
    response = client.get("/", headers={"X-Request-ID": "a b\tc<script>"})

    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])


def test_the_missing_page_says_so_and_leads_on(client):
    response = client.get("/nothing/")

    assert response.status_code == 404
    assert "Nothing at this address" in response.content.decode()


def test_the_failure_page_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "failed on our side" in response.content.decode()


def test_the_site_map_holds_published_pages_with_their_day(client):
    make_published_comparison(names=["Alpha", "Beta"])

    page = client.get("/sitemap.xml").content.decode()

    today = timezone.now().date().isoformat()
    address = f"{settings.SITE_URL}/compare/engines/alpha-vs-beta/"
    assert f"<loc>{address}</loc><lastmod>{today}</lastmod>" in page


def test_the_feed_names_each_version_once(client):
    make_published_comparison(title="Alpha vs Beta")

    page = client.get("/feed.atom").content.decode()

    assert page.count("<entry>") == 1
    assert "Alpha vs Beta" in page


def test_structured_data_cannot_break_out_of_its_element(client):
    make_published_comparison(
        names=["Alpha", "Beta"], title="</script><script>alert(1)</script>"
    )

    page = client.get("/compare/engines/alpha-vs-beta/").content.decode()

    found = re.search(r'application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(found.group(1))
    assert data["@graph"][0]["headline"].startswith("</script>")


def test_every_page_has_title_description_and_canonical_address(client):
    make_published_comparison(names=["Alpha", "Beta"])

    for path in ("/", "/compare/", "/methodology/", "/compare/engines/alpha-vs-beta/"):
        page = client.get(path).content.decode()
        assert re.search(r"<title>[^<]{5,}</title>", page), path
        assert re.search(r'name="description" content="[^"]{40,}', page), path
        assert f'rel="canonical" href="{settings.SITE_URL}{path}"' in page


@override_settings(AFFILIATE_STATEMENT="Some links earn us a commission.")
def test_the_foot_of_every_page_says_what_the_site_earns(client):
    assert "Some links earn us" in client.get("/").content.decode()


def test_a_job_that_is_to_run_later_is_not_late(client):
    earlier = timezone.now() - datetime.timedelta(minutes=5)
    for run_after in (60, -60):
        job = DBTaskResult.objects.create(
            task_path="tests.nothing",
            args_kwargs={},
            backend_name="default",
            run_after=timezone.now() + datetime.timedelta(seconds=run_after),
        )
        DBTaskResult.objects.filter(pk=job.pk).update(enqueued_at=earlier)

    seconds = client.get("/healthz").json()["jobs"]["oldest_waiting_seconds"]

    assert 59 <= seconds <= 70
