"""Frozen documents as the pages that readers see."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from editorial.reading import Page


def render_comparison(request: HttpRequest, page: Page) -> HttpResponse:
    return HttpResponse(page.body["title"])


def render_verdict(request: HttpRequest, page: Page) -> HttpResponse:
    return HttpResponse(page.body["title"])
