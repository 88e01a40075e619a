"""Addresses of the calculators and of what is said about them."""

from django.urls import path

from calculators import views

app_name = "calculators"

urlpatterns = [
    path(
        "methodology/accuracy/",
        views.methodology_accuracy,
        name="methodology_accuracy",
    ),
    path("methodology/speed/", views.methodology_speed, name="methodology_speed"),
]
