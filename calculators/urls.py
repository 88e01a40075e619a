"""Addresses of the calculators and of what is said about them."""

from django.urls import path

from calculators import machine_views, permalink_views, run_views, views
from calculators.choosing import views as choosing
from calculators.cost import views as cost

app_name = "calculators"

urlpatterns = [
    path("choose-my-gpu/", choosing.choose_my_gpu, name="choose_my_gpu"),
    path("best-gpu/", choosing.best_gpu, name="best_gpu"),
    path("cost-vs-cloud/", cost.cost_vs_cloud, name="cost_vs_cloud"),
    path("methodology/cost/", cost.methodology_cost, name="methodology_cost"),
    path("will-it-run/", run_views.will_it_run, name="will_it_run"),
    path("will-it-run/custom/", run_views.custom_build, name="custom_build"),
    path("will-it-run/keep/", permalink_views.freeze_answer, name="freeze_answer"),
    path(
        "will-it-run/p/<str:code>/",
        permalink_views.frozen_answer,
        name="frozen_answer",
    ),
    path(
        "will-it-run/model/<str:model>/",
        machine_views.model_hardware,
        name="model_hardware",
    ),
    path(
        "will-it-run/<str:hardware>/<str:model>/line.json",
        machine_views.answer_line,
        name="answer_line",
    ),
    path(
        "will-it-run/<str:hardware>/<str:model>/",
        machine_views.model_on_machine,
        name="model_on_machine",
    ),
    path(
        "will-it-run/<str:hardware>/",
        machine_views.machine_models,
        name="machine_models",
    ),
    path(
        "methodology/will-it-run/",
        views.methodology_will_it_run,
        name="methodology_will_it_run",
    ),
    path(
        "methodology/accuracy/",
        views.methodology_accuracy,
        name="methodology_accuracy",
    ),
    path("methodology/speed/", views.methodology_speed, name="methodology_speed"),
]
