"""From a question to an answer that stays true, in a real browser."""

import pytest
from playwright.sync_api import expect

from catalog.models import GIB
from tests.browser.harness import violations
from tests.calculators.factories import (
    make_card,
    make_large_llama,
    make_llama,
    make_measured,
    make_small_card,
)
from tests.catalog.factories import make_engine, make_hardware

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NVIDIA_SMI = """
+-----------------------------------------------------------------------------------------+
| NVIDIA-SMI 570.86.15              Driver Version: 570.86.15      CUDA Version: 12.8     |
|-----------------------------------------+------------------------+----------------------+
| GPU  Name                 Persistence-M | Bus-Id          Disp.A | Volatile Uncorr. ECC |
| Fan  Temp   Perf          Pwr:Usage/Cap |           Memory-Usage | GPU-Util  Compute M. |
|=========================================+========================+======================|
|   0  NVIDIA GeForce RTX 4090        Off |   00000000:01:00.0  On |                  Off |
|  0%   43C    P8             21W /  450W |     512MiB /  24564MiB |      3%      Default |
|                                         |                        |                  N/A |
+-----------------------------------------+------------------------+----------------------+
|   1  NVIDIA GeForce RTX 4090        Off |   00000000:02:00.0 Off |                  Off |
|  0%   40C    P8             18W /  450W |       4MiB /  24564MiB |      0%      Default |
|                                         |                        |                  N/A |
+-----------------------------------------+------------------------+----------------------+
"""  # noqa: E501 - as it is printed
NVIDIA_LIST = (
    "GPU 0: NVIDIA GeForce RTX 3060 (UUID: GPU-3f1c)\n"
    "GPU 1: NVIDIA GeForce RTX 4090 (UUID: GPU-77aa)\n"
)
ROCM_SMI = """
========================= ROCm System Management Interface =========================
=================================== Product Info ===================================
GPU[0]\t\t: Card Series: \t\tAMD Radeon RX 7900 XTX
GPU[0]\t\t: Card Model: \t\t0x744c
GPU[0]\t\t: Card Vendor: \t\tAdvanced Micro Devices, Inc. [AMD/ATI]
GPU[0]\t\t: Card SKU: \t\tEXT94394
==========================================================================================
"""
SYSTEM_PROFILER = """
Hardware:

    Hardware Overview:

      Model Name: MacBook Pro
      Model Identifier: Mac15,9
      Chip: Apple M3 Max
      Total Number of Cores: 16 (12 performance and 4 efficiency)
      Memory: 64 GB
      System Firmware Version: 11881.61.3
"""
LSCPU = """
Architecture:             x86_64
  CPU op-mode(s):         32-bit, 64-bit
Vendor ID:                AuthenticAMD
  Model name:             AMD RYZEN AI MAX+ 395 w/ Radeon 8060S
    CPU family:           26
"""
READ = """async (text) => {
  const paste = await import("/static/js/machine_paste.js");
  const machine = paste.readMachine(text);
  const options = [...document.querySelectorAll("#ask-pieces option")];
  const known = options.map((option) => option.value);
  if (!machine) return null;
  const names = machine.cards.length ? machine.cards : [{ name: machine.processor }];
  return {
    matches: names.map((card) => [
      paste.matchName(card.name, card.gib ?? 0, known), card.count ?? 1,
    ]),
    ram: machine.ram,
    system: machine.system,
  };
}"""


@pytest.fixture
def catalogue():
    engine = make_engine("llama.cpp", slug="llama-cpp")
    card, llama = make_card(), make_llama()
    make_small_card()
    make_large_llama()
    make_hardware("AMD Radeon RX 7900 XTX", slug="rx-7900-xtx")
    make_hardware("AMD Radeon RX 7900 XT", slug="rx-7900-xt")
    make_hardware(
        "AMD Ryzen AI Max+ 395 (Strix Halo, Radeon 8060S)",
        slug="ryzen-ai-max-plus-395",
        kind="apu",
        has_unified_memory=True,
        memory_bytes=128 * GIB,
    )
    make_hardware(
        "Apple M3 Max",
        slug="apple-m3-max",
        kind="apple_soc",
        has_unified_memory=True,
        memory_bytes=128 * GIB,
    )
    make_hardware("Apple M3", slug="apple-m3", kind="apple_soc")
    make_measured(llama, card, engine, decode_tokens_per_second=131)


