"""The search page and its suggestions: what they show, and that nothing breaks them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.search.finding import search, suggest
from editorial.search.index import rebuild
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import make_ai_model, make_engine, make_hardware
from tests.comparisons.factories import make_published_comparison
from tests.kept_rows import kept_rows

pytestmark = pytest.mark.django_db

URL = "/search/"
SUGGEST = "/search/suggest/"
QUERY_SIGNS = "'\"*:&|!<>()=^#-. \0\\rtx4090"
NASTY = {
    "10 kB": "llama " * 1700,
    "one long word": "x" * 10_000,
    "NUL": "rtx\0 4090\0",
    "quotes": "\"rtx\" 'quadro' `x` “y”",
    "operators": "rtx AND OR NOT NEAR(a b) * ^ - + : ( ) { } [ ] ! & | <-> ~ #",
    "an FTS5 column": "tokens : rtx",
    "a tsquery": "'rtx':*A & !'4090' <2> x",
    "our own marks": "=rtx ^rtx #hardware",
    "SQL": "'; DROP TABLE editorial_searchentry; --",
    "markup": "<script>alert(1)</script><mark>&amp;</mark>",
    "a percent sign": "100% %s %(x)s _",
    "a backslash": "\\ \\' \\x00",
    "only punctuation": "!!! ??? --- ...",
    "emoji": "🦙 🚀 👩‍👩‍👧",
    "right to left": "لاما שלום \u202ertx\u202c",
    "combining marks": "e\u0301\u0301\u0301 \u0300",
    "full width": "ｒｔｘ４０９０",
    "other scripts": "羊驼 ラマ लामा",
    "odd digits": "٤٠٩٠ ²³ Ⅻ ½ ①",
    "many words": " ".join(f"w{number}" for number in range(90)),
    "control characters": "".join(map(chr, range(1, 32))),
    "nothing": "",
    "spaces": "   \t\n ",
}


@pytest.fixture(scope="module", autouse=True)
def _indexed(django_db_setup, django_db_blocker):
    with kept_rows(django_db_blocker):
        make_the_rows()
        yield


def make_the_rows():
    engine = make_engine("Alpha <b>&</b> engine")
    make_hardware("NVIDIA GeForce RTX 4090", slug="rtx-4090")
    make_hardware("NVIDIA GeForce RTX 4090 Laptop GPU", slug="rtx-4090-laptop")
    make_ai_model("Llama 3 8B Instruct", slug="llama-3-8b-instruct")
    make_benchmark(engine=engine)
    make_published_comparison(names=["Beta", "Gamma"])
    rebuild()


def body_of(response):
    """The page without its head, where the title repeats what was asked."""
    return response.content.decode().partition("<body>")[2]


def tags_in(html):
    return set(re.findall(r"<(/?[a-zA-Z]+)", html))


def test_results_are_grouped_and_their_words_marked(client):
    response = client.get(URL, {"q": "rtx 4090"})

    (group,) = response.context["results"].groups
    assert group.label == "Hardware"
    assert (
        '<a class="search-hit__title" href="/hardware/rtx-4090/">'
        "NVIDIA GeForce <mark>RTX</mark> <mark>4090</mark></a>"
    ) in response.content.decode()


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("rtx4090", "<mark>RTX 4090</mark>"),
        ("gefor", "<mark>GeFor</mark>ce"),
        ("geforce rtx 40", "<mark>GeForce</mark> <mark>RTX</mark> <mark>40</mark>90"),
    ],
)
def test_joined_and_unfinished_words_are_marked(client, text, marked):
    assert marked in client.get(URL, {"q": text}).content.decode()


def test_text_from_the_data_is_never_markup(client):
    for address in (URL, SUGGEST):
        html = client.get(address, {"q": "alpha b"}).content.decode()

        assert "<mark>Alpha</mark> &lt;<mark>b</mark>&gt;&amp;" in html


def test_a_kind_is_shown_alone_with_the_counts_of_the_others(client):
    response = client.get(URL, {"q": "a", "kind": "setup"})

    counts = {row.kind: row.total.number for row in response.context["results"].counts}
    assert [group.kind for group in response.context["results"].groups] == ["setup"]
    assert counts["setup"] == 1
    assert f'href="{URL}?q=a&amp;kind=setup" aria-current="page"' in body_of(response)


def test_a_long_kind_has_pages(client):
    for number in range(45):
        make_hardware(f"Quokka {number:03}")
    rebuild()

    overview = client.get(URL, {"q": "quokka"})
    last = client.get(URL, {"q": "quokka", "kind": "hardware", "page": 3})

    assert len(overview.context["results"].groups[0].hits) == 5
    assert "Show all 45" in body_of(overview)
    assert len(last.context["results"].groups[0].hits) == 5
    assert "Page 3 of 3" in body_of(last)


def test_many_matches_are_not_counted_to_the_end(client, monkeypatch):
    monkeypatch.setattr("editorial.search.dialects.COUNTED", 10)
    monkeypatch.setattr("editorial.search.results.COUNTED", 10)
    for number in range(15):
        make_hardware(f"Quokka {number:03}")
    rebuild()

    assert "10+ results for “quokka”" in body_of(client.get(URL, {"q": "quokka"}))


def test_a_slip_leads_to_what_was_meant(client):
    html = body_of(client.get(URL, {"q": "gefroce 4090"}))

    assert f'<a href="{URL}?q=geforce%204090"><strong>geforce 4090</strong>' in html
    assert "Nothing has all the words" in html


def test_nothing_found_leads_on_to_the_lists(client):
    html = body_of(client.get(URL, {"q": "zzyzx"}))

    assert "Nothing was found for “zzyzx”" in html
    for address in ("/tools/", "/hardware/", "/models/", "/benchmarks/", "/compare/"):
        assert f'href="{address}"' in html


def test_over_long_words_are_cut_and_the_page_says_so(client):
    response = client.get(URL, {"q": "geforce " * 100})

    assert "Only the first 200 characters were read." in body_of(response)
    assert len(response.context["results"].query.text) <= 200


@pytest.mark.parametrize(
    "parameters",
    [
        {"kind": "nothing"},
        {"kind": "hardware", "page": "0"},
        {"kind": "hardware", "page": "x"},
        {"kind": "hardware", "page": "77"},
        {"kind": "hardware", "page": "9" * 5000},
    ],
)
def test_bad_parameters_are_ignored_and_named(client, parameters):
    response = client.get(URL, {"q": "4090"} | parameters)

    assert response.context["ignored"]
    assert "NVIDIA GeForce RTX" in response.content.decode().replace("<mark>", "")


def test_the_page_is_kept_out_of_indexes_and_names_its_own_address(client):
    html = client.get(URL, {"q": "  4090 ", "kind": "", "utm": "x"}).content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert re.search(r'rel="canonical" href="[^"]*/search/\?q=4090"', html)


def test_a_reader_who_has_the_page_gets_304(client):
    first = client.get(URL, {"q": "4090"})

    again = client.get(URL, {"q": "4090"}, headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("rtx 4090", 2),  # counts, matches
        ("rtx 40", 2),
        ("rtx gefor", 3),  # no such word; counts of beginnings, matches
        ("", 0),
    ],
)
def test_a_search_that_finds_takes_few_statements(
    client, django_assert_num_queries, text, statements
):
    with django_assert_num_queries(statements):
        client.get(URL, {"q": text})


def test_a_search_in_vain_takes_a_bounded_number_of_statements(
    client, django_assert_max_num_queries
):
    # four steps, what is known, whether there are trigrams, three guesses, a check
    with django_assert_max_num_queries(10):
        client.get(URL, {"q": "gefroce quokak wombta zzyzx"})


def test_suggestions_take_two_statements_at_most(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        response = client.get(SUGGEST, {"q": "rtx 4"})

    assert response.content.decode().count('role="option"') == 2


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_no_text_breaks_the_page_or_puts_markup_into_it(client, text):
    plain = tags_in(body_of(client.get(URL, {"q": "zzyzx"})))
    found = tags_in(body_of(client.get(URL, {"q": "gefroce rtx"})))
    for address in (URL, SUGGEST):
        response = client.get(address, {"q": text})

        assert response.status_code == 200
        tags = tags_in(response.content.decode().rpartition("<body>")[2])
        assert tags <= plain | found


@settings(max_examples=60)
@given(
    text=st.text(max_size=60) | st.text("'\"*:&|!<>()=^#-. \0\\rtx4090", max_size=40)
)
def test_any_text_is_answered_and_comes_back_as_it_was(text):
    results = search(text)
    _, hits = suggest(text)

    names = {"".join(piece.text for piece in hit.title) for hit in hits}
    assert names == {hit.name for hit in hits}
    for group in results.groups:
        assert group.total.number >= len(group.hits) > 0
