// Moving rows and headings: by keys, one place at a time, or dragged by their number, also between sections.

import { isRow, keyOf, lineOf } from "./cells.js";
import { tell, words } from "./words.js";

export class Moves {
  constructor({ table, queue }) {
    Object.assign(this, { table, queue, root: table.table, dragged: null });
    const { root } = this;
    root.addEventListener("dragstart", (event) => this.#start(event));
    root.addEventListener("dragover", (event) => this.#over(event));
    root.addEventListener("dragleave", () => this.#mark(null));
    root.addEventListener("drop", (event) => this.#drop(event));
    root.addEventListener("dragend", () => this.#end());
  }

  /** Move the line up (-1) or down (1). */
  step(down) {
    const line = this.table.line;
    if (!line) return;
    this.table.close(true);
    const done = isRow(line) ? this.#stepRow(line, down) : this.#stepHeading(line, down);
    tell(done ? words.moved : words.edge);
    if (done) this.table.active.focus();
  }

  #stepRow(line, down) {
    const body = line.parentElement;
    const rows = [...body.rows].slice(1);
    const at = rows.indexOf(line) + down;
    if (at >= 0 && at < rows.length) {
      const after = down > 0 ? rows[at] : rows[at - 1];
      return this.#putRow(line, body, after ?? null);
    }
    let next = body;
    do next = down > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next?.rows && next.rows[0]?.dataset.kind !== "activity");
    if (next?.tagName !== "TBODY") return false;
    return this.#putRow(line, next, down > 0 ? null : [...next.rows].slice(1).at(-1) ?? null);
  }

  #putRow(line, body, after) {
    this.queue.put({ deed: "move-row", row: keyOf(line), activity: keyOf(body.rows[0]), after: after && keyOf(after) });
    (after ?? body.rows[0]).after(line);
    return true;
  }

  #stepHeading(line, down) {
    const body = line.parentElement;
    const { parent } = body.dataset;
    const siblings = [...this.root.tBodies].filter((one) => one.dataset.parent === parent);
    const at = siblings.indexOf(body) + down;
    if (at < 0 || at >= siblings.length) return line.dataset.kind === "activity" && this.#stepOut(body, down);
    const after = down > 0 ? siblings[at] : siblings[at - 1];
    return this.#putHeading(line, parent, after);
  }

  /** An activity at the edge of its section goes into the next one. */
  #stepOut(body, down) {
    const sections = [...this.root.tBodies].filter((one) => one.rows[0]?.dataset.kind === "section");
    const at = sections.findIndex((one) => String(keyOf(one.rows[0])) === body.dataset.parent) + down;
    if (body.dataset.parent === "" || at < 0 || at >= sections.length) return false;
    const parent = String(keyOf(sections[at].rows[0]));
    const last = [...this.root.tBodies].filter((one) => one.dataset.parent === parent).at(-1);
    return this.#putHeading(body.rows[0], parent, down > 0 ? undefined : last);
  }

  #putHeading(line, parent, after) {
    const above = parent ? (parent.startsWith("new:") ? parent : Number(parent)) : null;
    this.queue.put({ deed: "move-heading", heading: keyOf(line), parent: above, after: after ? keyOf(after.rows[0]) : null });
    if (line.dataset.kind !== "activity") return true;
    const anchor = after ? this.#endOf(after) : [...this.root.tBodies].find((one) => one.rows[0] && String(keyOf(one.rows[0])) === parent);
    line.parentElement.dataset.parent = parent;
    if (anchor) anchor.after(line.parentElement);
    else this.root.tHead.after(line.parentElement);
    return true;
  }

  /** Give the last body of what stands in a section; of an activity itself. */
  #endOf(body) {
    if (body.rows[0].dataset.kind !== "section") return body;
    const inside = [...this.root.tBodies].filter((one) => one.dataset.parent === String(keyOf(body.rows[0])));
    return inside.length ? this.#endOf(inside.at(-1)) : body;
  }

  // Dragging

  #start(event) {
    const cell = event.target.closest?.(".num");
    if (!cell) return;
    this.table.close(true);
    this.dragged = lineOf(cell);
    this.dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.dragged.innerText);
  }

  #goal(event) {
    const line = event.target.closest?.("tbody > tr");
    if (!this.dragged || !line || line === this.dragged) return null;
    if (isRow(this.dragged)) return line.dataset.kind === "section" ? null : line;
    if (line.parentElement === this.dragged.parentElement) return null;
    return line;
  }

  #over(event) {
    const goal = this.#goal(event);
    this.#mark(goal);
    if (goal) event.preventDefault();
  }

  #mark(line) {
    if (this.marked === line) return;
    this.marked?.classList.remove("drop-here");
    this.marked = line;
    line?.classList.add("drop-here");
  }

  #drop(event) {
    const goal = this.#goal(event);
    if (!goal) return;
    event.preventDefault();
    const line = this.dragged;
    const body = goal.parentElement;
    if (isRow(line)) this.#putRow(line, body, isRow(goal) ? goal : null);
    else if (body.rows[0].dataset.kind === "section" && line.dataset.kind === "activity") this.#putHeading(line, String(keyOf(body.rows[0])));
    else this.#putHeading(line, body.dataset.parent, body);
    this.#end();
    this.table.go(line.querySelector("td[data-f]"));
    tell(words.moved);
  }

  #end() {
    this.#mark(null);
    this.dragged?.classList.remove("dragged");
    this.dragged = null;
  }
}
