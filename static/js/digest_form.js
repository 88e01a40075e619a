// The sign-up in the foot: asks for the mark of the time once somebody begins to type,
// so that the form needs no second page. Without an answer it goes the longer way.
export function startDigestForm() {
  const form = document.querySelector("[data-digest-form]");
  if (!form) return;
  form.addEventListener("focusin", () => fetchMark(form), { once: true });
}

async function fetchMark(form) {
  try {
    const response = await fetch(form.dataset.digestForm, {
      headers: { Accept: "application/json" },
    });
    if (response.ok) form.elements.began.value = (await response.json()).began;
  } catch {
    // offline, or a reader who left the page: the form still works
  }
}
