// "Differences only" without asking the server again. Without scripts the links do.
export function startDifferences() {
  const matrix = document.querySelector("[data-matrix]");
  if (!matrix) return;
  const all = matrix.querySelector("[data-matrix-all]");
  const differences = matrix.querySelector("[data-matrix-differences]");
  if (differences.hasAttribute("aria-current")) return; // the server left rows out

  function show(onlyDifferences) {
    matrix.classList.toggle("matrix--differences", onlyDifferences);
    for (const [link, isCurrent] of [
      [differences, onlyDifferences],
      [all, !onlyDifferences],
    ]) {
      if (isCurrent) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  for (const [link, onlyDifferences] of [
    [differences, true],
    [all, false],
  ]) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(onlyDifferences);
      history.replaceState(null, "", link.href);
    });
  }
}
