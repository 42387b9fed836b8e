// What is done with several rows at once: each row is an edit, all of them are one step to undo.

import { keyOf } from "./cells.js";
import { newKey, say, words } from "./words.js";

export class Bulk {
  constructor({ table, queue, rows }) {
    Object.assign(this, { table, queue, rows });
    this.bar = document.getElementById("bulk");
    this.dialogs = Object.fromEntries(["executors", "shift", "rule"].map((name) => [name, document.getElementById(`bulk-${name}`)]));
    table.addEventListener("choose", () => this.#show());
    this.bar.addEventListener("click", (event) => {
      const name = event.target.closest("[data-bulk]")?.dataset.bulk;
      if (name === "none") table.chooseNone();
      else if (name === "drop") rows.drop();
      else if (name) this.dialogs[name].showModal();
    });
    for (const [name, dialog] of Object.entries(this.dialogs)) {
      dialog.addEventListener("close", () => {
        if (dialog.returnValue === "go") this[name](new FormData(dialog.querySelector("form")));
        dialog.returnValue = "";
        this.table.active?.focus();
      });
    }
  }

  #show() {
    const count = this.table.chosen.size;
    this.bar.hidden = !count;
    if (count) this.bar.querySelector("[data-count]").textContent = say(words.chosen, count);
  }

  #cells(field) {
    return this.table.chosenLines().map((line) => line.querySelector(`td[data-f=${field}]`));
  }

  /** Name these executors in every chosen row, in place of those who are there or beside them. */
  executors(form) {
    const step = newKey();
    const named = form.get("executors").split(/[\n;]/).map((one) => one.trim()).filter(Boolean);
    if (!named.length) return;
    for (const cell of this.#cells("executors")) {
      const there = form.get("how") === "add" ? cell.dataset.v.split("\n").filter(Boolean) : [];
      this.table.set(cell, [...new Set([...there, ...named])].join("\n"), step);
    }
  }

  shift(form) {
    const step = newKey();
    const days = Number(form.get("days"));
    if (!Number.isInteger(days) || !days) return;
    for (const cell of this.#cells("phrase")) {
      const row = keyOf(cell.closest("tr"));
      this.queue.put({ deed: "shift", step, row, days, working: form.get("unit") === "working", base: cell.dataset.v });
    }
  }

  rule(form) {
    const step = newKey();
    for (const cell of this.#cells("phrase").filter((one) => one.dataset.upper)) {
      const rule = form.get("rule") === "above" ? cell.dataset.fit : "own";
      this.queue.put({ deed: "rule", step, row: keyOf(cell.closest("tr")), upper: Number(cell.dataset.upper), rule, days: 0, working: false });
    }
  }
}
