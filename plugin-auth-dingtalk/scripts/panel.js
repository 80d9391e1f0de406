// DingTalk's own panel on the sign-in page: a code to scan, or one click where DingTalk knows the browser already.
//
// It is the ordinary sign-in in a frame. DingTalk's script, which exists at DingTalk's CDN only and is fetched when the
// administrator has switched the panel on, draws the frame; the frame tells the page where a redirect would have gone;
// the host takes the browser there. `window.gatehousePanel` is the host's side of the page.
(async () => {
  const panel = window.gatehousePanel;
  const CDN = "https://g.alicdn.com";
  const SCRIPT = "/dingding/h5-dingtalk-login/0.21.0/ddlogin.js";
  const SIDE = 300; // DingTalk's own default; it draws nothing legible below 280.

  let over = false;
  const end = (action) => {
    if (over) return;
    over = true;
    removeEventListener("message", listen);
    action();
  };
  const fail = () => end(() => panel.fail());

  let authorize;
  const frame = () => panel.element.querySelector("iframe");

  // DingTalk's script believes every origin with `login.dingtalk.com` somewhere in it, and calls back each time that a
  // message comes. So what it says is not listened to; a message counts here if it comes out of our own frame, from
  // exactly the origin that was to be shown in it, and for the attempt that was begun here. The first one ends it.
  function listen({ origin, source, data }) {
    if (!authorize || origin !== authorize.origin || !frame() || source !== frame().contentWindow) return;
    if (data === null || typeof data !== "object") return;
    if (data.success === false) fail();
    if (data.success !== true) return;
    const query = answer(data.redirectUrl);
    if (query) end(() => panel.done(query));
    else fail();
  }

  // The code and the state, without anything else that may stand in the address. DingTalk sends the code under two
  // names, with one value.
  function answer(redirectUrl) {
    let sent;
    try {
      sent = new URL(redirectUrl).searchParams;
    } catch (_) {
      return null;
    }
    const authCode = sent.get("authCode") || sent.get("code");
    const state = authorize.searchParams.get("state");
    if (!authCode || sent.get("state") !== state) return null;
    return new URLSearchParams({ authCode, state }).toString();
  }

  const load = (src) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = resolve;
      script.onerror = reject;
      script.referrerPolicy = "no-referrer";
      script.src = src;
      document.head.append(script);
    });

  // DingTalk's script puts the values into an address as they are, so they are encoded here. `org_type` and `corpId`
  // go with the scope `openid corpid`; which of them there are is decided where the address is made.
  const parameters = () => {
    const names = ["client_id", "redirect_uri", "response_type", "scope", "state", "prompt", "org_type", "corpId"];
    const given = names.filter((name) => authorize.searchParams.has(name));
    return Object.fromEntries(given.map((name) => [name, encodeURIComponent(authorize.searchParams.get(name))]));
  };

  const ignore = () => {};
  addEventListener("message", listen);
  try {
    const base = (panel.settings.script_url || CDN).replace(/\/+$/, "");
    await load(base + SCRIPT);
    authorize = new URL(await panel.start());
    // Its complaints are about parameters and old browsers before there is a frame, and doubles of messages after.
    const complaint = () => frame() || fail();
    window.DTFrameLogin({ id: panel.element.id, width: SIDE, height: SIDE }, parameters(), ignore, complaint);
    // The script knows one login page. Where ours is another one, for example abroad, the button is the way in.
    if (new URL(frame().src).origin !== authorize.origin) fail();
  } catch (_) {
    fail();
  }
})();
