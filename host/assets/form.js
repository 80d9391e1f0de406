// Comfort only: the form of an authenticator works without this file.
(() => {
  const form = document.getElementById("settings");
  const all = (selector) => document.querySelectorAll(selector);

  // What looks at saved settings, or answers a question about them, is out of order while there are unsaved ones.
  for (const button of all("[data-saved-only]")) {
    form.addEventListener("input", () => (button.disabled = true), { once: true });
  }

  // The Redirect URL, in form and guide, and the link for the client hold the uid that is being chosen.
  const uid = form.elements.uid;
  let before = uid?.value;
  uid?.addEventListener("input", () => {
    const after = uid.value.trim();
    if (!/^[\w-]+$/.test(after)) return;
    for (const text of all("code")) {
      text.textContent = text.textContent.replace(`/signin/${before}/`, `/signin/${after}/`);
    }
    before = after;
  });

  // The link for the client says where people land. What it ends with is the client's to fill in, and stays as it is.
  for (const link of all("[data-landing]")) {
    const [text, landing] = [link.querySelector("code"), form.elements[link.dataset.landing]];
    landing.addEventListener("input", () => {
      const redirect = landing.value.trim();
      const query = [redirect && new URLSearchParams({ redirect }).toString(), link.dataset.query].filter(Boolean);
      text.textContent = [text.textContent.split("?")[0], query.join("&")].filter(Boolean).join("?");
    });
  }
})();
