// Keeps what a person has answered so far; it counts only when the button is pressed.
const form = document.querySelector("form[data-draft]");
if (form) {
  const kept = form.querySelector("[data-kept]");
  const told = new Set();
  let timer, touched = false;

  // What is answered, and what was told before and is empty now.
  const answers = () => {
    const all = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value.trim() || told.has(name)) {
        all.append(name, value);
        told.add(name);
      }
    }
    return all;
  };
  const keep = async () => {
    timer = undefined;
    touched = false;
    try {
      const response = await fetch(form.dataset.draft, { method: "POST", body: answers(), keepalive: true });
      kept.textContent = response.ok ? kept.dataset.text : "";
    } catch {
      kept.textContent = "";
    }
  };
  form.addEventListener("input", event => {
    if (!event.isTrusted) return;
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 900);
  });
  form.addEventListener("submit", () => {
    touched = false;
    clearTimeout(timer);
  });
  addEventListener("pagehide", () => {
    if (touched) navigator.sendBeacon(form.dataset.draft, answers());
  });
}
