// What all scripts of the kit use: the data of the page, fixed words, notes that stay on this device, and files.
// Classic and deferred, since browsers block modules on file://. Others read `window.workshopKit`.
(function () {
  "use strict";
  var element = document.getElementById("kit-data");
  var data = element ? JSON.parse(element.textContent) : {};
  var words = data.device || {};

  // "{n} minutes" with its places filled; of a plural { one, other } the form for values.n.
  function fill(text, values) {
    if (text && typeof text === "object") text = values.n === 1 ? text.one : text.other;
    return String(text).replace(/\{(\w+)\}/g, function (place, name) {
      return values && name in values ? values[name] : place;
    });
  }

  // An element: tag and class as "p.kit-note", attributes, and children that are elements or plain text.
  function make(what, attributes, children) {
    var parts = what.split(".");
    var made = document.createElement(parts[0]);
    if (parts.length > 1) made.className = parts.slice(1).join(" ");
    Object.keys(attributes || {}).forEach(function (name) {
      if (name.slice(0, 2) === "on") made.addEventListener(name.slice(2), attributes[name]);
      else if (attributes[name] === true) made.setAttribute(name, "");
      else if (attributes[name] !== false && attributes[name] != null) made.setAttribute(name, attributes[name]);
    });
    [].concat(children == null ? [] : children).forEach(function (child) {
      if (child != null && child !== "") made.append(child);
    });
    return made;
  }

  // Says once, at the top of the content, that notes cannot be kept, and why.
  function complain(error) {
    var full = error && /quota/i.test(error.name + error.message);
    var text = full ? words.full : words.forbidden;
    var box = document.querySelector(".kit-storage");
    if (!box) {
      box = make("p.kit-storage", { role: "alert" });
      var heading = document.querySelector(".md-content h1");
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
    get: function (key) {
      try { return localStorage.getItem(prefix + key); } catch (error) { complain(error); return null; }
    },
    // Whether it could be kept; the reader is told when not. An empty text is forgotten.
    set: function (key, text) {
      try {
        if (text === "" || text == null) localStorage.removeItem(prefix + key);
        else localStorage.setItem(prefix + key, text);
        delete lost[key];
        var box = document.querySelector(".kit-storage");
        if (box && !Object.keys(lost).length) box.remove();
        return true;
      } catch (error) { lost[key] = true; complain(error); return false; }
    },
    // The keys that begin with some text, in order, without the kit's own prefix.
    keys: function (begin) {
      var found = [];
      try {
        for (var at = 0; at < localStorage.length; at++) {
          var key = localStorage.key(at);
          if (key.indexOf(prefix + (begin || "")) === 0) found.push(key.slice(prefix.length));
        }
      } catch (error) { complain(error); }
      return found.sort();
    },
    getJSON: function (key) {
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
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  }

  // Puts text on the clipboard, the old way where the new one is not allowed (file://); whether it worked, as a promise.
  function copy(text) {
    function byHand() {
      var area = make("textarea.kit-offscreen", { "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      var done = false;
      try { done = document.execCommand("copy"); } catch (error) { done = false; }
      area.remove();
      return done;
    }
    if (!navigator.clipboard || !window.isSecureContext) return Promise.resolve(byHand());
    return navigator.clipboard.writeText(text).then(function () { return true; }, byHand);
  }

  document.documentElement.classList.add("kit-scripts");
  window.workshopKit = { data: data, fill: fill, make: make, store: store, day: day, download: download, copy: copy, root: data.root || "." };
})();
