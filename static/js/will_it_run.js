// Answers change in place. The server sends whole pages; htmx takes the part it needs.
import { startCopy } from "./copy.js";
import { startMachineTools } from "./machine_tools.js";

const status = document.querySelector("[data-run-status]");
let focused = "";
let asked = "";

function stateOf(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

// An address without empty fields; a model or engine that changed takes its own file.
function withoutEmpty(event) {
  const { parameters, elt } = event.detail;
  if (!elt.matches("[data-ask]")) return;
  const form = new FormData(elt);
  asked = stateOf(elt);
  const changed = event.detail.triggeringEvent?.target?.name;
  for (const name of new Set(form.keys())) {
    parameters.delete(name);
    if (name === "quantization" && (changed === "model" || changed === "engine")) continue;
    if (name === "cache" && changed === "engine") continue;
    if (name === "os" && changed === "hardware") continue;
    for (const value of form.getAll(name)) {
      if (value !== "") parameters.append(name, value);
    }
  }
}

function start() {
  startMachineTools();
  for (const button of document.querySelectorAll("[data-ask-go]")) {
    button.hidden = document.querySelector("[data-answer]")?.dataset.answer !== "";
  }
}

if (document.querySelector("[data-run]")) {
  start();
  document.addEventListener("htmx:configRequest", withoutEmpty);
  document.addEventListener("htmx:beforeSwap", (event) => {
    // Typed on meanwhile: this answer is too old, and the next question is on its way.
    const form = document.querySelector("[data-ask]");
    const isOfForm = event.detail.requestConfig?.elt === form;
    if (isOfForm && stateOf(form) !== asked) event.detail.shouldSwap = false;
    const { activeElement } = document;
    focused = activeElement?.name ? `[name="${activeElement.name}"]` : "";
    if (activeElement?.type === "radio") focused += `[value="${activeElement.value}"]`;
  });
  document.addEventListener("htmx:afterSwap", () => {
    const answer = document.querySelector("[data-answer]")?.dataset.answer;
    if (answer) status.textContent = answer;
    if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
    start();
    startCopy();
  });
}
