// The switch between the participants' and the facilitator's page leads to the same place: to the part that is being read.
(function () {
  "use strict";
  document.querySelectorAll(".kit-views a").forEach(function (link) {
    link.addEventListener("click", function () {
      var top = null;
      document.querySelectorAll("[data-place]").forEach(function (part) {
        if (part.getClientRects().length && part.getBoundingClientRect().top < 100) top = part.getAttribute("data-place");
      });
      link.hash = top && window.scrollY > 100 ? "#" + top : "";
    });
  });
})();
