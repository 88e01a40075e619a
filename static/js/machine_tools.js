// Beside a question: remember this machine, forget it, or read it from pasted output.
import { matchName, readMachine } from "./machine_paste.js";
import { forget, remember, showMachine } from "./my_machine.js";

function knownPieces() {
  return [...document.querySelectorAll("#ask-pieces option")].map((option) => option.value);
}

// What was understood, as parameters of a question, and a sentence about it.
function understood(text) {
  const machine = readMachine(text);
  if (!machine) return { sentence: "None of the four outputs was recognised. Type the name instead." };
  const known = knownPieces();
  const found = machine.cards.map((card) => ({ ...card, match: matchName(card.name, card.gib, known) }));
  if (machine.processor && found.length === 0) {
    found.push({ name: machine.processor, count: 1, match: matchName(machine.processor, 0, known) });
  }
  const missing = found.filter((card) => !card.match).map((card) => card.name);
  if (missing.length > 0) {
    return { sentence: `The catalogue has no ${missing.join(" and no ")}. Pick the nearest by hand.` };
  }
  const names = found.map((card) => `${card.count} × ${card.match}`).join(" and ");
  const ram = machine.ram ? `, ${machine.ram} GB of memory` : "";
  return { found, machine, sentence: `Read: ${names}${ram}. Nothing was sent.` };
}

function ask(found, machine) {
  const form = document.querySelector("[data-ask]");
  const parameters = new URLSearchParams();
  for (const name of ["model", "context", "cache", "parallel", "engine"]) {
    const value = new FormData(form).get(name);
    if (value) parameters.append(name, value);
  }
  for (const card of found) {
    parameters.append("hardware", card.match);
    parameters.append("count", card.count);
  }
  if (machine.ram) parameters.append("ram", machine.ram);
  parameters.append("os", machine.system);
  const path = found.length > 1 ? "/will-it-run/custom/" : "/will-it-run/";
  location.assign(`${path}?${parameters}`);
}

export function startMachineTools() {
  const tools = document.querySelector("[data-machine-tools]");
  if (!tools || tools.dataset.started) return;
  tools.dataset.started = "yes";
  tools.hidden = false;
  const status = tools.querySelector("[data-machine-status]");
  const keep = tools.querySelector("[data-machine-remember]");
  keep?.addEventListener("click", () => {
    const { machineName, machineQuery } = keep.dataset;
    remember({ name: machineName, query: machineQuery });
    status.textContent = `${machineName} is remembered in this browser, and shown on every page.`;
  });
  tools.querySelector("[data-machine-forget]").addEventListener("click", () => {
    forget();
    status.textContent = "Forgotten.";
  });
  tools.querySelector("[data-machine-read]").addEventListener("click", () => {
    const { sentence, found, machine } = understood(tools.querySelector("textarea").value);
    status.textContent = sentence;
    if (found) ask(found, machine);
  });
  showMachine();
}
