// Tells the desk that a shared draft was opened. A GET counts nothing, so programs
// that fetch links in mail are not counted.
fetch(`${location.pathname}opened/`, { method: "POST", credentials: "omit" });
