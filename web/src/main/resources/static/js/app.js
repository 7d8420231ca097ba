// What every signed-in page does beyond its HTML. Each module works alone and nothing depends on it: pages work without a script.
import "./times.js";
import "./forms.js";
import "./copy.js";
import "./news.js";

// On a phone, places and tabs are wider than the page: the one that is open should be in sight.
document.querySelectorAll(".places [aria-current], .tabs [aria-current]").forEach((here) => here.scrollIntoView({ block: "nearest", inline: "center" }));
