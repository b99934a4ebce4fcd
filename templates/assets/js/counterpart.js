// The switch between the participants' and the facilitator's page leads to the same place: to the part that is being read.
(() => {
  "use strict";
  document.querySelectorAll(".kit-views a").forEach(link => {
    link.addEventListener("click", () => {
      var top = null;
      document.querySelectorAll("[data-place]").forEach(part => {
        if (part.getClientRects().length && part.getBoundingClientRect().top < 100) top = part.dataset.place;
      });
      link.hash = top && scrollY > 100 ? "#" + top : "";
    });
  });
})();
