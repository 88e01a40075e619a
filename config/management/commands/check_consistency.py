"""Say what does not fit together on the published site."""

import json

from django.core.management.base import BaseCommand, CommandError

from editorial.consistency.checking import check_consistency
from editorial.consistency.findings import finding_kinds


class Command(BaseCommand):
    help = (
        "Search published texts and facts for contradictions, dead links and the like. "
        "Exits with 1 where a finding is severe."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--kind",
            dest="kinds",
            action="append",
            choices=finding_kinds(),
            default=[],
            help="Only this kind of finding; may be given several times.",
        )
        parser.add_argument("--json", dest="is_json", action="store_true")

    def handle(self, kinds, is_json, **options):
        report = check_consistency(kinds)
        if is_json:
            self.stdout.write(json.dumps(_as_data(report), indent=1))
        else:
            self._print(report)
        if report.has_severe:
            raise CommandError("Some findings are severe.")

    def _print(self, report):
        for group in report.groups:
            self.stdout.write(f"{group.label}: {len(group.findings)}")
            for finding in group.findings:
                self.stdout.write(f"  {finding.severity:6}  {finding.place.path}")
                self.stdout.write(f"          {finding.sentence}")
                self.stdout.write(f"          {finding.advice}")
        self.stdout.write(f"{report.count} findings in {report.seconds:.1f} s")


def _as_data(report):
    return [
        {
            "kind": group.kind,
            "severity": finding.severity,
            "type": finding.place.type,
            "uid": str(finding.place.uid),
            "path": finding.place.path,
            "anchor": finding.place.anchor,
            "sentence": finding.sentence,
            "advice": finding.advice,
        }
        for group in report.groups
        for finding in group.findings
    ]
