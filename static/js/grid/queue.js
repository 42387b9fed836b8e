// Edits on their way to the portal. Each lies in the browser's storage under a name of its own until the portal has
// answered it, so a closed tab, a killed server or a session that is over loses nothing; the portal knows each by its key.

import { newKey, say, words } from "./words.js";

const AT_ONCE = 50;
const PAUSES_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const REFERRING = ["row", "heading", "activity", "after", "parent"];
const CELLS = new Set(["cell", "heading"]);

/** Read the token that signing in again in another tab has renewed. */
function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Ask the portal; a step to the sign-in page is told apart from an answer. */
export async function ask(url, body, headers = {}) {
  const given = { Accept: "application/json", ...headers };
  if (body !== undefined) Object.assign(given, { "Content-Type": "application/json", "X-CSRFToken": token() });
  const answer = await fetch(url, {
    method: body === undefined ? "GET" : "POST", headers: given, body: body === undefined ? undefined : JSON.stringify(body),
    redirect: "manual", credentials: "same-origin",
  });
  if (answer.type === "opaqueredirect") throw new SignedOut();
  return answer;
}

export class SignedOut extends Error {}

export class Queue extends EventTarget {
  constructor({ url, plan, user, status }) {
    super();
    Object.assign(this, { url, user, status, prefix: `grid:${plan}:${user}:` });
    this.items = this.#stored();
    this.sending = false;
    this.failures = 0;
    this.count = 0;
    this.saved = "";
    addEventListener("online", () => this.send());
    addEventListener("focus", () => this.items.length && this.send());
    addEventListener("pagehide", () => this.#keepAlive());
  }

  #stored() {
    const found = [];
    try {
      for (let at = 0; at < localStorage.length; at += 1) {
        const name = localStorage.key(at);
        if (name.startsWith(this.prefix)) found.push({ name, edit: JSON.parse(localStorage.getItem(name)) });
      }
    } catch {
      return [];
    }
    return found.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  #keep(item) {
    try {
      localStorage.setItem(item.name, JSON.stringify(item.edit));
    } catch {
      // without storage the edit lives as long as the page
    }
  }

  #drop(item) {
    this.items = this.items.filter((one) => one !== item);
    try {
      localStorage.removeItem(item.name);
    } catch {
      // nothing was kept
    }
  }

  /** Put an edit into the queue; a cell that is typed on, and not on its way yet, only gets its newer value. */
  put(edit, { now = true } = {}) {
    const waiting = CELLS.has(edit.deed) && this.items.find(({ edit: known, underway }) => !underway && sameCell(known, edit));
    if (waiting) {
      waiting.edit.value = edit.value;
      this.#keep(waiting);
      if (waiting.edit.value === waiting.edit.base) this.#drop(waiting);
    } else if (!CELLS.has(edit.deed) || edit.value !== edit.base) {
      this.count += 1;
      const name = `${this.prefix}${String(Date.now()).padStart(15, "0")}${String(this.count).padStart(5, "0")}`;
      const item = { name, edit: { key: newKey(), step: newKey(), ...edit } };
      this.items.push(item);
      this.#keep(item);
    }
    if (now) this.#soon(0);
    else this.#soon();
    this.#show();
  }

  /** Tell whether a row or heading has edits that the portal has not answered. */
  concerns(reference) {
    return this.items.some(({ edit }) => String(edit.row ?? edit.heading) === String(reference) || `new:${edit.key}` === reference);
  }

  /** What an edit has added has its key now: edits that wait for their turn name it by that. */
  rename(reference, key) {
    for (const item of this.items.filter(({ underway }) => !underway)) {
      const names = REFERRING.filter((name) => item.edit[name] === reference);
      for (const name of names) item.edit[name] = key;
      if (names.length) this.#keep(item);
    }
  }

  /** Take the later edits of a cell out of the queue and give the last value; its first edit met another one's. */
  withdraw(edit) {
    let value = edit.value;
    for (const item of this.items.filter(({ edit: other, underway }) => !underway && sameCell(other, edit))) {
      value = item.edit.value;
      this.#drop(item);
    }
    return value;
  }

  #soon(pause = 700) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    if (this.sending || !this.items.length) return this.#show();
    clearTimeout(this.timer);
    this.sending = true;
    const batch = this.items.slice(0, AT_ONCE);
    for (const item of batch) item.underway = true;
    this.#show();
    let answer = null;
    try {
      answer = await ask(this.url, { user: this.user, edits: batch.map((item) => item.edit) });
      if (answer.status >= 500) throw new Error(String(answer.status));
    } catch (problem) {
      this.#failed(batch, problem instanceof SignedOut ? "expired" : "offline");
      return undefined;
    }
    if (answer.status === 403 || answer.status === 404 || answer.status === 409 || answer.status === 413) {
      const said = await answer.json().catch(() => ({}));
      this.#failed(batch, "refused", said.sentence);
      return undefined;
    }
    const { answers = [], saved = "" } = await answer.json().catch(() => ({}));
    this.sending = false;
    this.failures = 0;
    this.state = "";
    if (!answer.ok) {
      for (const item of batch) this.#drop(item);
      this.dispatchEvent(new CustomEvent("lost", { detail: { edits: batch.map((item) => item.edit) } }));
    }
    this.saved = saved || this.saved;
    for (const said of answers) {
      const item = batch.find(({ edit }) => edit.key === said.key);
      if (!item) continue;
      this.#drop(item);
      this.dispatchEvent(new CustomEvent(said.state, { detail: { edit: item.edit, said } }));
    }
    this.#show();
    if (this.items.length) this.send();
    else this.dispatchEvent(new Event("settled"));
    return undefined;
  }

  #failed(batch, state, sentence = "") {
    for (const item of batch) item.underway = false;
    this.sending = false;
    this.state = state;
    this.sentence = sentence;
    const pause = PAUSES_MS[Math.min(this.failures, PAUSES_MS.length - 1)];
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
    this.#show();
  }

  /** Give what is not sent yet to the browser to send after the page is gone. */
  #keepAlive() {
    if (!this.items.length || this.sending) return;
    const edits = this.items.slice(0, AT_ONCE).map((item) => item.edit);
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
    fetch(this.url, { method: "POST", headers, body: JSON.stringify({ user: this.user, edits }), keepalive: true, redirect: "manual" }).catch(() => {});
  }

  #show() {
    const [state, text] = this.#words();
    if (this.status.dataset.state === state && this.status.textContent === text) return;
    this.status.dataset.state = state;
    this.status.replaceChildren(text);
    if (state !== "expired") return;
    const link = document.createElement("a");
    Object.assign(link, { href: words.login, target: "_blank", textContent: words.signIn });
    this.status.append(" ", link);
  }

  #words() {
    const count = this.items.length;
    if (this.state === "refused" && count) return ["refused", this.sentence || words.failing];
    if (this.state === "expired" && count) return ["expired", words.expired];
    if (this.state === "offline" && count) return navigator.onLine && this.failures < 2 ? ["failing", words.failing] : ["offline", say(words.waits, count)];
    if (count) return ["saving", words.saving];
    return this.saved ? ["saved", say(words.saved, this.saved)] : ["", ""];
  }
}

function sameCell(one, other) {
  return one.deed === other.deed && one.field === other.field && one.row === other.row && one.heading === other.heading;
}
