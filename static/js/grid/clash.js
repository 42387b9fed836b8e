// When somebody else has written in the same cell: both values, who and when, and a place to put them together.

import { draw, labelOf, lineOf } from "./cells.js";
import { newKey, say, words } from "./words.js";

export class Clash {
  constructor({ table, queue }) {
    Object.assign(this, { table, queue, waiting: [] });
    this.dialog = document.getElementById("clash");
    queue.addEventListener("conflict", (event) => this.#meet(event.detail));
    queue.addEventListener("refused", (event) => this.#lost(event.detail.edit, event.detail.said.sentence));
    queue.addEventListener("lost", (event) => {
      for (const edit of event.detail.edits) this.#lost(edit, "");
    });
    this.dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-take]");
      if (button) this.#take(button.dataset.take);
    });
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
  }

  #meet({ edit, said }) {
    const mine = this.queue.withdraw(edit);
    this.table.close(true);
    this.queue.withdraw(edit);
    this.waiting.push({ edit, said, mine });
    if (!this.dialog.open) this.#next();
  }

  #next() {
    const one = this.waiting[0];
    if (!one) return;
    const { edit, said, mine } = one;
    const cell = this.#cell(edit);
    const { dialog } = this;
    const where = cell ? `${labelOf(lineOf(cell))}, ${words.names[edit.field]}: ` : "";
    dialog.querySelector("h2").textContent = where + say(words.clash, said.who || words.somebody);
    dialog.querySelector("[data-mine]").textContent = mine || "—";
    dialog.querySelector("[data-theirs]").textContent = said.theirs || "—";
    dialog.querySelector("[data-who]").textContent = [said.who || words.somebody, said.at].filter(Boolean).join(", ");
    dialog.querySelector("textarea").value = together(edit.field, mine, said.theirs);
    dialog.showModal();
  }

  #take(which) {
    const { edit, said, mine } = this.waiting.shift();
    const value = { mine, theirs: said.theirs, both: this.dialog.querySelector("textarea").value.trim() }[which];
    this.dialog.close();
    const cell = this.#cell(edit);
    if (value !== said.theirs) this.queue.put({ ...edit, key: newKey(), step: newKey(), value, base: said.theirs });
    if (cell) {
      draw(cell, value);
      this.table.go(cell);
    }
    this.#next();
  }

  #cell(edit) {
    return this.table.cellOf(edit.row ?? edit.heading, edit.field, edit.deed === "heading");
  }

  /** What could not be written is said, with the text, until it is put away. */
  #lost(edit, sentence) {
    const line = document.createElement("div");
    line.className = "msg is-bad";
    line.setAttribute("role", "alert");
    const said = document.createElement("p");
    said.textContent = sentence || say(words.lost, "");
    line.append(said);
    if (edit.value) {
      const text = document.createElement("blockquote");
      text.className = "txt";
      text.textContent = edit.value;
      line.append(text);
    }
    const away = document.createElement("button");
    Object.assign(away, { type: "button", className: "lnk", textContent: words.close });
    away.addEventListener("click", () => line.remove());
    line.append(away);
    document.getElementById("messages").append(line);
    line.scrollIntoView({ block: "nearest" });
  }
}

/** Put two values together: of executors everybody once, of words one under the other. */
function together(field, mine, theirs) {
  const parts = field === "executors" ? [...theirs.split("\n"), ...mine.split("\n")] : [theirs, mine];
  return [...new Set(parts.filter(Boolean))].join(field === "phrase" ? "; " : "\n");
}
