// System, light or dark: kept in the reader's browser, sent nowhere.
const root = document.documentElement;

function show(buttons, choice) {
  for (const button of buttons) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
  }
}

function choose(choice) {
  if (choice === "system") {
    delete root.dataset.theme;
    localStorage.removeItem("theme");
  } else {
    root.dataset.theme = choice;
    localStorage.setItem("theme", choice);
  }
}

export function startThemeSwitch() {
  const group = document.querySelector("[data-theme-switch]");
  if (!group) return;
  const buttons = group.querySelectorAll("[data-theme-choice]");
  group.hidden = false;
  show(buttons, root.dataset.theme ?? "system");
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    choose(button.dataset.themeChoice);
    show(buttons, button.dataset.themeChoice);
  });
}
