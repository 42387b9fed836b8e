// Walking through the table and writing in its cells, as in Excel. Keys are bound by their place on the keyboard.

import { cellsOf, draw, isRow, isWritable, keyOf, labelOf, lineOf, linesOf } from "./cells.js";
import { newKey, words } from "./words.js";

const DRAFT_EVERY_MS = 400;

export class Table extends EventTarget {
  constructor(table, queue) {
    super();
    Object.assign(this, { table, queue, active: null, editor: null, isOut: false });
    this.chosen = new Set();
    table.addEventListener("keydown", (event) => this.#key(event));
    table.addEventListener("focusin", (event) => this.#focused(event));
    table.addEventListener("dblclick", (event) => this.#twice(event));
    table.addEventListener("mousedown", (event) => this.#pressed(event));
    this.prepare();
  }

  /** Let every cell be reached, one of them by Tab; called again whenever rows were drawn anew. */
  prepare() {
    for (const cell of this.table.querySelectorAll("td[data-f]")) {
      cell.tabIndex = -1;
      if (!cell.hasAttribute("aria-label")) cell.setAttribute("aria-readonly", String(!isWritable(cell)));
    }
    for (const link of this.table.querySelectorAll("tbody td[data-f] a")) link.tabIndex = -1;
    if (!this.active?.isConnected) this.active = null;
    const first = this.active ?? this.table.querySelector("tbody > tr:not([hidden]) > td[data-v]");
    if (first) first.tabIndex = 0;
    for (const key of [...this.chosen]) if (!this.lineBy(key)) this.chosen.delete(key);
    for (const line of linesOf(this.table)) this.#showChosen(line);
  }

  lineBy(key) {
    const name = CSS.escape(String(key));
    return this.table.querySelector(`tr[data-row="${name}"], tr[data-heading="${name}"]`);
  }

  cellOf(key, field, isHeading = false) {
    const name = CSS.escape(String(key));
    return this.table.querySelector(`tr[data-${isHeading ? "heading" : "row"}="${name}"] > td[data-f="${field}"]`);
  }

  get line() {
    return this.active ? lineOf(this.active) : null;
  }

  // Walking

  #focused(event) {
    const cell = event.target.closest("td[data-f]");
    if (!cell || cell === this.active) return;
    if (this.active?.isConnected) this.active.tabIndex = -1;
    this.line?.classList.remove("at");
    this.active = cell;
    this.isOut = false;
    cell.tabIndex = 0;
    lineOf(cell).classList.add("at");
    this.dispatchEvent(new Event("walk"));
  }

  go(cell) {
    if (!cell) return false;
    cell.tabIndex = -1;
    cell.focus();
    cell.scrollIntoView({ block: "nearest" });
    return true;
  }

  /** Go up or down in the column, left or right in the line. */
  step(down, right) {
    if (!this.active) return false;
    const line = this.line;
    const at = cellsOf(line).indexOf(this.active);
    if (right) {
      const cells = linesOf(this.table).flatMap(cellsOf);
      return this.go(cells[cells.indexOf(this.active) + right]);
    }
    const lines = linesOf(this.table);
    const next = lines[lines.indexOf(line) + down];
    if (!next) return false;
    const cells = cellsOf(next);
    this.column = cells.length === cellsOf(line).length || this.column === undefined ? at : this.column;
    return this.go(cells[Math.min(Math.max(at, this.column), cells.length - 1)]);
  }

  #pressed(event) {
    if (event.target.closest("a, button, input, textarea, select, summary, label")) return;
    const cell = event.target.closest("td[data-f]");
    if (!cell) return;
    if (cell === this.active && document.activeElement === cell && !this.editor && isWritable(cell)) {
      event.preventDefault();
      this.open(cell);
    } else if (!this.editor?.contains(event.target)) {
      if (event.shiftKey && this.line) event.preventDefault();
      this.close(true);
    }
  }

  #twice(event) {
    const cell = event.target.closest("td[data-v]");
    if (cell && !event.target.closest("textarea")) this.open(cell);
  }

  // Writing

  /** Open a cell; what a person types in it at once goes to the queue, so that nothing waits in the page alone. */
  open(cell, { empty = false } = {}) {
    if (!isWritable(cell) || this.editor?.cell === cell) return;
    this.close(true);
    const area = document.createElement("textarea");
    const line = lineOf(cell);
    area.className = "cell";
    area.rows = 1;
    area.value = empty ? "" : cell.dataset.v;
    area.setAttribute("aria-label", `${labelOf(line)}, ${words.names[cell.dataset.f]}`);
    area.spellcheck = cell.dataset.f === "text" || cell.dataset.f === "title";
    area.lang = "ru";
    this.editor = { cell, area, step: newKey(), before: cell.dataset.v, base: cell.dataset.v, last: cell.dataset.v, contains: (node) => cell.contains(node) };
    const was = document.createElement("span");
    was.hidden = true;
    was.append(...[...cell.childNodes].filter((node) => !node.matches?.(".mean")));
    this.editor.was = was;
    cell.classList.add("open");
    cell.prepend(area, was);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    fit(area);
    area.addEventListener("input", () => this.#typed());
    area.addEventListener("blur", () => setTimeout(() => this.#left(area)));
    this.dispatchEvent(new CustomEvent("open", { detail: this.editor }));
  }

  #typed() {
    const editor = this.editor;
    if (!editor) return;
    fit(editor.area);
    this.dispatchEvent(new CustomEvent("type", { detail: editor }));
    if (editor.timer) return;
    editor.timer = setTimeout(() => {
      editor.timer = null;
      if (this.editor === editor) this.#write(editor, false);
    }, DRAFT_EVERY_MS);
  }

  #left(area) {
    if (this.editor?.area !== area || this.editor.cell.contains(document.activeElement)) return;
    if (document.activeElement?.closest?.("[data-keeps-open]")) return;
    if (document.hasFocus()) this.close(true);
    else this.#write(this.editor, true);
  }

  #write(editor, now) {
    const value = editor.area.value.replaceAll("\r\n", "\n").trim();
    if (value === editor.last) {
      if (now) this.queue.send();
      return;
    }
    this.send(editor.cell, value, { base: editor.last, step: editor.step, now });
    editor.last = value;
  }

  /** Send the value of a cell. */
  send(cell, value, { base = cell.dataset.v, step = newKey(), now = true } = {}) {
    const line = lineOf(cell);
    const subject = isRow(line) ? { deed: "cell", row: keyOf(line) } : { deed: "heading", heading: keyOf(line) };
    this.queue.put({ ...subject, field: cell.dataset.f, value, base, step }, { now });
  }

  /** Close the cell: write what stands in it, or bring back what was there. */
  close(write) {
    const editor = this.editor;
    if (!editor) return;
    this.editor = null;
    clearTimeout(editor.timer);
    if (!write) editor.area.value = editor.before;
    this.#write(editor, true);
    const value = editor.last;
    const { cell } = editor;
    const had = cell.contains(document.activeElement);
    editor.area.remove();
    editor.drawer?.remove();
    editor.choices?.remove();
    editor.was.replaceWith(...editor.was.childNodes);
    cell.classList.remove("open");
    if (value !== cell.dataset.v) draw(cell, value);
    if (had) cell.focus();
    this.dispatchEvent(new CustomEvent("close", { detail: editor }));
  }

  /** Write a value into a cell without opening it. */
  set(cell, value, step = newKey()) {
    if (!isWritable(cell) || cell.dataset.v === value) return;
    this.send(cell, value, { step });
    draw(cell, value);
  }

  // Keys

  #key(event) {
    const command = event.ctrlKey || event.metaKey;
    if (event.target.matches("textarea.cell")) return this.#keyInCell(event, command);
    if (event.target.closest("a, button, input, select, textarea, summary") || event.target !== this.active) return undefined;
    const done = command ? this.#keyWithControl(event) : event.altKey ? this.#keyWithAlt(event) : this.#keyAlone(event);
    if (done) event.preventDefault();
    return undefined;
  }

