// News without reloading. One event stream a browser, shared by its tabs and closed while all are hidden: the tab that holds the lock listens and tells the others.
// A message is {kind, subject, contact}, ids only. Each becomes a DOM event on <body>, so that a fragment reloads itself with htmx:
//   <section hx-get="…/today/_scores" hx-trigger="news:response from:body throttle:2s" hx-swap="outerHTML">
// The event's name is news: and the kind's first word (order, contact, response, send); every message also fires plain "news", and "news:about-" with the contact's id. event.detail holds the message.
const address = document.body.dataset.news;
const channel = new BroadcastChannel("afterword-news:" + address);

function tell(message) {
  document.body.dispatchEvent(new CustomEvent("news:" + message.kind.split(".")[0], { detail: message }));
  if (message.contact) {
    document.body.dispatchEvent(new CustomEvent("news:about-" + message.contact, { detail: message }));
  }
  document.body.dispatchEvent(new CustomEvent("news", { detail: message }));
}

channel.onmessage = (event) => tell(event.data);

// Holds the stream for as long as this tab is seen; resolves when it is hidden or the session has ended.
function listen() {
  return new Promise((done) => {
    // What happened since the page was read, or since this tab heard last, is told first.
    const source = new EventSource(`${address}?age=${Math.round(performance.now() - heard)}`);
    let opened = false;
    const stop = () => {
      source.close();
      if (opened) heard = performance.now();
      document.removeEventListener("visibilitychange", hidden);
      done();
    };
    const hidden = () => document.hidden && stop();
    document.addEventListener("visibilitychange", hidden);
    source.addEventListener("news", (event) => {
      const message = JSON.parse(event.data);
      tell(message);
      channel.postMessage(message);
    });
    source.addEventListener("open", () => {
      opened = true;
      pause = SOON;
    });
    // The session has ended: whatever is loaded next leads to the sign-in page, so the stream is not opened again.
    source.addEventListener("ended", () => {
      ended = true;
      stop();
    });
    source.addEventListener("error", () => {
      // Refused: nobody is signed in any more (204), or the server cannot just now. Asked again soon and then ever later, as long as the page stays open.
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(stop, pause);
        pause = Math.min(3 * pause, 30_000);
      }
    });
  });
}

const SOON = 1_000;
let pause = SOON;
let heard = 0;
let ended = false;
let waiting = null;

function seen() {
  if (document.hidden) {
    waiting?.abort();
    waiting = null;
  } else if (!waiting && !ended) {
    const mine = new AbortController();
    waiting = mine;
    navigator.locks
      .request("afterword-news:" + address, { signal: mine.signal }, listen)
      .catch(() => {})
      .finally(() => {
        if (waiting === mine) {
          waiting = null;
          seen();
        }
      });
  }
}

if (address && navigator.locks) {
  document.addEventListener("visibilitychange", seen);
  seen();
}
