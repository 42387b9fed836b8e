// The plans above, beside the table: rows that nothing answers are taken in, linked, or said not to apply.

import { newKey } from "./words.js";

const OPEN = "grid-beside";

export class Panel {
  constructor({ table, queue }) {
    Object.assign(this, { table, queue });
    this.side = document.getElementById("grid-side");
    this.button = document.querySelector("#grid-tools [data-do=beside]");
    this.side.addEventListener("submit", (event) => this.#sent(event));
    this.side.addEventListener("keydown", (event) => {
      if (event.code === "Escape") this.toggle(false);
    });
    table.table.addEventListener("fresh", () => this.#dress());
    this.#dress();
    this.toggle(sessionStorage.getItem(OPEN) === "1", false);
  }

  get isOpen() {
    return this.side.classList.contains("beside");
  }

  toggle(isOpen = !this.isOpen, goes = true) {
    this.side.classList.toggle("beside", isOpen);
    this.side.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    sessionStorage.setItem(OPEN, isOpen ? "1" : "");
    if (!goes) return;
    if (isOpen) this.side.querySelector("button, a, summary")?.focus();
    else this.button.focus();
  }

  #dress() {
    for (const one of this.side.querySelectorAll("[data-beside], [data-script]")) one.hidden = false;
  }

  /** A form that leads to a page without this is one edit with it. */
  #sent(event) {
    const found = new URL(event.target.action).pathname.match(/\/uppers\/(\d+)\/(adopt|answer|waive)\/$/);
    if (!found) return;
    event.preventDefault();
    const [, upper, deed] = found;
    const field = (name) => event.target.elements.namedItem(name)?.value;
    this.table.close(true);
    if (deed === "adopt") this.queue.put({ deed, upper: Number(upper) });
    else if (deed === "answer") this.queue.put({ deed, upper: Number(upper), row: Number(field("row")) });
    else if (event.submitter?.name === "take_back") this.queue.put({ deed: "unwaive", upper: Number(upper) });
    else this.queue.put({ deed, upper: Number(upper), reason: field("reason") });
    this.side.tabIndex = -1;
    this.side.focus();
    event.target.closest("li")?.remove();
  }

  /** Take in every row that nothing answers: one step to undo. */
  adoptAll() {
    const step = newKey();
    for (const form of this.side.querySelectorAll("form[action$='/adopt/']")) {
      const upper = Number(form.action.match(/\/uppers\/(\d+)\//)[1]);
      this.queue.put({ deed: "adopt", step, upper });
      form.closest("li")?.remove();
    }
  }
}
