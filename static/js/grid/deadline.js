// Under an open deadline: its meaning while it is typed, what bounds it, and where else it may come from.

import { isRow, keyOf, lineOf } from "./cells.js";
import { ask } from "./queue.js";

const PAUSE_MS = 250;

export class DeadlineDrawer {
  constructor({ table, queue }) {
    Object.assign(this, { table, queue, root: table.table });
    table.addEventListener("open", (event) => this.#opened(event.detail));
    table.addEventListener("type", (event) => event.detail.drawer && this.#soon(event.detail));
    queue.addEventListener("done", ({ detail: { edit } }) => {
      const editor = table.editor;
      if (editor?.drawer && String(edit.row) === String(keyOf(lineOf(editor.cell)))) this.#ask(editor, edit.deed === "rule");
    });
    this.root.addEventListener("inherit", (event) => this.#inherit(event.detail));
  }

  #opened(editor) {
    if (editor.cell.dataset.f !== "phrase" || !isRow(lineOf(editor.cell))) return;
    const drawer = document.createElement("div");
    drawer.className = "drawer";
    drawer.id = "deadline-drawer";
    drawer.lang = document.documentElement.lang;
    editor.area.after(drawer);
    editor.area.setAttribute("aria-describedby", drawer.id);
    editor.drawer = drawer;
    drawer.addEventListener("change", (event) => this.#chosen(editor, event.target));
    drawer.addEventListener("click", (event) => {
      const suggestion = event.target.closest("[data-write]");
      if (!suggestion) return;
      editor.area.value = suggestion.dataset.write;
      editor.area.dispatchEvent(new Event("input"));
      editor.area.focus();
    });
    drawer.addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = event.target.elements.namedItem("reason").value.trim();
      if (!reason) return;
      this.queue.put({ deed: "explain", finding: event.target.dataset.explain, reason });
      editor.area.focus();
      this.table.close(true);
    });
    this.#ask(editor);
  }

  #soon(editor) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(editor), PAUSE_MS);
  }

  /** Ask what stands under the cell; after a rule was chosen the cell shows what it gives. */
  async #ask(editor, isRule = false) {
    if (this.table.editor !== editor) return;
    const key = keyOf(lineOf(editor.cell));
    const url = typeof key === "number" ? `${this.root.dataset.plan}rows/${key}/deadline/` : this.root.dataset.echo;
    const asked = new URLSearchParams(isRule ? {} : { phrase: editor.area.value });
    const ticket = (this.ticket = Symbol("ask"));
    try {
      const answer = await ask(`${url}?${asked}`);
      if (!answer.ok || ticket !== this.ticket || this.table.editor !== editor) return;
      const html = await answer.text();
      if (editor.drawer.contains(document.activeElement) && document.activeElement.matches("textarea, input[type=number]")) return;
      const focused = document.activeElement?.closest?.(".drawer") && document.activeElement.value;
      editor.drawer.innerHTML = html;
      if (focused) (editor.drawer.querySelector(`input[value="${CSS.escape(focused)}"]`) ?? editor.area).focus();
    } catch {
      // what is typed is kept all the same, and read when it arrives
    }
  }

  #chosen(editor, field) {
    const shift = field.closest("[data-shift]");
    const upper = Number(shift ? shift.dataset.shift : field.dataset.upper);
    if (!upper) return;
    const numbers = editor.drawer.querySelector(`[data-shift="${upper}"]`);
    const rule = shift ? "shifted" : field.value;
    const days = rule === "shifted" ? Number(numbers?.querySelector("input").value || 0) : 0;
    const working = rule === "shifted" && numbers?.querySelector("select").value === "1";
    if (rule === "shifted" && !days) {
      numbers?.querySelector("input").focus();
      return;
    }
    // The rule decides from here on: what the field says is no longer written.
    const { cell } = editor;
    editor.area.value = editor.last;
    this.queue.put({ deed: "rule", row: keyOf(lineOf(cell)), upper, rule, days, working });
    this.table.close(true);
    cell.focus();
  }

  /** Take the deadline from above, or give the row its own again. */
  #inherit(line) {
    const { upper, fit, inherits } = line.querySelector("td[data-f=phrase]").dataset;
    if (!upper) return;
    this.table.close(true);
    const rule = inherits === undefined ? fit : "own";
    this.queue.put({ deed: "rule", row: keyOf(line), upper: Number(upper), rule, days: 0, working: false });
  }
}
