// Has an image's memory checked again when its architecture changes: Jenkins watches the fields of the same object only.
(function () {
  "use strict";

  document.addEventListener("change", (event) => {
    const image = event.target.matches("select[name='_.arch']") && event.target.closest(".repeated-chunk");
    if (image) {
      const memory = image.querySelector("input[name='_.memory']");
      memory.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();
