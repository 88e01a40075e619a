// Suggestions under the search box of the header, and "/" to reach it. Without scripts
// the box is a form that leads to the search page.
const PAUSE_MS = 120;
const OPEN_NONE = -1;

function isTyping(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

export function startSearch() {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const box = form.querySelector("input[name=q]");
  const list = form.querySelector("[data-search-options]");
  const status = form.querySelector("[data-search-status]");
  let options = [];
  let active = OPEN_NONE;
  let waiting = null;
  let request = null;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  form.querySelector("[data-search-key]").hidden = false;

  function choose(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (!option) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  function show(isOpen) {
    list.hidden = !isOpen;
    box.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) choose(OPEN_NONE);
  }

  function close() {
    clearTimeout(waiting);
    request?.abort();
    show(false);
  }

  async function ask(text) {
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    const address = new URL(form.dataset.suggestUrl, location.href);
    address.searchParams.set("q", text);
    try {
      const response = await fetch(address, { signal });
      const fragment = response.ok ? await response.text() : "";
      if (signal.aborted || box.value.trim() !== text) return;
      choose(OPEN_NONE);
      list.innerHTML = fragment;
      options = [...list.querySelectorAll("[role=option]")];
      show(options.length > 0);
      const number = options.length === 1 ? "1 suggestion" : `${options.length} suggestions`;
      status.textContent = options.length ? `${number}. Use the arrow keys.` : "No suggestions.";
    } catch {
      // A newer request took its place, or the network is gone: the form still works.
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    const text = box.value.trim();
    if (!text) {
      status.textContent = "";
      close();
      return;
    }
    waiting = setTimeout(() => ask(text), PAUSE_MS);
  });

  box.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && isOpen && options[active]) {
      event.preventDefault();
      location.assign(options[active].dataset.url);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length || !box.value.trim()) return;
      event.preventDefault();
      show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1; // one of them is the box itself
      choose(((active + 1 + step + places) % places) - 1);
    }
  });

  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("keydown", (event) => {
    const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
    if (event.key !== "/" || !isPlain || isTyping(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  show(false);
}
