// Comfort only: every page works without this file.
(() => {
  const all = (selector, root = document) => root.querySelectorAll(selector);
  const byId = (id) => document.getElementById(id);
  const language = document.documentElement.lang;

  // Moments in the reader's own time zone; the exact one stays in the title.
  const zoned = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "medium", timeStyle: "short" });
  for (const time of all("time[datetime]")) {
    time.title = time.textContent;
    time.textContent = zoned.format(new Date(time.dateTime));
  }

  // After a refused sign-in, nothing needs what the provider put into the address.
  const address = document.querySelector("a[data-address]");
  if (address) history.replaceState(null, "", address.href);

  // Copying.
  const select = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  for (const button of all("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = byId(button.dataset.copy);
      const label = button.querySelector("span");
      const before = label.textContent;
      try {
        await navigator.clipboard.writeText(source.textContent);
      } catch {
        select(source);
        if (!document.execCommand("copy")) return;
      }
      label.textContent = button.dataset.done;
      button.classList.add("done");
      setTimeout(() => {
        label.textContent = before;
        button.classList.remove("done");
      }, 2000);
    });
  }

  // Secrets can be shown while they are typed.
  for (const button of all("[data-reveal]")) {
    button.hidden = false;
    const input = byId(button.dataset.reveal);
    const show = (shown) => {
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", shown);
    };
    button.addEventListener("click", () => show(input.type === "password"));
    input.form.addEventListener("submit", () => show(false));
  }

  // Fields that only matter while another has a certain value.
  for (const field of all("[data-when]")) {
    const form = field.closest("form");
    const update = () => {
      const decider = form.elements[field.dataset.when];
      const value = decider.type === "checkbox" ? String(decider.checked) : decider.value;
      field.hidden = value !== field.dataset.whenValue;
    };
    form.addEventListener("change", update);
    update();
  }

  // Pop-ups close when the focus leaves.
  const open = "details.pop[open], details.menu[open]";
  const close = (except) => {
    for (const popup of all(open)) {
      if (!popup.contains(except)) popup.open = false;
    }
  };
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("focusin", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const popup = document.activeElement?.closest(open);
    close(null);
    popup?.querySelector("summary").focus();
  });

  // After a form was refused, reading goes on at what is wrong.
  const summary = document.querySelector("form [role=alert]");
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
  }
})();
