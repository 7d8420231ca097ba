// Keeps what a person has answered so far, shows and takes away what depends on it, and holds on to it while there is no connection.
const form = document.getElementById("answers");
if (form) {
  const note = form.querySelector("[data-kept]");
  const store = "afterword" + location.pathname;
  const told = new Set();
  // The button that was pressed and waits for a connection; null where the browser names none.
  let timer, touched = false, busy = false, pressed;

  const held = {
    put: all => { try { localStorage.setItem(store, JSON.stringify(all)); } catch { /* private windows keep nothing */ } },
    get: () => { try { return JSON.parse(localStorage.getItem(store)); } catch { return null; } },
    drop: () => { try { localStorage.removeItem(store); } catch { /* nothing was kept */ } },
  };
  const post = (address, body, headers) => fetch(address, { method: "POST", body, headers, keepalive: String(body).length < 60000 });

  // What is answered, and what was told before and is empty now.
  const answers = () => {
    const all = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (!name.startsWith("_") && (value.trim() || told.has(name))) {
        all.append(name, value);
        told.add(name);
      }
    }
    return all;
  };
  // What the pressed button sends, as the form is now.
  const sent = () => ({ address: form.getAttribute("action"), body: String(new URLSearchParams(new FormData(form, pressed))), sent: true });
  const waits = () => pressed !== undefined || held.get()?.sent;
  const offline = all => {
    held.put(pressed === undefined ? all : sent());
    note.textContent = note.dataset.offline;
  };
  const keep = async () => {
    timer = undefined;
    touched = false;
    const body = answers();
    if (pressed !== undefined) {
      held.put(sent());
    } else if (form.dataset.draft && !waits()) {
      try {
        const response = await post(form.dataset.draft, body);
        if (response.status >= 500) throw response;
        if (!waits()) {
          note.textContent = response.ok ? note.dataset.text : "";
          held.drop();
        }
      } catch {
        if (!waits()) offline({ address: form.dataset.draft, body: String(body) });
      }
    }
    if (form.dataset.live) await live();
  };

  // Questions that follow from what was just answered; those that stay keep what was typed.
  const live = async () => {
    try {
      const response = await post(form.dataset.live, new URLSearchParams(new FormData(form)));
      if (!response.ok) return;
      const there = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = there.getElementById("questions"), box = form.querySelector("#questions");
      const old = new Map([...box.querySelectorAll("[data-step]")].map(one => [one.dataset.step, one]));
      const all = [...next.children].map(fresh => {
        const stays = old.get(fresh.dataset.step);
        old.delete(fresh.dataset.step);
        if (!stays) return fresh;
        const was = stays.querySelector(".ask,.said"), is = fresh.querySelector(".ask,.said");
        if (was && is && was.textContent !== is.textContent) was.textContent = is.textContent;
        return stays;
      });
      old.forEach(gone => gone.remove());
      all.forEach((one, at) => box.children[at] === one || box.insertBefore(one, box.children[at] ?? null));
      form.elements._shown.value = there.querySelector("[name=_shown]").value;
      rank();
    } catch { /* the button brings them */ }
  };

  // The words beside “other” go with it.
  const untick = box => {
    box.checked = false;
    const words = box.closest(".tick").querySelector(".other");
    if (words) words.value = "";
  };
  form.addEventListener("input", event => {
    if (!event.isTrusted && !event.detail) return;
    const field = event.target, tick = field.closest(".tick");
    if (field.type === "checkbox" && field.checked) {
      // “None of these” stands alone.
      for (const other of field.closest(".q").querySelectorAll("input[type=checkbox]")) {
        if (other !== field && ("alone" in field.dataset || "alone" in other.dataset)) untick(other);
      }
    } else if (field.type === "checkbox") {
      untick(field);
    } else if (tick && field.classList.contains("other") && field.value) {
      tick.querySelector("input").checked = true;
    }
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(keep, field.type === "radio" ? 250 : 900);
  });

  const drop = () => {
    held.drop();
    pressed = undefined;
  };
  // The browser sends it and shows what the server says, with everything that was typed.
  const plain = all => {
    if (pressed !== undefined) {
      const button = pressed;
      form.dataset.plain = "1";
      drop();
      return form.requestSubmit(button);
    }
    const sheet = document.createElement("form");
    sheet.method = "post";
    sheet.action = all.address;
    for (const [name, value] of new URLSearchParams(all.body)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      sheet.append(field);
    }
    drop();
    document.body.append(sheet);
    sheet.requestSubmit();
  };
  // Sends by itself so that a lost connection loses nothing; what the server will not take now is sent later, what it will not take at all, it shows.
  const send = async all => {
    if (busy) return;
    busy = true;
    try {
      const response = await post(all.address, new URLSearchParams(all.body), { "X-Afterword": "script" });
      if (response.ok) {
        const address = await response.text();
        drop();
        location.assign(address);
      } else if (response.status < 500 && response.status !== 429) {
        plain(all);
      } else {
        offline(all);
      }
    } catch {
      offline(all);
    } finally {
      busy = false;
    }
  };
  form.addEventListener("submit", event => {
    touched = false;
    clearTimeout(timer);
    if (form.dataset.plain) return;
    event.preventDefault();
    note.textContent = note.dataset.sending;
    pressed = event.submitter;
    send(sent());
  });
  const again = async () => {
    const all = pressed === undefined ? held.get() : sent();
    if (!all || navigator.onLine === false) return;
    if (all.sent) return send(all);
    try {
      if ((await post(all.address, new URLSearchParams(all.body))).status < 500 && !waits()) {
        held.drop();
        note.textContent = note.dataset.text;
      }
    } catch { /* once more later */ }
  };
  addEventListener("online", again);
  setInterval(again, 15000);
  again();
  addEventListener("pagehide", () => {
    if (touched && pressed !== undefined) held.put(sent());
    else if (touched && form.dataset.draft) navigator.sendBeacon(form.dataset.draft, answers());
  });

  // A ranking by hand: dragged, or moved by buttons and arrow keys; the selects behind it are what is sent.
  const rank = () => form.querySelectorAll("[data-rank]:not([data-ready])").forEach(box => {
    box.dataset.ready = "";
    const places = Number(box.dataset.rank);
    const rows = () => [...box.querySelectorAll(".place")];
    const place = row => row.querySelector("select");
    const order = () => {
      rows().sort((a, b) => (place(a).value || 99) - (place(b).value || 99)).forEach(row => box.append(row));
    };
    const move = (row, to) => {
      const all = rows();
      all.splice(all.indexOf(row), 1);
      all.splice(to, 0, row);
      all.forEach((one, at) => {
        box.append(one);
place(one).value = at < places ? String(at + 1) : "";
      });
      box.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: 1 }));
    };
    rows().forEach(row => {
      row.draggable = true;
      for (const [step, text, sign] of [[-1, box.dataset.up, "↑"], [1, box.dataset.down, "↓"]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = sign;
        button.setAttribute("aria-label", text + ": " + row.querySelector("label").textContent);
        button.addEventListener("click", () => {
          const at = rows().indexOf(row) + step;
          if (at >= 0 && at < rows().length) move(row, at);
          button.focus();
        });
        row.append(button);
      }
      row.addEventListener("keydown", event => {
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key], at = rows().indexOf(row) + step;
        if (!step || event.target.tagName === "SELECT" || at < 0 || at >= rows().length) return;
        event.preventDefault();
        const had = event.target;
        move(row, at);
        had.focus();
      });
      row.addEventListener("dragstart", event => {
        event.dataTransfer.setData("text/plain", "");
        row.classList.add("drag");
      });
      row.addEventListener("dragover", event => {
        event.preventDefault();
        const moved = box.querySelector(".drag");
        if (moved && moved !== row) {
          const below = rows().indexOf(moved) < rows().indexOf(row);
          row[below ? "after" : "before"](moved);
        }
      });
      row.addEventListener("dragend", () => {
        row.classList.remove("drag");
        move(row, rows().indexOf(row));
      });
      place(row).addEventListener("change", event => {
        rows().forEach(other => {
          if (other !== row && event.target.value && place(other).value === event.target.value) place(other).value = "";
        });
        order();
        event.target.focus();
      });
    });
    order();
  });
  rank();
}
