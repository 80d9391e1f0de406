// Signs in inside a provider's client. The scripts after this one ask the client who is there, and call `done` or
// `fail`; the first call counts. Old web views: nothing newer than ES2017.
(() => {
  const page = document.currentScript.dataset;
  const reasons = ["not-in-client", "wrong-organisation", "untrusted-domain", "cancelled", "failed"];
  const patience = 10000;
  let over = false;
  let timer = 0;

  const leave = (reason) => location.replace(page.failed + (reasons.includes(reason) ? reason : "failed"));

  // Somebody waits for whatever happens next.
  const expectWithin = (time) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      over = true;
      leave("failed");
    }, time);
  };

  const send = async (parameters) => {
    try {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(parameters)) body.append(name, value);
      const answer = await fetch(page.post, { method: "POST", body, credentials: "same-origin" });
      const next = (await answer.json()).location;
      clearTimeout(timer);
      location.replace(next);
    } catch (error) {
      leave("failed");
    }
  };

  const first = (act) => (value) => {
    if (over) return;
    over = true;
    expectWithin(2 * patience);
    act(value);
  };

  window.gatehouse = Object.freeze({
    settings: JSON.parse(page.settings),
    query: new URLSearchParams(location.search),
    done: first(send),
    fail: first(leave),
  });
  // Without cookies nobody stays signed in, and it would begin again and again.
  if (navigator.cookieEnabled) expectWithin(patience);
  else window.gatehouse.fail("failed");
})();
