// Offers names while one types into a picker, through the browser's own list.
const DELAY_MS = 200;
let lists = 0;

function listOf(input) {
  if (!input.list) {
    const list = document.createElement("datalist");
    lists += 1;
    list.id = `picker-${lists}`;
    document.body.append(list);
    input.setAttribute("list", list.id);
  }
  return input.list;
}

// A picker whose kind is still to be chosen has an address for each kind.
function pickerAddress(input) {
  const chosen = input.form?.querySelector('[name="subject"]:checked')?.value;
  return input.dataset.picker ?? input.getAttribute(`data-picker-${input.dataset.pickerSubject || chosen}`);
}

async function offer(input, picker) {
  const address = new URL(picker, location.origin);
  address.searchParams.set("term", input.value);
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) return;
  const { results } = await response.json();
  const list = listOf(input);
  list.replaceChildren(
    ...results.map((result) => {
      const option = document.createElement("option");
      option.value = result.text;
      return option;
    }),
  );
}

const waiting = new WeakMap();
document.addEventListener("input", (event) => {
  const input = event.target;
  const picker = pickerAddress(input);
  if (!picker) return;
  clearTimeout(waiting.get(input));
  waiting.set(input, setTimeout(() => offer(input, picker), DELAY_MS));
});
