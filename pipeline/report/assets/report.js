"use strict";
// Searches all tables at once: a row is shown when it holds every word typed.
const search = document.getElementById("search");
const rows = [...document.querySelectorAll("#tables tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [row, text] of rows) {
    row.hidden = !words.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  document.getElementById("found").textContent = words.length ? `${shown} rows` : "";
});
