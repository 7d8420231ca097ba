// Keys for the inbox and for a case, who writes just now, and ticks that stay when the list loads again. Everything can be done without.
const fields = "input, textarea, select, [contenteditable]";

function lines() {
  return [...document.querySelectorAll(".cases tbody tr")];
}

function move(step) {
  const all = lines();
  if (!all.length) return;
  const at = all.findIndex((line) => line.classList.contains("here"));
  all[at]?.classList.remove("here");
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  next.classList.add("here");
  next.querySelector("th a").focus();
}

function compose(selector) {
  const field = document.querySelector(selector);
  const details = field?.closest("details");
  if (!details) return false;
  details.open = true;
  field.focus();
  return true;
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  o: () => document.querySelector(".cases .here th a")?.click(),
  x: () => document.querySelector(".cases .here input[type=checkbox]")?.click(),
  "/": () => document.querySelector("input[type=search]")?.focus(),
  r: () => compose("#words"),
  n: () => compose("#note"),
  c: () => compose("#rootCause"),
  a: () => document.querySelector("[data-key=a]")?.click(),
  u: () => document.querySelector(".case .trail a")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches(fields)) {
    event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(fields) || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

// Others see that somebody writes; what is written stays with this browser until it is sent.
const kept = "afterword-case:" + document.querySelector("main.case")?.dataset.case + ":";
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-writes]");
  const said = document.querySelector("#presence-form input[name=writes]");
  if (form && said) {
    said.value = event.target.value ? "yes" : "no";
    if (event.target.matches("textarea")) sessionStorage.setItem(kept + event.target.id, event.target.value);
  }
});
document.addEventListener("submit", (event) => {
  event.target.matches("form[data-writes]") && event.target.querySelectorAll("textarea").forEach((area) => sessionStorage.removeItem(kept + area.id));
});
document.querySelectorAll("form[data-writes] textarea").forEach((area) => {
  const typed = sessionStorage.getItem(kept + area.id);
  if (typed && !area.value) area.value = typed;
});

// A template goes where the cursor stands; without a script the page comes again with it.
document.addEventListener("submit", (event) => {
  const words = event.target.matches("form.texts") && event.target.querySelector("option:checked")?.dataset.words;
  const area = document.querySelector("#words");
  if (!words || !area) return;
  event.preventDefault();
  area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
});

let ticked = new Set();
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id === "cases") ticked = new Set([...document.querySelectorAll(".cases input[name=case]:checked")].map((box) => box.value));
});
document.body.addEventListener("htmx:afterSwap", () => {
  // What has been read is known: only the form with fields that others may have changed keeps the version that it was filled from.
  const version = document.querySelector("#thread")?.dataset.version;
  if (version) document.querySelectorAll("form:not(.facts-form) > input[name=version]").forEach((input) => (input.value = version));
  document.querySelectorAll(".cases input[name=case]").forEach((box) => (box.checked = box.checked || ticked.has(box.value)));
  ticked = new Set();
});
