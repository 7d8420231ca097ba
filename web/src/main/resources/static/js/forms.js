// A form is sent once, however often its button is pressed; coming back to the page frees it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (!event.defaultPrevented && form.method === "post") {
    form.dataset.sent = "true";
    form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true"));
  }
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

// A form of filters sends itself when one of its fields changes: <form data-at-once>. Without a script its button does.
document.addEventListener("change", (event) => {
  // Chrome tells of a change after each digit of a year: 0002, 0020, 0202.
  if (event.target.type === "date" && event.target.value && event.target.value < "1900") return;
  event.target.closest("form[data-at-once]")?.requestSubmit();
});
