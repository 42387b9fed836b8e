// Adding and removing rows and headings; what is on its way is shown at once.

import { isRow, keyOf, lineOf, linesOf, newLine } from "./cells.js";
import { newKey, tell, words } from "./words.js";

export class Rows {
  constructor({ table, queue }) {
    Object.assign(this, { table, queue, root: table.table });
    queue.addEventListener("done", (event) => this.#made(event.detail));
    queue.addEventListener("refused", (event) => this.#forget(event.detail));
  }

  /** Add a result below the line: on an activity its first one, on a section an activity. */
  addRow() {
    const line = this.table.line ?? linesOf(this.root).at(-1);
    if (!line || line.dataset.kind === "section") return this.addHeading("activity");
    const heading = line.parentElement.rows[0];
    const key = newKey();
    const after = isRow(line) ? keyOf(line) : null;
    const made = newLine(`new:${key}`, "row");
    line.after(made);
    this.queue.put({ key, deed: "add-row", activity: keyOf(heading), after });
    this.#enter(made, "text");
    return undefined;
  }

  /** Add a section or an activity below the one in which the line stands; an activity gets its first result with it. */
  addHeading(kind) {
    const line = this.table.line ?? linesOf(this.root).at(-1);
    const heading = line?.parentElement.rows[0];
    const [parent, after] = placeFor(kind, heading);
    const key = newKey();
    const step = newKey();
    const body = document.createElement("tbody");
    body.setAttribute("role", "rowgroup");
    body.dataset.parent = parent ?? "";
    const made = newLine(`new:${key}`, kind);
    body.append(made);
    this.#lastOf(heading, kind).after(body);
    this.root.hidden = false;
    const empty = document.getElementById("grid-empty");
    if (empty) empty.hidden = true;
    this.queue.put({ key, step, deed: "add-heading", kind, parent, after });
    if (kind === "activity") {
      const first = newKey();
      body.append(newLine(`new:${first}`, "row"));
      this.queue.put({ key: first, step, deed: "add-row", activity: `new:${key}`, after: null });
    }
    this.#enter(made, "title");
  }

  /** Give the last body of what stands in a section, behind which a new section comes. */
  #lastOf(heading, kind) {
    if (!heading) return this.root.tBodies.length ? [...this.root.tBodies].at(-1) : this.root.tHead;
    let body = heading.parentElement;
    if (kind === "section") while (body.nextElementSibling && body.nextElementSibling.rows[0]?.dataset.kind !== "section") body = body.nextElementSibling;
    return body;
  }

  #enter(line, field) {
    this.table.prepare();
    const cell = line.querySelector(`td[data-f=${field}]`);
    this.table.go(cell);
    this.table.open(cell);
  }

  /** The portal has given the new row its key. */
  #made({ edit, said }) {
    if (!said.made || !edit.deed.startsWith("add-")) return;
    this.queue.rename(`new:${edit.key}`, said.made);
    const line = document.getElementById(`wait-${edit.key}`);
    if (!line) return;
    if (edit.deed === "add-row") line.dataset.row = said.made;
    else line.dataset.heading = said.made;
    line.id = edit.deed === "add-row" ? `row-${said.made}` : `heading-${said.made}`;
  }

  #forget({ edit }) {
    document.getElementById(`wait-${edit.key}`)?.remove();
  }

  /** Remove the chosen rows, or the line on which one stands; an activity goes with its rows, a section when it is empty. */
  drop() {
    const chosen = this.table.chosenLines();
    const lines = chosen.length ? chosen : [this.table.line].filter(Boolean);
    if (!lines.length) return;
    this.table.close(false);
    const step = newKey();
    const next = this.#next(lines);
    for (const line of lines) {
      if (isRow(line)) {
        this.queue.put({ step, deed: "drop-row", row: keyOf(line) });
        line.remove();
      } else {
        const rows = line.parentElement.rows.length - 1;
        this.queue.put({ step, deed: "drop-heading", heading: keyOf(line), rows });
        if (line.dataset.kind === "activity") line.parentElement.remove();
      }
    }
    this.table.chooseNone();
    if (next) this.table.go(next);
    tell(words.removed);
  }

  #next(gone) {
    const lines = linesOf(this.root);
    const field = this.table.active?.dataset.f;
    const left = lines.filter((line) => !gone.includes(line));
    const at = lines.indexOf(gone.at(-1));
    const line = lines.slice(at + 1).find((one) => left.includes(one)) ?? left.at(-1);
    return line?.querySelector(`td[data-f="${field}"]`) ?? line?.querySelector("td[data-v]");
  }

  /** Write into the cell what the row above says. */
  asAbove() {
    const cell = this.table.active;
    if (!cell) return;
    const lines = linesOf(this.root).filter((line) => isRow(line) === isRow(lineOf(cell)));
    const above = lines[lines.indexOf(lineOf(cell)) - 1];
    const source = above?.querySelector(`td[data-f="${cell.dataset.f}"]`);
    if (source?.dataset.v !== undefined) this.table.set(cell, source.dataset.v);
  }

  /** Take the deadline from above, or give the row its own again. */
  inherit() {
    const line = this.table.line;
    if (line && isRow(line)) this.root.dispatchEvent(new CustomEvent("inherit", { detail: line }));
  }
}

/** Say where a new heading stands: in which section, behind which heading. */
function placeFor(kind, heading) {
  if (!heading) return [null, null];
  const isSection = heading.dataset.kind === "section";
  const parent = heading.parentElement.dataset.parent;
  const above = parent ? (parent.startsWith("new:") ? parent : Number(parent)) : null;
  if (kind === "activity") return isSection ? [keyOf(heading), null] : [above, keyOf(heading)];
  if (isSection) return [above, keyOf(heading)];
  return above ? [null, above] : [null, keyOf(heading)];
}

