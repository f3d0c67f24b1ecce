// Searches, filters and sorts the table of indicators; the address keeps what is chosen.
const form = document.querySelector("form.find"), fields = form.elements;
const groups = [...document.querySelector("table.explorer").tBodies];
const rows = groups.flatMap(group => [...group.rows].filter(row => row.id));
const home = new Map(rows.map(row => [row, row.parentElement]));
const texts = new Map(rows.map(row => [row, clean(row.querySelector("th").textContent + " " + row.id)]));
let sorted = "";
const ORDERS = { rise: ["change", -1], fall: ["change", 1], least: ["share", 1], most: ["share", -1] };

function clean(words) { return words.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim(); }

function plain(words) { return words.normalize("NFD").replaceAll("đ", "d").replace(/[\u0300-\u036f]/g, ""); }

// The rule of `Dataset.find`: a word without accents also finds those with accents.
function has(text, word) {
  return (plain(word) === word ? plain(text) : text).split(/\s+/).some(each => each.startsWith(word));
}

function isShown(row) {
  return clean(fields.words.value).split(/\s+/).every(word => has(texts.get(row), word))
    && [home.get(row).dataset.subject, ""].includes(fields.subject.value)
    && ["status", "move"].every(key => [row.dataset[key], ""].includes(fields[key].value));
}

function compare(one, other) {
  if (fields.order.value === "name") return texts.get(one).localeCompare(texts.get(other), "vi");
  const [key, sign] = ORDERS[fields.order.value];
  const [a, b] = [one, other].map(row => parseFloat(row.dataset[key]));
  return isNaN(a) - isNaN(b) || sign * (a - b);
}

function show() {
  const order = fields.order.value, shown = rows.filter(isShown);
  for (const row of rows) row.hidden = !shown.includes(row);
  if (order !== sorted)  // a row that moves loses the focus
    for (const row of order ? [...rows].sort(compare) : rows) (order ? groups[0] : home.get(row)).append(row);
  sorted = order;
  for (const group of groups) group.rows[0].hidden = order || ![...group.rows].some(row => row.id && !row.hidden);
  fields.count.value = shown.length;
  document.querySelector(".subjects").hidden = shown.length < rows.length || order;
}

function choose() {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  history.replaceState(null, "", chosen.length ? `#${new URLSearchParams(chosen)}` : "#");
  show();
}

// An address ends in the code of an indicator, or in what was chosen.
function follow() {
  const hash = location.hash.slice(1), row = rows.find(each => each.id === hash);
  if (row ? row.hidden : hash.includes("=")) {
    const chosen = new URLSearchParams(row ? "" : hash);
    for (const field of fields) field.value = chosen.get(field.name) ?? "";
    form.querySelector("details").open = [...chosen.keys()].some(name => name !== "words");
  }
  show();
  row?.scrollIntoView();
}

form.addEventListener("input", choose);
form.addEventListener("reset", () => setTimeout(choose));
form.addEventListener("submit", event => event.preventDefault());
addEventListener("hashchange", follow);
form.hidden = false;
follow();
