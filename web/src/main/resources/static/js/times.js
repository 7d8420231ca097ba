// Says times relative to now, with the exact one (in the workspace's zone) on hover: <time datetime="2026-11-21T10:00:00Z" data-relative>21 Nov 2026, 11:00</time>
const steps = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

function say(time) {
  if (!time.title) {
    time.title = time.textContent.trim();
  }
  const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
  const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
  time.textContent = words.format(Math.trunc(seconds / size), unit);
}

function sayAll(root) {
  root.querySelectorAll("time[data-relative]").forEach(say);
}

sayAll(document);
document.addEventListener("htmx:load", (event) => sayAll(event.target));
setInterval(() => sayAll(document), 60_000);
