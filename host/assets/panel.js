// The providers' panels on the sign-in page. Without this file, or on a small screen, the buttons do the same.
(() => {
  const LIFETIME = 10 * 60 * 1000;
  if (!matchMedia("(min-width: 640px)").matches) return;

  // Begins an attempt exactly as the button does, and resolves to where the provider asks the person.
  const begin = async ({ start, redirect }) => {
    const reply = await fetch(start, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ redirect: redirect ?? "" }),
    });
    if (!reply.ok) throw new Error("the sign-in cannot begin");
    return (await reply.json()).authorize_url;
  };

  // Runs the scripts one after the other; each finds the panel that it belongs to.
  const run = async (addresses) => {
    for (const address of addresses) {
      const script = document.createElement("script");
      script.src = address;
      await new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      });
      script.remove();
    }
  };

  const show = async (section) => {
    const { dataset } = section;
    const over = section.querySelector(".over");
    const old = section.querySelector("div");
    const element = old.cloneNode();
    old.replaceWith(element);
    over.hidden = true;
    section.hidden = false;

    let alive = true;
    let address;
    const stop = () => {
      const first = alive;
      alive = false;
      return first;
    };
    const fail = () => {
      if (stop()) section.hidden = true;
    };
    const expire = () => {
      if (!stop()) return;
      element.replaceChildren();
      over.hidden = false;
      over.querySelector("button").onclick = () => turn(section);
    };
    window.gatehousePanel = Object.freeze({
      element,
      settings: JSON.parse(dataset.settings),
      start() {
        if (!address) {
          address = begin(dataset);
          address.then(() => setTimeout(expire, LIFETIME), fail);
        }
        return address;
      },
      done(query) {
        if (stop()) location.assign(`${dataset.back}?${String(query).replace(/^\?/, "")}`);
      },
      fail,
    });
    await run(dataset.scripts.split(" ")).catch(fail);
  };

  // One panel after the other, because the scripts look for the panel under one name.
  let queue = Promise.resolve();
  const turn = (section) => (queue = queue.then(() => show(section)));
  document.querySelectorAll("[data-panel]").forEach(turn);

  // The Back button may bring back a page whose attempt is spent.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
