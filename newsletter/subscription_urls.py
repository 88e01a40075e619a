"""Signing up, confirming, leaving, preferences, and one's own data."""

from django.urls import path

from newsletter import data_views, preference_views, sign_up_views, token_views

urlpatterns = [
    path("", sign_up_views.sign_up, name="sign_up"),
    path("mark/", sign_up_views.sign_up_mark, name="sign_up_mark"),
    path("asked/", sign_up_views.sign_up_asked, name="sign_up_asked"),
    path("confirm/<str:token>/", token_views.confirm, name="confirm"),
    path("leave/<str:token>/", token_views.leave, name="leave"),
    path("preferences/<str:token>/", preference_views.preferences, name="preferences"),
    path("my-data/", data_views.my_data, name="my_data"),
    path("my-data/asked/", data_views.my_data_asked, name="my_data_asked"),
    path("my-data/open/<str:token>/", data_views.my_data_open, name="my_data_open"),
]
