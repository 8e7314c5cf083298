// The buttons of the table: each posts, and the table is drawn again, or the page goes where the answer says.
(function () {
  "use strict";

  async function act(button) {
    const table = button.closest(".qemush-refreshed");
    const problem = document.querySelector(".qemush-problem");
    if (button.dataset.confirm) {
      // Rejected when the answer is no.
      await dialog.confirm(button.dataset.confirm, { type: "destructive" });
    }
    button.disabled = true;
    const answer = await fetch(button.dataset.act, {
      method: "POST",
      headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
      body: new URLSearchParams({ node: button.dataset.node, image: button.dataset.image }),
    });
    const next = answer.headers.get("Location");
    if (answer.ok && next) {
      window.location.assign(next);
      return;
    }
    problem.textContent = answer.ok ? "" : answer.status + " " + answer.statusText;
    button.blur();
    table.dispatchEvent(new Event("qemush-refresh"));
  }

  Behaviour.specify(".qemush-act", "qemush-act", 0, (button) => {
    button.addEventListener("click", () => act(button).catch((error) => error && console.warn("not done", error)));
  });
})();
