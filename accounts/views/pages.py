"""What these pages share: the admin's frame, and that nothing keeps them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers


def account_page(
    request: HttpRequest, template: str, **context: Any
) -> TemplateResponse:
    """A page from `templates/admin/accounts/`."""
    context = {**admin.site.each_context(request), **context}
    response = TemplateResponse(request, f"admin/accounts/{template}.html", context)
    add_never_cache_headers(response)
    return response
