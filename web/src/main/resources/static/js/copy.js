// A button that copies what another element shows: <button type="button" data-copy="#key" data-copied="Copied" hidden>Copy</button>
function ready(root) {
  root.querySelectorAll("button[data-copy]").forEach((button) => {
    button.hidden = !navigator.clipboard;
  });
}

ready(document);
document.addEventListener("htmx:load", (event) => ready(event.target));
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  }
});