  #keyInCell(event, command) {
    if (event.isComposing || event.defaultPrevented) return;
    const { code } = event;
    if (code === "Escape") this.close(false);
    else if ((code === "Enter" || code === "NumpadEnter") && command) {
      this.close(true);
      this.#do(event.shiftKey ? "add-activity" : "add-row");
    } else if ((code === "Enter" || code === "NumpadEnter") && !event.shiftKey && !event.altKey) {
      this.close(true);
      this.step(1, 0);
    } else if (code === "Tab") {
      this.close(true);
      if (!this.step(0, event.shiftKey ? -1 : 1)) return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #keyAlone(event) {
    const { code, shiftKey } = event;
    switch (code) {
      case "ArrowDown": case "ArrowUp":
        if (shiftKey) this.#extend(code === "ArrowDown" ? 1 : -1);
        else this.step(code === "ArrowDown" ? 1 : -1, 0);
        return true;
      case "ArrowLeft": case "ArrowRight": this.column = undefined; this.step(0, code === "ArrowRight" ? 1 : -1); return true;
      case "Home": return this.go(cellsOf(this.line)[0]);
      case "End": return this.go(cellsOf(this.line).at(-1));
      case "PageDown": case "PageUp": for (let n = 0; n < 10; n += 1) this.step(code === "PageDown" ? 1 : -1, 0); return true;
      case "Enter": case "NumpadEnter": case "F2":
        if (isWritable(this.active)) this.open(this.active);
        else this.active.querySelector("a")?.click();
        return true;
      case "Tab": return !this.isOut && this.step(0, shiftKey ? -1 : 1);
      case "Escape":
        if (this.chosen.size) this.chooseNone();
        else this.isOut = true;
        return true;
      case "Space": this.choose(this.line); return true;
      case "Delete": case "Backspace": if (isWritable(this.active)) this.set(this.active, ""); return true;
      case "F8": this.#do("next-finding"); return true;
      case "Slash": if (!shiftKey) return false; this.#do("keys"); return true;
      default:
        if (event.key.length === 1 && isWritable(this.active)) this.open(this.active, { empty: true });
        return false;
    }
  }

