// Reads what nvidia-smi, rocm-smi, system_profiler or lscpu printed. Nothing leaves the page.
const MIB_IN_GIB = 1024;

// "24576MiB" on the line after a card's name belongs to that card.
function fromNvidia(text) {
  const cards = [];
  for (const line of text.split("\n")) {
    const listed = line.match(/^GPU \d+: (.+?)(?: \(UUID|$)/);
    const row = line.match(/^\|\s+\d+\s+((?:NVIDIA|Tesla|Quadro|GeForce|RTX|GTX)\s?.*?)\s+(?:On|Off|TCC|WDDM)\b/);
    if (listed || row) cards.push({ name: (listed ?? row)[1].trim(), gib: 0 });
    const memory = line.match(/\d+MiB\s*\/\s*(\d+)MiB/);
    const last = cards.at(-1);
    if (memory && last && !last.gib) last.gib = Math.round(Number(memory[1]) / MIB_IN_GIB);
  }
  return cards;
}

function fromRocm(text) {
  const names = new Map();
  for (const line of text.split("\n")) {
    const found = line.match(/^GPU\[(\d+)\]\s*:\s*Card [Ss]eries:\s*(.+?)\s*$/);
    const product = line.match(/^GPU\[(\d+)\]\s*:\s*(?:Device Name|Card [Mm]odel):\s*(\D.+?)\s*$/);
    if (found) names.set(found[1], found[2]);
    else if (product && !names.has(product[1])) names.set(product[1], product[2]);
  }
  const sizes = [...text.matchAll(/VRAM Total Memory \(B\):\s*(\d+)/g)];
  return [...names.values()].map((name, place) => ({
    name,
    gib: sizes[place] ? Math.round(Number(sizes[place][1]) / 2 ** 30) : 0,
  }));
}

function fromApple(text) {
  const chip = text.match(/^\s*(?:Chip|Chipset Model):\s*(Apple M.+?)\s*$/m);
  const memory = text.match(/^\s*Memory:\s*(\d+) GB\s*$/m);
  return chip ? { name: chip[1], ram: memory ? Number(memory[1]) : 0 } : null;
}

function fromProcessor(text) {
  const found = text.match(/^\s*Model name:\s*(.+?)\s*$/m);
  if (!found) return null;
  return found[1].replace(/\((?:R|TM)\)/gi, "").replace(/\s+w\/.*$/, "");
}

// {cards: [{name, gib, count}], ram, system, processor}; null where nothing is recognised.
export function readMachine(text) {
  const apple = fromApple(text);
  if (apple) {
    return { cards: [{ name: apple.name, gib: 0, count: 1 }], ram: apple.ram, system: "macos", processor: "" };
  }
  const cards = [];
  for (const card of [...fromNvidia(text), ...fromRocm(text)]) {
    const same = cards.find((each) => each.name === card.name && each.gib === card.gib);
    if (same) same.count += 1;
    else cards.push({ ...card, count: 1 });
  }
  const processor = fromProcessor(text) ?? "";
  if (cards.length === 0 && !processor) return null;
  const system = /\b(?:WDDM|TCC)\b/.test(text) ? "windows" : "linux";
  return { cards, ram: 0, system, processor };
}

function words(name) {
  return name
    .toLowerCase()
    .replace(/\b(?:nvidia|geforce|amd|radeon|graphics|tesla|quadro|ryzen|with|generation)\b/g, " ")
    .replace(/\(.*?\)/g, " ")
    .replace(/[^a-z0-9+]+/g, " ")
    .replace(/(\d)\s*gb\b/g, "$1gb")
    .trim()
    .split(/\s+/)
    .filter(Boolean);
}

// The name of the catalogue that means the same; "" where none does for certain.
export function matchName(name, gib, known) {
  const wanted = words(name);
  const sized = gib ? [...wanted, `${gib}gb`] : wanted;
  for (const target of [sized, wanted]) {
    const key = [...target].sort().join(" ");
    const same = known.find((each) => [...words(each)].sort().join(" ") === key);
    if (same) return same;
  }
  const holding = known.filter((each) => {
    const have = words(each);
    return wanted.every((word) => have.includes(word));
  });
  const exact = gib ? holding.filter((each) => words(each).includes(`${gib}gb`)) : [];
  if (exact.length > 0) return exact[0];
  return holding.length === 1 ? holding[0] : "";
}
