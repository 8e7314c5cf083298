// Tells while one types that two images have one name; saving would refuse it.
(function () {
  "use strict";

  function inputs() {
    // Of a repeatable list there is a template, too, which is no entry.
    return Array.from(document.querySelectorAll("input.qemush-image-name")).filter(
      (input) => input.closest(".to-be-removed, .repeatable-delete-in-progress") === null,
    );
  }

  function compare() {
    const all = inputs();
    all.forEach((input) => {
      const name = input.value.trim();
      const twice = name !== "" && all.some((other) => other !== input && other.value.trim() === name);
      const message = input.parentElement.querySelector(".qemush-duplicate");
      if (message) {
        message.hidden = !twice;
      }
    });
  }

  Behaviour.specify("input.qemush-image-name", "qemush-image-name", 0, (input) => {
    input.addEventListener("input", compare);
    compare();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest(".repeatable-delete")) {
      setTimeout(compare, 600);
    }
  });
})();