  #keyWithControl({ code, shiftKey }) {
    const deed = {
      Enter: shiftKey ? "add-activity" : "add-row", NumpadEnter: "add-row", KeyZ: shiftKey ? "redo" : "undo", KeyY: "redo",
      KeyD: "as-above", Delete: "drop", Backspace: "drop", Home: "first", End: "last",
    }[code];
    if (deed) this.#do(deed);
    return Boolean(deed);
  }

  #keyWithAlt({ code }) {
    const deed = { ArrowUp: "up", ArrowDown: "down", KeyR: "inherit", KeyK: "inherit" }[code];
    if (deed) this.#do(deed);
    return Boolean(deed);
  }

  #do(name) {
    this.dispatchEvent(new CustomEvent("do", { detail: name }));
  }

  // Choosing rows

  choose(line, isChosen) {
    if (!line || !isRow(line)) return;
    const key = String(keyOf(line));
    if (isChosen ?? !this.chosen.has(key)) this.chosen.add(key);
    else this.chosen.delete(key);
    this.#showChosen(line);
    this.dispatchEvent(new Event("choose"));
  }

  #extend(down) {
    this.choose(this.line, true);
    if (this.step(down, 0)) this.choose(this.line, true);
  }

  chooseNone() {
    const lines = [...this.chosen].map((key) => this.lineBy(key));
    this.chosen.clear();
    for (const line of lines) if (line) this.#showChosen(line);
    this.dispatchEvent(new Event("choose"));
  }

  #showChosen(line) {
    if (!isRow(line)) return;
    const isChosen = this.chosen.has(String(keyOf(line)));
    line.classList.toggle("sel", isChosen);
    if (isChosen) line.setAttribute("aria-selected", "true");
    else line.removeAttribute("aria-selected");
    const box = line.querySelector(".pick");
    if (box) box.checked = isChosen;
  }

  chosenLines() {
    return linesOf(this.table).filter((line) => isRow(line) && this.chosen.has(String(keyOf(line))));
  }
}

/** Let a field be as high as its text, where the browser does not do it by itself. */
function fit(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
