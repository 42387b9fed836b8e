// The cells of the table: which there are, how they look, how one is found again after its row was drawn anew.

export const COLUMNS = ["number", "text", "phrase", "executors"];

/** Give the lines that can be walked through: those that the filter shows. */
export function linesOf(table) {
  return [...table.querySelectorAll("tbody > tr:not([hidden])")];
}

/** Give the cells of a line through which the arrows lead; the margin is none of them. */
export function cellsOf(line) {
  return [...line.children].filter((cell) => cell.dataset.f);
}

export function lineOf(cell) {
  return cell.closest("tr");
}

export function isRow(line) {
  return line.dataset.row !== undefined;
}

/** Give the key of a row or heading: a number, or the reference to the edit that adds it. */
export function keyOf(line) {
  const key = line.dataset.row ?? line.dataset.heading;
  return key.startsWith("new:") ? key : Number(key);
}

export function isWritable(cell) {
  return cell.dataset.v !== undefined;
}

/** Put a text into a cell as the page draws it. */
export function draw(cell, value) {
  cell.dataset.v = value;
  const lines = value.split("\n");
  const pieces = cell.dataset.f === "executors" ? [lines.filter((line) => line.trim()).join("; ")] : lines.flatMap((line, at) => (at ? [document.createElement("br"), line] : [line]));
  if (cell.dataset.f !== "phrase") return cell.replaceChildren(...pieces);
  const mean = cell.querySelector(".mean");
  const phrase = document.createElement("q");
  phrase.append(...pieces);
  cell.replaceChildren(...(value ? [phrase] : []), ...(mean ? [mean] : []));
  mean?.classList.add("stale");
  return undefined;
}

/** Draw a line that is on its way, as the portal will draw it. */
export function newLine(reference, kind) {
  const line = document.createElement("tr");
  line.setAttribute("role", "row");
  line.id = `wait-${reference.slice(4)}`;
  line.className = kind === "row" ? "" : kind === "section" ? "sec" : "act";
  if (kind === "row") line.dataset.row = reference;
  else Object.assign(line.dataset, { heading: reference, kind });
  const fields = kind === "row" ? [["num", "number"], ["txt", "text"], ["due", "phrase"], ["who", "executors"]] : [["num", "number"], ["txt", "title"]];
  for (const [name, field] of fields) {
    const cell = line.insertCell();
    cell.className = name;
    cell.setAttribute("role", "gridcell");
    cell.dataset.f = field;
    if (field !== "number" || kind !== "row") cell.dataset.v = "";
    if (field === "title") cell.colSpan = 3;
  }
  const edge = line.insertCell();
  edge.className = "edge";
  edge.setAttribute("role", "gridcell");
  return line;
}

/** Give how a line is called in a sentence: its number. */
export function labelOf(line) {
  const cell = line.querySelector(".num");
  return (cell?.querySelector("a")?.lastChild ?? cell)?.textContent.trim() ?? "";
}
