"""People and groups without Django's two-column chooser.

Its icons carry labels that assistive technology may not read; a plain list of the
browser's own does the same work.
"""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

admin.site.unregister([Group, User])


@admin.register(Group)
class PlainGroupAdmin(GroupAdmin):
    filter_horizontal = ()


@admin.register(User)
class PlainUserAdmin(UserAdmin):
    filter_horizontal = ()
