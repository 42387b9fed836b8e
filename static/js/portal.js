// What the portal adds to its pages when a browser runs scripts. Everything can be read and sent without it.

const words = document.getElementById("words")?.dataset ?? {};
const live = document.getElementById("live");

/** Tell a screen reader something that is seen elsewhere on the page. */
function say(text) {
  if (live) live.textContent = text;
}

/** Put a sentence at the top of the page that stays until the next step succeeds. */
function trouble(text, link) {
  const place = document.getElementById("messages");
  if (!place) return;
  let line = document.getElementById("trouble");
  if (!line) {
    line = document.createElement("p");
    line.id = "trouble";
    line.className = "msg is-bad";
    line.setAttribute("role", "alert");
    line.tabIndex = -1;
    place.prepend(line);
  }
  line.replaceChildren(text);
  if (link) line.append(" ", link);
  line.scrollIntoView({ block: "nearest" });
}

function calm() {
  document.getElementById("trouble")?.remove();
}

/** Signing in again in another tab renews the token; the cookie has the new one, the page the old one. */
function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
}

addEventListener("submit", (event) => {
  const field = event.target.elements.namedItem?.("csrfmiddlewaretoken");
  if (field && token()) field.value = token();
}, true);

// A locked action can be found and focused; instead of acting it says why.

addEventListener("click", (event) => {
  const locked = event.target.closest?.("[aria-disabled=true]");
  if (!locked) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const why = document.getElementById(locked.getAttribute("aria-describedby"));
  if (!why) return;
  why.className = "small muted";
  say(why.textContent);
}, true);

// Header menus close with Esc and with a click elsewhere; only one is open.

const menus = document.querySelectorAll(".bar details");

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});

// The search key. It is bound by its place on the keyboard, so that both layouts work, and it can be switched off.

const KEYS_OFF = "keys-off";

function keysAreOn() {
  try {
    return !localStorage.getItem(KEYS_OFF);
  } catch {
    return true;
  }
}

function showKeys() {
  for (const place of document.querySelectorAll("[data-keys]")) {
    place.hidden = false;
    const button = place.querySelector("button");
    button.textContent = keysAreOn() ? button.dataset.on : button.dataset.off;
  }
  for (const key of document.querySelectorAll("[data-search] kbd")) key.hidden = !keysAreOn();
}

addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-keys] button")) return;
  try {
    if (keysAreOn()) localStorage.setItem(KEYS_OFF, "1");
    else localStorage.removeItem(KEYS_OFF);
  } catch {
    return; // nothing is stored in this browser, so the key stays as it is
  }
  showKeys();
});

addEventListener("keydown", (event) => {
  if (event.code !== "Slash" || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !keysAreOn()) return;
  if (event.target.closest?.("input, select, textarea, [contenteditable], dialog")) return;
  const goal = document.querySelector("[data-search-field]") ?? document.querySelector("[data-search]");
  if (!goal?.checkVisibility?.()) return;
  event.preventDefault();
  goal.focus();
});

// A file may be dropped anywhere on its box.

for (const kind of ["dragover", "dragleave", "drop"]) {
  addEventListener(kind, (event) => {
    const box = event.target.closest?.("[data-drop]");
    if (!box || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    box.classList.toggle("over", kind === "dragover");
    if (kind !== "drop") return;
    const input = box.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}

// Dialogs opened by `commandfor`, for browsers that do not know it yet.

if (!("commandForElement" in HTMLButtonElement.prototype)) {
  addEventListener("click", (event) => {
    const button = event.target.closest?.("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (!dialog) return;
    if (button.getAttribute("command") === "show-modal") dialog.showModal();
    else dialog.close();
  });
}

// htmx: a step that did not arrive is said in words, and the text stays; focus is never lost.

addEventListener("htmx:configRequest", (event) => {
  if (!token()) return;
  const { headers, parameters } = event.detail;
  headers["X-CSRFToken"] = token();
  if (parameters.csrfmiddlewaretoken) parameters.csrfmiddlewaretoken = token();
});

/** The sign-in page comes back in place of the answer when the session is over. */
function isSignIn(xhr) {
  if (xhr.status === 401) return true;
  return words.login && xhr.responseURL && new URL(xhr.responseURL).pathname === words.login;
}

function askToSignIn() {
  const link = document.createElement("a");
  link.href = words.login;
  link.target = "_blank";
  link.textContent = words.signIn;
  trouble(words.expired, link);
}

let focused = null;

addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (isSignIn(xhr)) {
    event.detail.shouldSwap = false;
    askToSignIn();
    return;
  }
  if (event.detail.shouldSwap) calm();
  focused = target?.contains(document.activeElement) ? document.activeElement : null;
});

addEventListener("htmx:afterSettle", (event) => {
  const place = event.detail.elt;
  const wanted = place.querySelector?.("[data-focus]");
  const lost = focused && !focused.isConnected && (document.activeElement === document.body || !document.activeElement);
  focused = null;
  const goal = wanted ?? (lost ? place.querySelector?.("h1, h2, h3") ?? place : null);
  if (!goal) return;
  if (!goal.matches("a[href], button, input, select, textarea, [tabindex]")) goal.tabIndex = -1;
  goal.focus({ preventScroll: goal === place });
});

addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  if (isSignIn(xhr)) askToSignIn();
  else if (xhr.status === 403) trouble(words.denied);
  else if (xhr.status === 404) trouble(words.gone);
  else trouble(words.failed);
});

addEventListener("htmx:sendError", () => trouble(words.offline));
addEventListener("htmx:timeout", () => trouble(words.offline));

showKeys();
document.querySelector("main [data-focus]")?.focus();
