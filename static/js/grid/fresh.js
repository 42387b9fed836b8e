// What the portal draws anew: after one's own edits at once, after somebody else's when the reader asks, or is away.

import { keyOf, labelOf, isRow } from "./cells.js";
import { SignedOut, ask } from "./queue.js";
import { say, words } from "./words.js";

const POLL_MS = 12_000;

export class Fresh {
  constructor({ table, queue, steps }) {
    Object.assign(this, { table, queue, steps, root: table.table });
    this.tag = this.root.dataset.tag;
    this.prepare();
    queue.addEventListener("settled", () => this.soon());
    setInterval(() => this.poll(), POLL_MS);
    setTimeout(() => this.poll(), 1000); // an edit may have arrived while this page was being drawn
    document.addEventListener("visibilitychange", () => document.hidden || this.poll());
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), 250);
  }

  /** Ask whether anything changed; somebody who writes is only told of it. */
  async poll() {
    if (document.hidden || this.queue.items.length || this.asking) return;
    try {
      const answer = await ask(this.root.dataset.pulse, undefined, { "If-None-Match": this.tag });
      if (answer.status !== 200) return;
      const { tag } = await answer.json();
      if (tag === this.tag) return;
    } catch {
      return;
    }
    if (this.root.contains(document.activeElement)) this.#offer();
    else this.fetch();
  }

  #offer() {
    const place = document.getElementById("others");
    if (!place || !place.hidden) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "lnk", textContent: words.show });
    button.addEventListener("click", () => this.fetch());
    place.replaceChildren(words.changed, " ", button);
    place.hidden = false;
  }

  async fetch() {
    if (this.queue.items.length || this.asking) return;
    this.asking = true;
    const known = {};
    for (const line of this.root.querySelectorAll("tr[data-d]")) known[line.id] = line.dataset.d;
    try {
      const answer = await ask(this.root.dataset.fresh + location.search, { known });
      if (answer.ok) this.#apply(await answer.json());
    } catch (problem) {
      if (!(problem instanceof SignedOut)) this.soon.call(this);
    } finally {
      this.asking = false;
    }
  }

  #apply(said) {
    this.tag = said.tag;
    const others = document.getElementById("others");
    if (others) others.hidden = true;
    const place = this.#remember();
    this.#arrange(said.order, said.html);
    const hidden = new Set(said.hidden);
    for (const line of this.root.querySelectorAll("tbody > tr[id]")) line.hidden = hidden.has(line.id);
    this.root.hidden = !said.order.length;
    const empty = document.getElementById("grid-empty");
    if (empty) empty.hidden = Boolean(said.order.length);
    const none = document.getElementById("grid-none");
    if (none) none.hidden = !said.none;
    this.#replace("grid-head", said.head);
    this.#replace("grid-side", said.side);
    this.prepare();
    this.table.prepare();
    this.#restore(place);
    this.steps(said);
    this.root.dispatchEvent(new Event("fresh"));
  }

  /** Remember where the person is: a row that comes anew must not take the focus away. */
  #remember() {
    const cell = this.table.active;
    const line = cell?.closest("tr");
    return { had: cell?.contains(document.activeElement), id: line?.id, key: line && String(keyOf(line)), field: cell?.dataset.f, isHeading: line && !isRow(line) };
  }

  #restore({ had, key, field, isHeading }) {
    if (this.table.active?.isConnected || key === undefined) return;
    const cell = this.table.cellOf(key, field, isHeading);
    if (!cell) return;
    this.table.active = cell;
    cell.tabIndex = 0;
    if (had) cell.focus({ preventScroll: true });
  }

  #arrange(order, html) {
    let before = this.root.querySelector("thead");
    const bodies = new Map([...this.root.tBodies].map((body) => [body.rows[0]?.id, body]));
    for (const [heading, parent, rows] of order) {
      let body = bodies.get(heading);
      bodies.delete(heading);
      if (!body) {
        body = document.createElement("tbody");
        body.setAttribute("role", "rowgroup");
      }
      body.dataset.parent = parent ?? "";
      if (before.nextElementSibling !== body) before.after(body);
      before = body;
      const wanted = [heading, ...rows].map((id) => this.#line(id, html[id])).filter(Boolean);
      wanted.forEach((line, at) => {
        if (body.rows[at] !== line) body.insertBefore(line, body.rows[at] ?? null);
      });
      for (const line of [...body.rows].slice(wanted.length)) this.#gone(line);
    }
    for (const body of bodies.values()) for (const line of [...body.rows]) this.#gone(line);
    for (const body of [...this.root.tBodies]) if (!body.rows.length) body.remove();
  }

  #line(id, html) {
    const known = document.getElementById(id);
    if (html === undefined) return known;
    if (known && (known.contains(this.table.editor?.cell ?? null) || this.queue.concerns(keyOf(known)))) {
      known.dataset.d = ""; // it comes again when the cell is left
      return known;
    }
    const holder = document.createElement("tbody");
    holder.innerHTML = html;
    const line = holder.rows[0];
    if (known?.nextElementSibling?.matches(".drawer")) known.nextElementSibling.remove();
    known?.replaceWith(line);
    return line;
  }

  #gone(line) {
    if (line.id.startsWith("wait-") && this.queue.concerns(keyOf(line))) return;
    if (line.matches(".drawer") && line.previousElementSibling) return;
    if (line.contains(this.table.editor?.cell ?? null)) this.table.close(true);
    line.remove();
  }

  #replace(id, html) {
    const place = document.getElementById(id);
    if (!place || (place !== document.activeElement && place.contains(document.activeElement) && document.activeElement.matches("textarea, select"))) return;
    if (place.dataset.was === html) return;
    place.dataset.was = html;
    place.innerHTML = html;
  }

  /** Give every row its box for choosing, and let it be dragged by its number. */
  prepare() {
    for (const line of this.root.querySelectorAll("tbody > tr[data-row]")) {
      const cell = line.querySelector(".num");
      if (cell.querySelector(".pick")) continue;
      const box = document.createElement("input");
      Object.assign(box, { type: "checkbox", className: "pick", tabIndex: -1 });
      box.setAttribute("aria-label", say(words.choose, labelOf(line)));
      cell.append(box);
    }
    for (const cell of this.root.querySelectorAll("tbody > tr > .num")) cell.draggable = true;
  }
}

