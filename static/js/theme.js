// Runs before the first paint, so that a reader's own choice never flashes.
(() => {
  // Room for what scripts show is kept from the start, so that nothing moves.
  document.documentElement.dataset.scripts = "";
  try {
    const choice = localStorage.getItem("theme");
    if (choice === "light" || choice === "dark") {
      document.documentElement.dataset.theme = choice;
    }
    // Room for the remembered machine is kept before it is named.
    if (localStorage.getItem("machine")) document.documentElement.dataset.machine = "";
  } catch {
    // Storage is barred: the system's choice stands.
  }
})();
