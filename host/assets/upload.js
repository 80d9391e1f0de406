// Comfort only: shows how much of a large file was sent. What comes back takes the place of the page's content, as it
// would take that of the page without this.
(() => {
  const upload = (form) => {
    const bar = form.querySelector("progress");
    const button = form.querySelector("button[type=submit]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      button.disabled = true;
      bar.hidden = false;
      const request = new XMLHttpRequest();
      request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = (100 * loaded) / total));
      request.upload.addEventListener("load", () => {
        bar.removeAttribute("value");
        button.textContent = form.dataset.uploadDone;
      });
      request.addEventListener("load", () => {
        if (request.responseURL !== form.action) return location.assign(request.responseURL);
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        document.querySelector("main").replaceWith(page.querySelector("main"));
        scrollTo(0, 0);
        start();
      });
      request.addEventListener("error", () => form.submit());
      request.open("POST", form.action);
      request.send(new FormData(form));
    });
  };
  const start = () => document.querySelectorAll("form[data-upload]").forEach(upload);
  start();
})();
