// Keeps ticked rows while one pages and filters. Without scripts the ticks of one page count.
const MOST = 4;
const LEAST = 2;

function read(key) {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(key) ?? "[]"));
  } catch {
    return new Map();
  }
}

function write(key, chosen) {
  try {
    sessionStorage.setItem(key, JSON.stringify([...chosen]));
  } catch {
    // Storage is barred: the ticks of this page still count.
  }
}

function sentence(names) {
  if (names.length === 0) return "Tick two to four rows to set them side by side.";
  if (names.length < LEAST) return `${names[0]}: tick at least one more.`;
  const most = names.length === MOST ? " That is as many as fit." : "";
  return `${names.join(" · ")}.${most}`;
}

export function startTray() {
  const tray = document.querySelector("[data-tray]");
  if (!tray) return;
  const key = `tray-${tray.dataset.tray}`;
  const words = tray.querySelector("[data-tray-words]");
  const clear = tray.querySelector("[data-tray-clear]");
  const submit = tray.querySelector("[type=submit]");
  const boxes = [...document.querySelectorAll("input[name=side][form=tray]")];
  const chosen = read(key);

  function show() {
    for (const box of boxes) {
      box.checked = chosen.has(box.value);
      box.disabled = !box.checked && chosen.size >= MOST;
    }
    for (const extra of tray.querySelectorAll("input[type=hidden]")) extra.remove();
    for (const slug of chosen.keys()) {
      if (boxes.some((box) => box.value === slug)) continue;
      const extra = document.createElement("input");
      extra.type = "hidden";
      extra.name = "side";
      extra.value = slug;
      tray.append(extra);
    }
    tray.classList.toggle("tray--chosen", chosen.size > 0);
    words.textContent = sentence([...chosen.values()]);
    clear.hidden = chosen.size === 0;
    submit.disabled = chosen.size < LEAST;
  }

  for (const box of boxes) {
    box.addEventListener("change", () => {
      if (box.checked) chosen.set(box.value, box.dataset.name);
      else chosen.delete(box.value);
      write(key, chosen);
      show();
    });
  }
  clear.addEventListener("click", () => {
    chosen.clear();
    write(key, chosen);
    show();
  });
  show();
}
