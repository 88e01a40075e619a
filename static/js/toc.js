// Marks the section that is being read.
export function startToc() {
  const toc = document.querySelector("[data-toc]");
  if (!toc) return;
  const links = new Map();
  for (const link of toc.querySelectorAll("a")) {
    const target = document.getElementById(link.hash.slice(1));
    if (target) links.set(target.closest("section") ?? target, link);
  }
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries.find((candidate) => candidate.isIntersecting);
      if (!entry) return;
      for (const [section, link] of links) {
        if (section === entry.target) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-10% 0px -75% 0px" },
  );
  for (const section of links.keys()) observer.observe(section);
}
