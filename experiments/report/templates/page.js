// Sorting by a click on a heading, and filtering by words; the page is complete without them.
for (const table of document.querySelectorAll("table.sortable")) {
  table.querySelectorAll("thead th").forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = "sort by this column";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const numbers = heading.classList.contains("number");
      const text = (line) => line.cells[column].textContent.trim();
      const key = numbers ? (line) => parseFloat(text(line).replaceAll(",", "")) : text;
      const missing = (value) => value === "" || Number.isNaN(value);
      const body = table.tBodies[0];
      const lines = [...body.rows].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        if (missing(x) || missing(y)) return missing(x) - missing(y);
        const order = numbers ? x - y : x.localeCompare(y, "en", { numeric: true });
        return down ? -order : order;
      });
      body.append(...lines);
    });
  });
}

// "digits k=10": lines with the word digits and with 10 in the column k. Words that hold spaces are separated by ";".
for (const table of document.querySelectorAll("table.sortable")) {
  if (table.tBodies[0].rows.length < 12) continue;
  const filter = document.createElement("input");
  filter.type = "search";
  filter.className = "filter";
  filter.placeholder = "filter, e.g. build k=10";
  filter.setAttribute("aria-label", "filter the lines of the table");
  table.parentElement.before(filter);
  const headings = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const holds = (row, word) => {
    const [name, value] = word.split("=");
    const column = value === undefined ? -1 : headings.indexOf(name);
    return column < 0 ? row.textContent.toLowerCase().includes(word.toLowerCase())
      : row.cells[column].textContent.trim() === value;
  };
  const apply = () => {
    const words = filter.value.split(filter.value.includes(";") ? ";" : " ").map((word) => word.trim()).filter(Boolean);
    let shown = 0;
    for (const row of table.tBodies[0].rows) shown += !(row.hidden = !words.every((word) => holds(row, word)));
    return shown;
  };
  filter.addEventListener("input", apply);
  // For the charts: show the lines with these words; false if there are none.
  table.find = (words) => {
    filter.value = words;
    if (!apply()) {
      filter.value = "";
      apply();
      return false;
    }
    for (let each = table.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
    filter.scrollIntoView({ block: "center" });
    return true;
  };
}
addEventListener("beforeprint", () => document.querySelectorAll("details.claim").forEach((each) => { each.open = true; }));
