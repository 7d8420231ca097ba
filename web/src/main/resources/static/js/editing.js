// The editor: saves while one types, drags, and tells the preview. Without this file its forms work by their buttons.
const editor = () => document.getElementById("editor");

// Every change is made of the version that was kept last.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.parameters.version !== undefined) event.detail.parameters.version = editor().dataset.version;
  // What is typed into “one a line” is added when one says so, not while one types.
  if (event.detail.parameters.auto) document.querySelectorAll("[data-late]").forEach((field) => { event.detail.parameters[field.name] = ""; });
});
document.addEventListener("draft", (event) => {
  const version = event.detail.version;
  if (editor()) editor().dataset.version = version;
  document.querySelectorAll("#editor input[name=version]").forEach((field) => { field.value = version; });
  const preview = document.querySelector("iframe[data-preview]");
  if (preview && preview.closest("details").open) preview.contentWindow.location.reload();
});
// The preview stands open where there is room for it; how a mail is looked at is shown as soon as it is chosen.
function open() {
  const beside = document.querySelector(".beside");
  if (beside && window.matchMedia("(min-width: 1400px)").matches) beside.open = true;
}
open();
document.addEventListener("htmx:load", open);
document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-look]")) event.target.form.requestSubmit();
});

// A choice that changes which fields there are sends its form at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("#editor [data-shape]")) event.target.form.requestSubmit();
});

// What is typed counts as kept when the server says so. A link is followed only then, and a closed tab asks.
let typed = 0;
let sent = 0;
let kept = 0;
let leaving = null;
let latest = null;
document.addEventListener("input", (event) => {
  if (!event.target.closest("#editor form.wide")) return;
  typed += 1;
  latest = event.target;
});
// A form that has just been put in is not listened to for a moment; what was typed in that moment is said again.
document.addEventListener("htmx:afterSettle", () => {
  if (typed !== sent && onTheirWay === 0 && latest?.isConnected) latest.dispatchEvent(new Event("input", { bubbles: true }));
});
document.addEventListener("htmx:beforeRequest", () => { sent = typed; });
document.addEventListener("draft", () => { kept = sent; });
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || typed === kept || !editor()) return;
  if (link.matches("[data-anew]")) leaving = link.href;
  if (leaving || (typed === sent && onTheirWay === 0)) return;
  event.preventDefault();
  leaving = link.href;
  if (typed !== sent) editor().querySelector("form.wide").requestSubmit();
});
document.addEventListener("htmx:afterRequest", () => {
  if (!leaving) return;
  if (typed === kept) window.location.assign(leaving);
  else leaving = null;
});
window.addEventListener("beforeunload", (event) => { if (typed !== kept && !leaving) event.preventDefault(); });

// A button that is pressed while an answer is on its way stands in a form that the answer replaces: it is pressed again in the new one.
let onTheirWay = 0;
let pressed = null;
document.addEventListener("htmx:beforeRequest", () => { onTheirWay += 1; });
document.addEventListener("htmx:afterRequest", () => { onTheirWay -= 1; });
document.addEventListener("click", (event) => {
  const button = event.target.closest("#editor button[name]");
  if (button && onTheirWay > 0) {
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = { name: button.name, value: button.value };
  }
}, true);

// What is typed meanwhile is typed into the new form too, where its field says what it said before.
const typedMeanwhile = new Map();
document.addEventListener("input", (event) => {
  const field = event.target;
  if (onTheirWay > 0 && field.defaultValue !== undefined && field.type !== "checkbox" && field.type !== "radio") typedMeanwhile.set(field.name, { now: field.value, was: field.defaultValue });
});
document.addEventListener("htmx:afterSettle", () => {
  typedMeanwhile.forEach(({ now, was }, name) => {
    const field = [...document.querySelectorAll("#editor form.wide [name]")].find((one) => one.name === name);
    if (field && field.value === was && field.defaultValue === was && now !== was) {
      field.value = now;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  if (onTheirWay === 0) typedMeanwhile.clear();
});
document.addEventListener("htmx:afterSettle", () => {
  if (pressed && onTheirWay === 0) {
    const wanted = pressed;
    pressed = null;
    [...document.querySelectorAll("#editor button[name]")].find((one) => one.name === wanted.name && one.value === wanted.value)?.click();
  }
});

// Ctrl+Z outside of a field takes the last change back; inside, the field does that itself.
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !event.shiftKey && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    document.querySelector("[data-undo]")?.click();
  }
});

// Dragging leaves style attributes behind, and the page's policy refuses to have them copied to what replaces their elements.
document.addEventListener("htmx:beforeSwap", () => { document.querySelectorAll("[style]").forEach((dragged) => dragged.removeAttribute("style")); });

function draggable() {
  if (!window.Sortable) return;
  document.querySelectorAll("#editor .questions:not([data-drag])").forEach((list) => {
    list.dataset.drag = "on";
    window.Sortable.create(list, {
      group: "questions", animation: 120, delay: 150, delayOnTouchOnly: true, filter: "button", preventOnFilter: false,
      onEnd: (moved) => window.htmx.ajax("POST", editor().dataset.changes, {
        source: list, target: "#editor", swap: "outerHTML",
        values: { version: editor().dataset.version, at: editor().querySelector("input[name=at]").value, act: `move:${moved.item.dataset.question}`, page: moved.to.closest("[data-page]").dataset.page, index: moved.newIndex },
      }),
    });
  });
  document.querySelectorAll("#editor [data-lines]:not([data-drag])").forEach((list) => {
    list.dataset.drag = "on";
    window.Sortable.create(list, { animation: 120, delay: 150, delayOnTouchOnly: true, filter: "input, button, summary, label", preventOnFilter: false, onEnd: () => list.dispatchEvent(new Event("input", { bubbles: true })) });
  });
}
window.addEventListener("load", draggable);
document.addEventListener("htmx:load", draggable);
