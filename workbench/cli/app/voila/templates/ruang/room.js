(function () {
  "use strict";
  // Keys that turn the wall's pages: those of a presenter's remote control, too.
  const wall = {
    PageDown: "wall-next", ArrowRight: "wall-next", " ": "wall-next", Enter: "wall-next",
    PageUp: "wall-back", ArrowLeft: "wall-back",
  };
  function fields() {
    return [...document.querySelectorAll(".entry-line input")].filter((field) => !field.disabled && field.offsetParent);
  }
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key === "Enter" && field.closest && field.closest(".entry-line")) {
      // The hand stays on the number keys: Enter gives the line and goes to the next one at once.
      const all = fields();
      const next = all[all.indexOf(field) + 1] || document.querySelector(".entry-card input");
      if (next) { next.focus(); next.select(); }
      return;
    }
    if (field.matches && field.matches("input, textarea, select, button")) { return; }
    const button = wall[event.key] && document.querySelector("." + wall[event.key]);
    if (button) { event.preventDefault(); button.click(); }
  }, true);
})();
