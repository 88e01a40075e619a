"""Addresses of the calculators and of what is said about them."""

from django.urls import path

from calculators import views
from calculators.choosing import views as choosing
from calculators.cost import views as cost

app_name = "calculators"

urlpatterns = [
    path("choose-my-gpu/", choosing.choose_my_gpu, name="choose_my_gpu"),
    path("best-gpu/", choosing.best_gpu, name="best_gpu"),
    path("cost-vs-cloud/", cost.cost_vs_cloud, name="cost_vs_cloud"),
    path("methodology/cost/", cost.methodology_cost, name="methodology_cost"),
    path(
        "methodology/accuracy/",
        views.methodology_accuracy,
        name="methodology_accuracy",
    ),
    path("methodology/speed/", views.methodology_speed, name="methodology_speed"),
]
