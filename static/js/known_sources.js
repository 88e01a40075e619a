// Tells of each address in a box of sources whether the desk knows it, once the box is
// left. Without this the form says the same when it is saved.
function addressesIn(box) {
  const heads = box.value.split("\n").map((line) => line.split("|")[0].trim());
  return [...new Set(heads)].filter((head) => /^https?:\/\/\S+$/.test(head));
}

function sentenceOf({ url, known, alike }) {
  if (known) return `Known: “${known}”.`;
  if (alike.length) return `${url} looks like “${alike[0].title}”, known as ${alike[0].url}. Name that address if it is the same page.`;
  return `${url} is new here: its title, kind and day are asked when you save.`;
}

function noteOf(box) {
  if (!box.nextElementSibling?.matches(".sources-told")) {
    const note = document.createElement("div");
    note.className = "sources-told";
    note.setAttribute("role", "status");
    box.after(note);
  }
  return box.nextElementSibling;
}

async function tell(box) {
  const urls = addressesIn(box);
  const note = noteOf(box);
  const asked = box.value;
  if (!urls.length) return note.replaceChildren();
  const address = new URL(box.dataset.knownSources, location.origin);
  for (const url of urls) address.searchParams.append("url", url);
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok || box.value !== asked) return;
  const { sources } = await response.json();
  note.replaceChildren(
    ...sources.map((source) => {
      const line = document.createElement("p");
      line.textContent = sentenceOf(source);
      return line;
    }),
  );
}

document.addEventListener("change", (event) => {
  if (event.target.dataset?.knownSources) tell(event.target);
});
document.addEventListener("paste", (event) => {
  if (event.target.dataset?.knownSources) setTimeout(() => tell(event.target));
});
