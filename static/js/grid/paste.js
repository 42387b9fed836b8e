// A table from Word or Excel: the portal understands it, the person looks, then it is one edit.

import { isWritable } from "./cells.js";
import { ask } from "./queue.js";
import { tell, words } from "./words.js";

export class Paste {
  constructor({ table, queue, root }) {
    Object.assign(this, { table, queue, url: root.dataset.paste });
    this.dialog = document.getElementById("paste");
    this.place = this.dialog.querySelector("[data-preview]");
    document.addEventListener("paste", (event) => this.#pasted(event));
    this.dialog.addEventListener("click", (event) => {
      const step = event.target.closest("[data-paste]")?.dataset.paste;
      if (step === "go") this.#insert();
      if (step) this.dialog.close();
    });
    this.dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#look(new FormData(event.target).getAll("role"));
    });
    this.dialog.addEventListener("close", () => this.table.active?.focus());
  }

  #pasted(event) {
    const inCell = event.target.closest?.("textarea.cell");
    if (!inCell && event.target.closest?.("input, textarea, select, dialog")) return;
    const html = tablesOf(event.clipboardData.getData("text/html"));
    const text = event.clipboardData.getData("text/plain");
    const cells = html ? (html.match(/<t[dh]/g) ?? []).length : (text.match(/\t/g) ?? []).length + 1;
    if (cells < 2) {
      if (inCell || !this.table.active || !text.trim()) return;
      if (!isWritable(this.table.active) || document.activeElement !== this.table.active) return;
      event.preventDefault();
      this.table.set(this.table.active, text.replaceAll("\r\n", "\n").trim());
      return;
    }
    event.preventDefault();
    this.table.close(true);
    this.source = { html, text };
    this.#look([]);
  }

  async #look(roles) {
    try {
      const answer = await ask(this.url, { ...this.source, roles });
      if (!answer.ok) throw new Error(String(answer.status));
      this.place.innerHTML = await answer.text();
    } catch {
      tell(words.offline);
      this.place.textContent = words.offline;
    }
    if (!this.dialog.open) this.dialog.showModal();
  }

  #insert() {
    const cells = JSON.parse(this.place.querySelector("#paste-cells").textContent);
    const goals = [...this.place.querySelectorAll("select[name=match]")].map((one) => one.value);
    const rows = cells.filter((_, at) => goals[at] !== "skip");
    const matched = goals.filter((goal) => goal !== "skip").map((goal) => (goal ? Number(goal) : null));
    if (rows.length) this.queue.put({ deed: "paste", rows, matched });
    this.queue.addEventListener("settled", () => scrollTo({ top: document.body.scrollHeight }), { once: true });
  }
}

/** Give the tables of what was copied without the clutter that Word writes around every word. */
function tablesOf(html) {
  if (!html) return "";
  // Styles are renamed before anything parses them: the policy of the page refuses them, and only lists need one.
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-style=");
  const page = new DOMParser().parseFromString(bare, "text/html");
  const tables = [...page.querySelectorAll("table")].filter((table) => !table.parentElement.closest("table"));
  for (const table of tables) {
    for (const one of table.querySelectorAll("*")) {
      const isLabel = /mso-list:\s*ignore/i.test(one.dataset.style ?? "");
      for (const { name } of [...one.attributes]) if (name !== "rowspan" && name !== "colspan") one.removeAttribute(name);
      if (isLabel) one.dataset.label = "";
    }
  }
  return tables.map((table) => table.outerHTML).join("");
}
