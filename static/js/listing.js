// Lists update in place. The server answers whole pages; htmx takes the part it needs.
import { startTray } from "./tray.js";

const frame = document.querySelector("[data-listing]");
const status = document.querySelector("[data-listing-status]");
let opened = new Set();
let asked = "";

function stateOf(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

function detailsOf(part) {
  return [...part.querySelectorAll("details[id]")];
}

// An address without empty fields, and without what is the default anyway.
function withoutDefaults(event) {
  const { parameters, elt } = event.detail;
  if (!elt.matches("[data-filters]")) return;
  const form = new FormData(elt);
  asked = stateOf(elt);
  const order = document.querySelector("#sort");
  const isDefaultOrder = order?.selectedOptions[0]?.hasAttribute("data-default");
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => value !== "");
    parameters.delete(name);
    if (name === "sort" && isDefaultOrder) continue;
    if (name === "columns" && !elt.hasAttribute("data-columns-chosen")) continue;
    for (const value of values) parameters.append(name, value);
  }
}

// Ticked or typed before the scripts were there: nobody has asked for those rows yet.
function isUnasked(field) {
  if (field.matches("[type=checkbox], [type=radio]")) {
    return field.checked !== field.defaultChecked;
  }
  if (field.matches("select")) {
    const shown = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(shown, 0);
  }
  return field.matches("input") && field.value !== field.defaultValue;
}

function start() {
  document.querySelectorAll("[data-filters-apply]").forEach((button) => {
    button.hidden = button.closest(".menu") !== null || matchMedia("(min-width: 64rem)").matches;
  });
  const form = document.querySelector("[data-filters]");
  if (new URLSearchParams(location.search).has("columns")) {
    form.setAttribute("data-columns-chosen", "");
  }
  startTray();
}

if (frame) {
  start();
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("[data-filters]");
    const unasked = [...form.elements].filter(isUnasked);
    if (unasked.some(({ name }) => name === "columns")) form.setAttribute("data-columns-chosen", "");
    if (unasked.length) form.dispatchEvent(new Event("change"));
  });
  // Fields outside the form belong to it, but htmx listens on the form alone.
  frame.addEventListener("change", (event) => {
    const { target } = event;
    if (target.form?.id !== "filters" || target.form.contains(target)) return;
    if (target.name === "columns") target.form.setAttribute("data-columns-chosen", "");
    target.form.dispatchEvent(new Event("change"));
  });
  document.addEventListener("htmx:configRequest", withoutDefaults);
  document.addEventListener("htmx:beforeSwap", (event) => {
    // Ticked again meanwhile: this answer is too old, and the next one is under way.
    const form = document.querySelector("[data-filters]");
    const isOfForm = event.detail.requestConfig?.elt === form;
    if (isOfForm && stateOf(form) !== asked) event.detail.shouldSwap = false;
    opened = new Set(detailsOf(frame).filter((each) => each.open).map((each) => each.id));
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const each of detailsOf(frame)) each.open = opened.has(each.id);
    start();
    const total = frame.querySelector("[data-total]")?.dataset.total;
    if (total) status.textContent = total;
  });
}
