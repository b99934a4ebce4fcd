// What all scripts of the kit use: the data of the page, fixed words, notes that stay on this device, and files.
// Classic and deferred, since browsers block modules on file://. Others read `window.workshopKit`.
(() => {
  "use strict";
  var element = document.getElementById("kit-data");
  var data = element ? JSON.parse(element.textContent) : window.workshopData || {}; // a script beside the page, where there is much
  var words = data.device || {};

  // The form of a plural that the language of the page has for a number: zero, one, two, few, many or other.
  function form(number) {
    try { return new Intl.PluralRules(document.documentElement.lang).select(number); } catch (error) { return number === 1 ? "one" : "other"; }
  }

  // Names in a row, as the language of the page writes them: "one, two".
  var list = (names) => names.join(data.comma);

  // "{n} minutes" with its places filled; of a plural { one, other } the form for values.n.
  function fill(text, values) {
    if (text && typeof text === "object") text = text[form(+values.n)] ?? text.other;
    return String(text).replace(/\{(\w+)\}/g, (place, name) => values && name in values ? values[name] : place);
  }

  // The first element, and all, that a selector finds in a part of the page.
  var one = (selector, at = document) => at.querySelector(selector);
  var all = (selector, at = document) => [...at.querySelectorAll(selector)];

  // An element: tag and class as "p.kit-note", attributes, and children that are elements or plain text.
  function make(what, attributes, children) {
    var [tag, ...classes] = what.split("."), made = document.createElement(tag);
    if (classes.length) made.className = classes.join(" ");
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
    });
    made.append(...[].concat(children).filter(child => child != null && child !== ""));
    return made;
  }

  // Says once, at the top of the content, that notes cannot be kept, and why.
  function complain(error) {
    var full = error && /quota/i.test(error.name + error.message);
    var text = full ? words.full : words.forbidden;
    var box = one(".kit-storage");
    if (!box) {
      box = make("p.kit-storage", { role: "alert" });
      var heading = one(".md-content h1");
      if (heading) heading.after(box);
      else document.body.prepend(box);
    }
    if (box.textContent !== text) box.textContent = text;
  }

  // Notes on this device. All keys carry the kit's id, since pages of several kits may share one store on file://.
  var prefix = "workshop-kit/" + data.kit + "/";
  var lost = {}; // the keys of what could not be kept
  var store = {
    prefix: prefix,
    get(key) {
      try { return localStorage.getItem(prefix + key); } catch (error) { complain(error); return null; }
    },
    // Whether it could be kept; the reader is told when not. An empty text is forgotten.
    set(key, text) {
      try {
        if (text === "" || text == null) localStorage.removeItem(prefix + key);
        else localStorage.setItem(prefix + key, text);
        delete lost[key];
        var box = one(".kit-storage");
        if (box && !Object.keys(lost).length) box.remove();
        return true;
      } catch (error) { lost[key] = true; complain(error); return false; }
    },
    // The keys that begin with some text, in order, without the kit's own prefix.
    keys(begin = "") {
      var found = [];
      try {
        for (var at = 0; at < localStorage.length; at++) {
          var key = localStorage.key(at);
          if (key.indexOf(prefix + begin) === 0) found.push(key.slice(prefix.length));
        }
      } catch (error) { complain(error); }
      return found.sort();
    },
    getJSON(key) {
      try { return JSON.parse(this.get(key)); } catch (error) { return null; }
    }
  };

  // A day as the page's language writes it; English is British here.
  function day(date) {
    var lang = document.documentElement.lang;
    return date.toLocaleDateString(lang === "en" ? "en-GB" : lang, { dateStyle: "long" });
  }

  function download(name, type, text) {
    var url = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
    var link = make("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  // Lines of cells for spreadsheets. A cell that they would take for a formula gets an apostrophe.
  var cell = value => `"${String(value ?? "").replace(/^(?=\s*[=+\-@\t\r])/, "'").replace(/"/g, '""')}"`;
  var csv = lines => lines.map(line => line.map(cell).join(",") + "\r\n").join("");

  // Puts text on the clipboard, the old way where the new one is not allowed (file://); whether it worked, as a promise.
  function copy(text) {
    function byHand() {
      var area = make("textarea.kit-offscreen", { "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      var done = false;
      try { done = document.execCommand("copy"); } catch (error) { /* It is not allowed. */ }
      area.remove();
      return done;
    }
    if (!navigator.clipboard || !window.isSecureContext) return Promise.resolve(byHand());
    return navigator.clipboard.writeText(text).then(() => true, byHand);
  }

  document.documentElement.classList.add("kit-scripts");
  window.workshopKit = { data, fill, list, one, all, make, store, day, download, csv, copy, root: data.root || "." };
})();
