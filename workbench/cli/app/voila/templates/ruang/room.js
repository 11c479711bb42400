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
      // The hand stays on the number keys: Enter gives the line and goes to the next one at once,
      // and after the last to the first, whose text the next keys replace.
      const all = fields();
      const next = all[all.indexOf(field) + 1] || all[0];
      next.focus();
      next.select();
      return;
    }
    if (field.matches && field.matches("input, textarea, select, button")) { return; }
    const button = wall[event.key] && document.querySelector("." + wall[event.key]);
    if (button) { event.preventDefault(); button.click(); }
  }, true);
  // A line that is in already is closed while the hand waits in it: the hand goes on to the next open one. A card's
  // number is chosen whole, so that the next keys replace it.
  let hand = null;
  function chooseWhole(event) {
    if (event.target.closest && event.target.closest(".entry-card")) { event.target.select(); }
  }
  document.addEventListener("focusin", (event) => {
    hand = event.target.closest && event.target.closest(".entry-line") ? event.target : null;
    chooseWhole(event);
  });
  document.addEventListener("click", (event) => window.setTimeout(chooseWhole, 0, event)); // after the browser's own
  function goOn() {
    const active = document.activeElement;
    if (!hand || !hand.disabled || (active && active !== document.body && active !== hand)) { return; }
    const after = (field) => hand.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
    const next = fields().find(after) || fields()[0];
    if (next) { next.focus(); }
  }
  // The caret waits in the first field of an entry that has just appeared, unless the hand is elsewhere: in another
  // field, or on a button that is still there.
  const met = new WeakSet();
  let waiting = 0;
  function arrive() {
    const first = document.querySelector(".entry-line:not(.entry-later) input:not([disabled])");
    if (!first || met.has(first)) { return; }
    const holds = document.activeElement;
    if (!holds || holds === document.body || !holds.offsetParent || holds.closest(".room-steps")) { first.focus(); }
    if (document.activeElement === document.body) { // the page is still being made
      window.clearTimeout(waiting);
      waiting = window.setTimeout(arrive, 200);
      return;
    }
    met.add(first);
  }
  document.addEventListener("DOMContentLoaded", () => {
    const looked = { childList: true, subtree: true, attributeFilter: ["class"] };
    new MutationObserver(arrive).observe(document.body, looked);
    new MutationObserver(goOn).observe(document.body, { subtree: true, attributeFilter: ["disabled"] });
  });
  // The wall's kernel beats. Where it has fallen silent the page opens anew, which shows the same again; where
  // the whole program has ended the last page stays and says so.
  const silence = 15000;
  let beat = null, heard = Date.now(), asking = false;
  function bar(text) {
    let told = document.getElementById("wall-silent");
    if (!told) {
      told = document.createElement("div");
      told.id = "wall-silent";
      told.setAttribute("role", "alert");
      told.style.cssText = "position:fixed;left:0;right:0;bottom:0;z-index:99;background:#1a1a1a;color:#ffffff;" +
        "padding:8px 40px;font:700 28px/1.4 'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif";
      document.body.append(told);
    }
    told.textContent = text;
  }
  window.setInterval(async () => {
    const pulse = document.querySelector(".wall-pulse");
    if (!pulse || asking) { return; }
    if (pulse.textContent !== beat) { beat = pulse.textContent; heard = Date.now(); return; }
    if (Date.now() - heard < silence) { return; }
    asking = true;
    try {
      await fetch(document.body.dataset.baseUrl + "static/voila.js", { cache: "no-store" });
      bar("Layar disambung kembali. Mohon tunggu sebentar.");
      window.location.reload();
    } catch (error) {
      bar("Layar terputus. Buka lagi dari halaman operator.");
      asking = false;
    }
  }, 1000);
})();
