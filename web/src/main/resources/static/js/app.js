// What every signed-in page does beyond its HTML. Each module works alone and nothing depends on it: pages work without a script.
import "./times.js";
import "./forms.js";
import "./copy.js";
import "./news.js";
