// The grid of a draft. The table can be read, and each row edited by a form, without this.

import { keyOf, lineOf } from "./grid/cells.js";
import { Bulk } from "./grid/bulk.js";
import { Clash } from "./grid/clash.js";
import { DeadlineDrawer } from "./grid/deadline.js";
import { Executors } from "./grid/executors.js";
import { Fresh } from "./grid/fresh.js";
import { Moves } from "./grid/moves.js";
import { Panel } from "./grid/panel.js";
import { Paste } from "./grid/paste.js";
import { Queue } from "./grid/queue.js";
import { Rows } from "./grid/rows.js";
import { Table } from "./grid/table.js";
import { say, tell, words } from "./grid/words.js";

const root = document.getElementById("grid");
const tools = document.getElementById("grid-tools");

function start() {
  const { pk, user, save } = root.dataset;
  const queue = new Queue({ url: save, plan: pk, user: Number(user), status: document.getElementById("saved") });
  const table = new Table(root, queue);
  const fresh = new Fresh({ table, queue, steps: showSteps });
  const rows = new Rows({ table, queue, fresh });
  const moves = new Moves({ table, queue, fresh });
  new Clash({ table, queue });
  new DeadlineDrawer({ table, queue });
  new Executors({ table, root });
  new Bulk({ table, queue, rows });
  new Paste({ table, queue, root });
  const panel = new Panel({ table, queue });
  const dialogs = { keys: document.getElementById("keys"), numbering: document.getElementById("numbering"), comment: document.getElementById("comment") };

  const deeds = {
    "add-row": () => rows.addRow(),
    "add-activity": () => rows.addHeading("activity"),
    "add-section": () => rows.addHeading("section"),
    drop: () => rows.drop(),
    "as-above": () => rows.asAbove(),
    up: () => moves.step(-1),
    down: () => moves.step(1),
    undo: () => turn("undo"),
    redo: () => turn("redo"),
    keys: () => dialogs.keys.showModal(),
    comment: () => table.line?.dataset.row && dialogs.comment.showModal(),
    numbering: () => dialogs.numbering.showModal(),
    "next-finding": () => nextFinding(),
    first: () => table.go(root.querySelector("tbody > tr:not([hidden]) > td[data-v]")),
    last: () => table.go([...root.querySelectorAll("tbody > tr:not([hidden])")].at(-1)?.querySelector("td[data-v]")),
    inherit: () => rows.inherit(),
    beside: () => panel.toggle(),
    "adopt-all": () => panel.adoptAll(),
  };

  /** Undo or do again; what is still on its way goes first. */
  function turn(deed) {
    table.close(true);
    queue.put({ deed });
  }

  function nextFinding() {
    const notes = [...root.querySelectorAll("tbody > tr:not([hidden])")].filter((line) => line.querySelector(".note.is-bad, .note.is-warn"));
    if (!notes.length) return;
    const at = notes.indexOf(table.line);
    const line = notes[(at + 1) % notes.length];
    table.go(line.querySelector("td[data-f=phrase], td[data-v]"));
    tell(line.querySelector(".note")?.textContent.trim() ?? "");
  }

  addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    event.preventDefault();
    deeds[button.dataset.do]?.();
  });
  table.addEventListener("do", (event) => deeds[event.detail]?.());
  dialogs.numbering.addEventListener("close", () => {
    const mode = dialogs.numbering.querySelector("input:checked")?.value;
    if (dialogs.numbering.returnValue === "go" && mode) queue.put({ deed: "numbering", mode });
    dialogs.numbering.returnValue = "";
  });
  dialogs.comment.addEventListener("close", () => {
    const field = dialogs.comment.querySelector("textarea");
    const text = field.value.trim();
    if (dialogs.comment.returnValue === "go" && text) queue.put({ deed: "comment", row: keyOf(table.line), text });
    if (dialogs.comment.returnValue === "go") field.value = "";
    dialogs.comment.returnValue = "";
    table.active?.focus();
  });
  root.addEventListener("change", (event) => {
    if (event.target.matches(".pick")) table.choose(lineOf(event.target), event.target.checked);
  });

  // The margin: a fix or a reason is an edit like any other, so it can be undone and nothing is drawn twice.
  root.addEventListener("submit", (event) => {
    const form = event.target;
    const finding = form.elements.namedItem("key")?.value;
    if (!finding) return;
    event.preventDefault();
    table.close(true);
    const line = lineOf(form);
    table.go(line.querySelector("td[data-f=phrase], td[data-v]"));
    if (event.submitter?.name === "fix") queue.put({ deed: "fix", finding, index: Number(event.submitter.value) });
    else queue.put({ deed: "explain", finding, reason: form.elements.namedItem("reason").value });
  });

  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.target.closest?.("input, select, textarea, [contenteditable], dialog")) return;
    if (event.code === "Slash" && event.shiftKey && !event.ctrlKey && !event.altKey) deeds.keys();
    else if (event.code === "KeyZ" && (event.ctrlKey || event.metaKey)) deeds[event.shiftKey ? "redo" : "undo"]();
    else if (event.code === "F8") deeds["next-finding"]();
    else return;
    event.preventDefault();
  });

  tools.hidden = false;
  showSteps(root.dataset);
  if (queue.items.length) queue.send();
}

/** Name on the buttons what would be undone and done again. */
function showSteps({ undo, redo, uppers }) {
  if (uppers !== undefined) tools.querySelector("[data-open-uppers]").textContent = uppers;
  const [back, again] = [tools.querySelector("[data-do=undo]"), tools.querySelector("[data-do=redo]")];
  back.querySelector("[data-undo-words]").textContent = undo ? say(words.undo, undo) : words.nothing;
  if (undo) back.removeAttribute("aria-disabled");
  else back.setAttribute("aria-disabled", "true");
  again.title = redo ? say(words.redo, redo) : "";
  again.hidden = !redo;
}

if (root) start();

