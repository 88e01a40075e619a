"""Keep an answer under a short address, and read it there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from calculators.answer_page import Answer, answer_to
from calculators.answers import Answers
from calculators.freezing import LIMITS, CannotFreezeError, freeze, moved
from calculators.known_names import KnownNames
from calculators.machine_views import crumbs
from calculators.models import FrozenAnswer
from calculators.questions import read_question
from editorial.anonymous_forms import is_from_this_site, refusal
from editorial.conditional import conditional

LONGEST_QUESTION = 1000
NOT_FROM_HERE = "Only a page of this site can keep an answer. Ask again from here."


def todays_answer(question: str) -> Answer | None:
    names = KnownNames()
    asked, _ = read_question(QueryDict(question[:LONGEST_QUESTION]), names)
    if not asked.is_complete:
        return None
    return answer_to(asked, Answers(), names)[0]


@csrf_exempt  # without a session there is no token; the origin is checked instead
@require_POST
def freeze_answer(request: HttpRequest) -> HttpResponse:
    """The answer is worked out here: nothing that was sent is kept but the question."""
    if not is_from_this_site(request):
        return _refused(request, NOT_FROM_HERE, 403)
    if sentence := refusal(request, LIMITS):
        return _refused(request, sentence, 429)
    try:
        return redirect(freeze(todays_answer(request.POST.get("question", ""))))
    except CannotFreezeError as error:
        return _refused(request, str(error), 422)


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    context = {"sentence": sentence, "crumbs": crumbs()}
    return render(request, "calculators/not_kept.html", context, status=status)


@require_safe
def frozen_answer(request: HttpRequest, code: str) -> HttpResponse:
    """What was answered that day; below it what has moved since, if anything."""
    frozen = get_object_or_404(FrozenAnswer, code=code)
    context = {
        "frozen": frozen,
        "moved": moved(frozen, todays_answer(frozen.question)),
        "crumbs": crumbs(),
        "canonical_url": f"{settings.SITE_URL}{frozen.get_absolute_url()}",
    }
    page = render(request, "calculators/frozen_answer.html", context)
    return conditional(request, page)
