// On a phone the theme's menu and search open by touch alone: by labels. This makes them buttons. And on paper nothing stays closed.
(() => {
  "use strict";
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details:not([open])").forEach(part => {
      part.open = true;
      addEventListener("afterprint", () => { part.open = false; }, { once: true });
    });
  });

  function button(label, name, box) {
    function tell() { label.setAttribute("aria-expanded", box.checked); }
    label.setAttribute("role", "button");
    label.setAttribute("aria-label", name);
    label.tabIndex = 0;
    label.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation(); // or the theme presses again
      label.click();
    });
    box.addEventListener("change", tell);
    tell();
  }

  var drawer = document.getElementById("__drawer");
  var menu = document.querySelector(".md-nav--primary");
  var open = document.querySelector(".md-header [for=__drawer]");
  if (menu && open) {
    button(open, menu.getAttribute("aria-label"), drawer);
    drawer.addEventListener("change", () => {
      if (drawer.checked) menu.querySelector(".md-nav__link[href]").focus();
    });
    document.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.click();
      open.focus();
    });
    // Who leaves the menu by Tab would be behind it.
    document.addEventListener("focusin", event => {
      if (drawer.checked && !menu.contains(event.target) && event.target !== open) drawer.click();
    });
  }

  var search = document.getElementById("__search");
  var find = document.querySelector(".md-header__inner > [for=__search]");
  var field = document.querySelector(".md-search__input");
  if (find && field) {
    button(find, field.closest("[role=dialog]").getAttribute("aria-label"), search);
    search.addEventListener("change", () => {
      if (!search.checked && find.offsetParent) find.focus();
    });
    var place = () => { field.tabIndex = find.offsetParent ? -1 : 0; };
    addEventListener("resize", place);
    place();
  }
})();
