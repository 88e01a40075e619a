// Keeps what is typed in a private copy, and says who else has the form open.
const TYPING_MS = 2000;
const PULSE_MS = 30000;
const KEEPALIVE_BYTES = 60000; // browsers send no more than this from a closing page

const marker = document.querySelector("[data-scratch-url]");

function start(marker) {
  const form = marker.form;
  const status = document.querySelector("[data-kept]");
  const present = document.querySelectorAll("[data-present]");
  const token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
  let timer;
  let isSubmitting = false;

  function fields() {
    return [...new FormData(form)].filter(
      ([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string",
    );
  }
  let sent = JSON.stringify(fields());

  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  function showPresent(names) {
    const are = names.length === 1 ? "has" : "have";
    for (const line of present) {
      const text = names.length ? `${names.join(", ")} ${are} this form open too.` : "";
      if (line.textContent !== text) line.textContent = text;
      line.hidden = !text;
    }
  }

  async function send({ isClosing = false } = {}) {
    if (isSubmitting) return;
    const now = JSON.stringify(fields());
    const isChanged = now !== sent;
    if (isClosing && !isChanged) return;
    const body = isChanged ? `{"key": "${marker.value}", "fields": ${now}}` : "{}";
    const keepalive = isClosing && body.length < KEEPALIVE_BYTES;
    try {
      const response = await fetch(marker.dataset.scratchUrl, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body,
        keepalive,
      });
      if (!response.ok) {
        const { error } = await response.json().catch(() => ({}));
        say(`${error ?? "What you type is not being kept."} Save before you leave.`);
        return;
      }
      const answer = await response.json();
      if (isChanged) {
        sent = now;
        say(`Kept at ${answer.kept_at} UTC`);
      }
      showPresent(answer.present);
    } catch {
      if (isChanged) say("Not kept: no answer from the server. Save before you leave.");
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(send, TYPING_MS);
  }
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("formset:added", soon);
  form.addEventListener("submit", () => {
    isSubmitting = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send({ isClosing: true });
    else send();
  });
  setInterval(() => document.visibilityState === "visible" && send(), PULSE_MS);
  send();
}

if (marker) start(marker);
