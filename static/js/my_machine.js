// The reader's own machine, kept in this browser only: no account, nothing is sent.
const KEY = "machine";
const NAME_LENGTH = 60;
const MAKERS = /\b(?:NVIDIA GeForce|NVIDIA|AMD Radeon|AMD|Intel) /g;

export function rememberedMachine() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return typeof found?.query === "string" && typeof found?.name === "string" ? found : null;
  } catch {
    return null;
  }
}

export function remember(machine) {
  try {
    localStorage.setItem(KEY, JSON.stringify(machine));
  } catch {
    // Storage is barred: the page works as before, it only remembers nothing.
  }
  showMachine();
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
  showMachine();
}

// Only cards of one kind have pages of their own.
function slugAndRest(machine) {
  const parameters = new URLSearchParams(machine.query);
  const slugs = parameters.getAll("hardware");
  parameters.delete("hardware");
  return { slug: slugs.length === 1 ? slugs[0] : "", rest: parameters.toString() };
}

function withQuery(path, query) {
  return query ? `${path}?${query}` : path;
}

async function showLine(line, machine) {
  const model = line.dataset.machineLine;
  const { slug, rest } = slugAndRest(machine);
  const link = document.createElement("a");
  if (!slug) {
    link.href = `/will-it-run/custom/?model=${model}&${machine.query}`;
    link.textContent = "ask whether it runs";
    line.replaceChildren(`On your ${machine.name}: `, link, ".");
    return;
  }
  const answer = await fetch(
    withQuery(`/will-it-run/${encodeURIComponent(slug)}/${model}/line.json`, rest),
  );
  if (!answer.ok) return;
  const { opening, sentence, href } = await answer.json();
  const strong = document.createElement("strong");
  strong.textContent = opening;
  link.href = href;
  link.textContent = "The whole answer";
  line.replaceChildren(`On your ${machine.name}: `, strong, ` ${sentence} `, link);
}

export function showMachine() {
  const machine = rememberedMachine();
  document.documentElement.toggleAttribute("data-machine", machine !== null);
  for (const pill of document.querySelectorAll("[data-my-machine]")) {
    if (!machine) continue;
    const { slug, rest } = slugAndRest(machine);
    const name = machine.name.slice(0, NAME_LENGTH);
    pill.textContent = name.replace(MAKERS, "");
    pill.title = `My machine: ${name}`;
    pill.setAttribute("aria-label", `My machine: ${pill.textContent}`);
    pill.href = slug
      ? withQuery(`/will-it-run/${encodeURIComponent(slug)}/`, rest)
      : `/will-it-run/custom/?${machine.query}`;
  }
  for (const button of document.querySelectorAll("[data-machine-forget]")) {
    button.hidden = machine === null;
  }
  if (!machine) return;
  for (const line of document.querySelectorAll("[data-machine-line]")) {
    showLine(line, machine).catch(() => {
      // The line keeps its link to the question.
    });
  }
}
