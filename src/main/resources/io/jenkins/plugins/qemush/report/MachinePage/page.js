// Parts of a page that change by themselves: an element of class qemush-refreshed has the address of its content in
// data-url. It is asked for again as long as something in it has data-live="true", and not while nobody looks.
(function () {
  "use strict";

  const PAUSE_MILLIS = 2000;
  const timers = new WeakMap();

  function isLive(element) {
    return element.querySelector("[data-live='true']") !== null;
  }

  // What somebody opened stays open.
  function keepDetails(element, html) {
    const open = Array.from(element.querySelectorAll("details"), (details) => details.open);
    element.innerHTML = html;
    element.querySelectorAll("details").forEach((details, index) => {
      details.open = open[index] === true;
    });
  }

  function isBusy(element) {
    const selection = document.getSelection();
    const selecting = selection !== null && !selection.isCollapsed && element.contains(selection.anchorNode);
    return document.hidden || selecting || element.contains(document.activeElement);
  }

  async function refresh(element) {
    if (!isBusy(element)) {
      const answer = await fetch(element.dataset.url, { cache: "no-store" });
      if (answer.ok) {
        keepDetails(element, await answer.text());
        Behaviour.applySubtree(element);
      }
    }
  }

  function schedule(element) {
    if (document.contains(element) && isLive(element)) {
      clearTimeout(timers.get(element));
      timers.set(element, setTimeout(() => refreshNow(element), PAUSE_MILLIS));
    }
  }

  function refreshNow(element) {
    refresh(element)
      .catch((error) => console.warn("not refreshed", error))
      .finally(() => schedule(element));
  }

  Behaviour.specify(".qemush-refreshed", "qemush-refreshed", 0, (element) => {
    element.addEventListener("qemush-refresh", () => refreshNow(element));
    schedule(element);
  });
})();
