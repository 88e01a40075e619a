// Adds ticked situations up as they are ticked. Without scripts the button does.
function sentence(ticked) {
  if (ticked.length === 0) return "";
  const votes = new Map();
  for (const box of ticked) {
    const side = box.dataset.side;
    if (side) votes.set(side, (votes.get(side) ?? 0) + 1);
  }
  const situations = ticked.length === 1 ? "1 situation" : `${ticked.length} situations`;
  const best = Math.max(0, ...votes.values());
  const leaders = [...votes].filter(([, count]) => count === best);
  if (best === 0 || leaders.length > 1) {
    const does = ticked.length === 1 ? "does" : "do";
    return `Your ${situations} ${does} not point to one side.`;
  }
  const speaks = best === 1 ? "speaks" : "speak";
  return `${best} of your ${situations} ${speaks} for ${leaders[0][0]}.`;
}

export function startRules() {
  const form = document.querySelector("[data-rules]");
  if (!form) return;
  const tally = form.querySelector("[data-rules-tally]");
  form.querySelector("[data-rules-submit]").hidden = true;
  form.addEventListener("change", () => {
    const ticked = [...form.querySelectorAll("input[type=checkbox]:checked")];
    tally.textContent = sentence(ticked);
    const address = new URL(location.href);
    address.searchParams.delete("situation");
    for (const box of ticked) address.searchParams.append("situation", box.value);
    history.replaceState(null, "", address);
  });
}
