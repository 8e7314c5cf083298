// Keeps a test boot going while its page is there, tells when the page is left, and has the button that ends the boot.
(function () {
  "use strict";

  const PAUSE_MILLIS = 10000;

  function post(action) {
    return fetch(action, { method: "POST", headers: crumb.wrap({}), keepalive: true });
  }

  function isLive(element) {
    return element.querySelector("[data-live='true']") !== null;
  }

  function keep(element) {
    if (!document.contains(element) || !isLive(element)) {
      return;
    }
    post("alive")
      .catch((error) => console.warn("not kept", error))
      .finally(() => setTimeout(() => keep(element), PAUSE_MILLIS));
  }

  Behaviour.specify(".qemush-boot[data-keep='true']", "qemush-boot", 0, (element) => {
    keep(element);
    window.addEventListener("pagehide", () => isLive(element) && post("left"));
    window.addEventListener("pageshow", (event) => event.persisted && keep(element));
  });

  Behaviour.specify(".qemush-boot__stop", "qemush-boot-stop", 0, (button) => {
    button.addEventListener("click", () => {
      button.disabled = true;
      button.blur();
      post("stop").catch((error) => console.warn("not ended", error));
    });
  });
})();
