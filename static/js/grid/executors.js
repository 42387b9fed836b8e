// Executors by typing: of the line in which the cursor stands, whom it may mean; unknown text stays text.

import { ask } from "./queue.js";

const PAUSE_MS = 150;

export class Executors {
  constructor({ table, root }) {
    Object.assign(this, { table, root, chosen: -1 });
    table.addEventListener("open", (event) => this.#opened(event.detail));
    table.addEventListener("type", (event) => event.detail.choices && this.#soon(event.detail));
  }

  #opened(editor) {
    if (editor.cell.dataset.f !== "executors") return;
    const { area } = editor;
    const choices = document.createElement("section");
    choices.className = "choices";
    choices.lang = document.documentElement.lang;
    choices.innerHTML = '<ul id="executor-choices" role="listbox"></ul><p class="echo" role="status"></p>';
    area.after(choices);
    editor.choices = choices;
    area.setAttribute("role", "combobox");
    area.setAttribute("aria-expanded", "false");
    area.setAttribute("aria-controls", "executor-choices");
    area.setAttribute("aria-autocomplete", "list");
    area.addEventListener("keydown", (event) => this.#key(editor, event));
    area.addEventListener("click", () => this.#ask(editor));
    choices.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.#take(editor, option);
    });
    if (!area.value.trim()) this.#ask(editor);
  }

  /** Give the piece of the text in which the cursor stands: from the last semicolon or line break to the next. */
  #piece({ area }) {
    const before = area.value.slice(0, area.selectionStart);
    const start = Math.max(before.lastIndexOf("\n"), before.lastIndexOf(";")) + 1;
    const rest = area.value.slice(start);
    const end = start + (rest.search(/[\n;]/) < 0 ? rest.length : rest.search(/[\n;]/));
    return { start, end, text: area.value.slice(start, end).trim() };
  }

  #soon(editor) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(editor), PAUSE_MS);
  }

  async #ask(editor) {
    const { text } = this.#piece(editor);
    const ticket = (this.ticket = Symbol("ask"));
    try {
      const answer = await ask(`${this.root.dataset.executors}?${new URLSearchParams({ q: text })}`);
      if (!answer.ok || ticket !== this.ticket || this.table.editor !== editor) return;
      this.#show(editor, text, await answer.json());
    } catch {
      // without suggestions the text is written as it is
    }
  }

  #show(editor, typed, { found, says }) {
    const list = editor.choices.querySelector("ul");
    const isWhole = found.some((one) => one.text === typed);
    list.replaceChildren(...(isWhole && found.length === 1 ? [] : found).map((one, at) => {
      const option = document.createElement("li");
      option.id = `executor-${at}`;
      option.setAttribute("role", "option");
      option.dataset.text = one.text;
      const note = document.createElement("small");
      note.textContent = one.says;
      option.append(one.text, note);
      return option;
    }));
    editor.choices.querySelector(".echo").textContent = typed ? `${typed}: ${says}` : "";
    this.#mark(editor, -1);
    editor.area.setAttribute("aria-expanded", String(list.childElementCount > 0));
  }

  #options(editor) {
    return [...editor.choices.querySelectorAll("[role=option]")];
  }

  #mark(editor, at) {
    this.chosen = at;
    this.#options(editor).forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (at < 0) editor.area.removeAttribute("aria-activedescendant");
    else {
      editor.area.setAttribute("aria-activedescendant", `executor-${at}`);
      this.#options(editor)[at].scrollIntoView({ block: "nearest" });
    }
  }

  #key(editor, event) {
    const options = this.#options(editor);
    if (!options.length || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === "ArrowDown" || event.code === "ArrowUp") {
      const by = event.code === "ArrowDown" ? 1 : -1;
      if (this.chosen < 0 && by < 0) return;
      this.#mark(editor, Math.min(options.length - 1, Math.max(-1, this.chosen + by)));
    } else if ((event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Tab") && this.chosen >= 0) this.#take(editor, options[this.chosen]);
    else if (event.code === "Escape") {
      editor.choices.querySelector("ul").replaceChildren();
      editor.area.setAttribute("aria-expanded", "false");
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #take(editor, option) {
    const { area } = editor;
    const { start, end } = this.#piece(editor);
    const lead = start && area.value[start - 1] === ";" ? " " : "";
    area.setRangeText(lead + option.dataset.text, start, end, "end");
    area.dispatchEvent(new Event("input"));
    area.focus();
    editor.choices.querySelector("ul").replaceChildren();
    area.setAttribute("aria-expanded", "false");
  }
}