def test_a_question_is_answered_changed_kept_and_shared(open_page, catalogue):
    page = open_page("/will-it-run/")
    page.evaluate("window.isTheSamePage = true")

    page.get_by_role("combobox", name="Model").fill("Llama 3.1 8B Instruct")
    page.get_by_role("combobox", name="Hardware").fill("GeForce RTX 4090")
    page.get_by_role("button", name="Work it out").click()

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Llama 3.1 8B Instruct on one GeForce RTX 4090")
    verdict = page.get_by_role("region", name="The answer")
    expect(verdict).to_contain_text("Runs, comfortable.")
    assert page.url.endswith("?model=llama-3-1-8b-instruct&hardware=rtx-4090")
    assert violations(page) == []

    page.locator("label", has_text="32k").click()

    expect(page.get_by_text("Decode, 32 768 tokens filled")).to_be_visible()
    assert "context=32768" in page.url
    assert page.evaluate("window.isTheSamePage")
    expect(page.locator("[data-run-status]")).to_contain_text("Runs, comfortable.")
    expect(page.get_by_text("this set-up", exact=True)).to_be_visible()

    page.get_by_role("button", name="Keep as a permanent link").click()

    page.wait_for_url("**/will-it-run/p/*/")
    expect(
        page.get_by_text("Asked again today, the answer is the same.")
    ).to_be_visible()
    assert violations(page) == []


def test_the_machine_is_remembered_shown_and_forgotten(open_page, catalogue):
    page = open_page("/will-it-run/?model=llama-3-1-70b&hardware=rtx-4090&count=2")
    page.get_by_role("button", name="Remember this machine").click()

    pill = page.get_by_role("link", name="My machine: two GeForce RTX 4090")
    expect(pill).to_be_visible()
    root = page.url.split("/will-it-run/")[0]
    page.goto(f"{root}/models/llama-3-1-8b-instruct/")

    shown = pill.bounding_box()
    line = page.locator("[data-machine-line]")
    expect(line).to_contain_text("On your two GeForce RTX 4090: Runs, comfortable.")
    assert pill.bounding_box() == shown, "nothing moves once the line is known"
    line.get_by_role("link", name="The whole answer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("on two GeForce")

    page.get_by_role("button", name="Forget my machine").click()

    expect(page.locator("[data-my-machine]")).to_be_hidden()


def test_pasted_output_is_read_in_the_browser(open_page, catalogue):
    page = open_page("/will-it-run/")
    requests = []
    page.on("request", lambda request: requests.append(request.post_data or ""))

    def read(text):
        return page.evaluate(READ, text)

    assert read(NVIDIA_SMI)["matches"] == [["GeForce RTX 4090", 2]]
    assert read(NVIDIA_LIST)["matches"] == [
        ["GeForce RTX 3060", 1],
        ["GeForce RTX 4090", 1],
    ]
    assert read(ROCM_SMI)["matches"] == [["AMD Radeon RX 7900 XTX", 1]]
    apple = read(SYSTEM_PROFILER)
    assert apple == {"matches": [["Apple M3 Max", 1]], "ram": 64, "system": "macos"}
    strix = "AMD Ryzen AI Max+ 395 (Strix Halo, Radeon 8060S)"
    assert read(LSCPU)["matches"] == [[strix, 1]]
    assert read("nothing of the kind") is None
    assert not any("RTX" in data for data in requests)

    page.get_by_text("Paste what your computer says").click()
    page.get_by_label("Output of").fill(NVIDIA_LIST)
    page.get_by_role("button", name="Read it").click()

    page.wait_for_url("**/will-it-run/custom/?*")
    expect(page.get_by_role("combobox", name="Hardware 2")).to_have_value(
        "GeForce RTX 4090"
    )


def test_the_pages_are_complete_on_a_phone_and_without_scripts(open_page, catalogue):
    for path in (
        "/will-it-run/?model=llama-3-1-70b&hardware=rtx-4090",
        "/will-it-run/custom/?model=llama-3-1-70b&hardware=rtx-4090&hardware=rtx-3060",
        "/will-it-run/rtx-4090/",
        "/will-it-run/model/llama-3-1-8b-instruct/",
        "/hardware/rtx-4090/",
        "/models/llama-3-1-70b/",
        "/methodology/will-it-run/",
    ):
        page = open_page(path, width=390, scheme="dark")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

    page = open_page(
        "/will-it-run/?model=llama-3-1-70b&hardware=rtx-4090", scripts=False
    )
    page.locator("label", has_text="q8_0").click()
    page.get_by_role("button", name="Work it out again").click()
    assert "cache=q8_0" in page.url
    expect(page.get_by_role("heading", name="Why not, and the nearest")).to_be_visible()
