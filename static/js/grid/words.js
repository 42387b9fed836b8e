// The sentences of the grid, which the page brings with it, and how a number chooses their form.

export const words = JSON.parse(document.getElementById("grid-words").textContent);

const rules = new Intl.PluralRules(document.documentElement.lang);

/** Fill the place in a sentence; of three forms the number chooses one. */
export function say(sentence, value) {
  let text = sentence;
  if (Array.isArray(sentence)) {
    const form = rules.select(value);
    text = sentence[form === "one" ? 0 : form === "few" ? 1 : 2];
  }
  return value === undefined ? text : text.replace("%s", value);
}

const live = document.getElementById("live");

/** Tell a screen reader. */
export function tell(text) {
  if (live) live.textContent = text;
}

/** Make a key that nobody else makes; `crypto.randomUUID` wants https, and portals run in a school's own network. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
