"""The rows that comparisons of each kind usually need. Editors change them freely."""

from django.db import migrations

TEMPLATES = [
    (
        "engine",
        "Engines for serving",
        [
            ("Speed under load", "Tokens per second with many users at once.", "higher"),
            ("Hardware it runs on", "Makers and generations it supports.", "broader"),
            ("Effort to first answer", "Time from nothing to a first token.", "sooner"),
            ("Wait for new models", "Days from a release to a run.", "sooner"),
            ("One model over several cards", "How well it splits a model.", "higher"),
            ("Low-precision weights", "Formats with fast kernels: FP8, INT4.", "broader"),
            ("Documentation and help", "What is written, who answers.", "higher"),
            ("Upkeep", "Hours a month to keep it running.", "lower"),
        ],
    ),
    (
        "hardware",
        "Hardware for one machine",
        [
            ("Memory for weights", "The largest model that fits, in GB.", "higher"),
            ("Memory bandwidth", "Bounds the speed of writing, in GB/s.", "higher"),
            ("Reading speed", "Prompt tokens per second.", "higher"),
            ("Power and heat", "Watts under load, and what cooling they ask.", "lower"),
            ("Price for its memory", "Price per GB, with its day.", "lower"),
            ("Engines that support it", "Which run without patches.", "broader"),
            ("Room to grow", "A second card, a larger board.", "higher"),
        ],
    ),
    (
        "model",
        "Models for one task",
        [
            ("Quality at the task", "By named tests, with their versions.", "higher"),
            ("Memory it needs", "GB at the quantisation that is compared.", "lower"),
            ("Speed on equal hardware", "Tokens per second, one user.", "higher"),
            ("Long inputs", "Tokens that it still uses well.", "higher"),
            ("Languages", "Those that it was trained and tested in.", "broader"),
            ("Licence", "What one may do with it.", "broader"),
            ("Engines that run it", "Without patches, on release day.", "broader"),
        ],
    ),
    (
        "deployment",
        "Ways to deploy",
        [
            ("Cost to begin", "Money before the first answer.", "lower"),
            ("Cost of a month", "At a stated load.", "lower"),
            ("Privacy", "Who can read prompts and answers.", "higher"),
            ("Effort to run", "Hours a month.", "lower"),
            ("Room for a larger load", "How it grows, and how fast.", "higher"),
            ("Choice of models", "Which can be run.", "broader"),
            ("Time to the first answer", "From the decision to a token.", "sooner"),
        ],
    ),
]


def add_templates(apps, schema_editor):
    template_model = apps.get_model("comparisons", "DimensionTemplate")
    for subject, name, rows in TEMPLATES:
        template = template_model.objects.create(subject=subject, name=name)
        for position, (label, gloss, direction) in enumerate(rows, start=1):
            template.rows.create(
                label=label, gloss=gloss, direction=direction, position=position
            )


class Migration(migrations.Migration):
    dependencies = [("comparisons", "0003_dimension_templates")]

    operations = [migrations.RunPython(add_templates, migrations.RunPython.noop)]
