// Inside the DingTalk client: asks the client for a code that says who is using it, and hands it to Gatehouse.
//
// `jsapi.js` has run before and left `window.dingtalkJsapi`; `window.gatehouse` is the host's side of the page. The
// code is good for five minutes and one use, and only for the in-client interface: the host sends it to an address of
// its own, so that it is never taken for the code that comes back from DingTalk's sign-in page.
(() => {
  const { gatehouse, dingtalkJsapi: dingtalk } = window;
  const clientId = gatehouse.settings.client_id;
  const corpId = gatehouse.settings.corp_id;

  // A client that does not know a call may never answer it, and one that lost its bridge never answers anything.
  const ASK_THE_OLD_WAY_AFTER = 4000;
  const GIVE_UP_AFTER = 9000;

  // Error codes of the client, sometimes numbers and sometimes texts. Some contain a second one in front of their
  // message, for example {"errorCode":"3","errorMessage":"1002,corpId不合法"}.
  const CANCELLED = "-1";
  const NO_PERMISSION = "7";
  const NOT_TRUSTED = ["3", "9", "1002", NO_PERMISSION];
  const NOT_IN_CLIENT = "notInDingTalk";

  let over = false;
  const end = (action) => {
    if (over) return;
    over = true;
    action();
  };
  const fail = (reason) => end(() => gatehouse.fail(reason));

  // The library answers with a promise, a callback, or both; the desktop and the phone do not agree on the name of the
  // result either.
  const ask = (call, parameters) =>
    new Promise((resolve, reject) => {
      const settle = (result) => {
        const code = result && (result.code || result.authCode);
        if (code) resolve(code);
        else reject(result);
      };
      const answered = call({ ...parameters, onSuccess: settle, onFail: reject, onCancel: reject });
      Promise.resolve(answered).then(settle, reject);
    });

  const codeOf = (error) => String((error && error.errorCode) || "");
  const wordsOf = (error) => String((error && (error.errorMessage || error.message)) || error || "");

  const reason = (error) => {
    const codes = [codeOf(error), wordsOf(error).split(",")[0]];
    if (wordsOf(error).includes(NOT_IN_CLIENT)) return "not-in-client";
    if (codes.includes(CANCELLED)) return "cancelled";
    if (NOT_TRUSTED.some((code) => codes.includes(code))) return "untrusted-domain";
    return "failed";
  };

  const done = (code) => end(() => gatehouse.done({ code }));

  // Clients before 7.0.45 (desktop 7.0.50) know the old call only, and what they say to the new one is not documented:
  // that they may not, an error of any other kind, or nothing. The old call is tried once then. A code that the new one
  // brings after all is as good, so whichever answers first counts.
  let fellBack = false;
  const askTheOldWay = () => {
    if (over || fellBack) return;
    fellBack = true;
    ask(dingtalk.runtime.permission.requestAuthCode, { corpId }).then(done, (error) => fail(reason(error)));
  };

  const askTheNewWay = () => {
    setTimeout(askTheOldWay, ASK_THE_OLD_WAY_AFTER);
    ask(dingtalk.requestAuthCode, { corpId, clientId }).then(done, (error) => {
      const why = reason(error);
      if (why === "failed" || codeOf(error) === NO_PERMISSION) askTheOldWay();
      else fail(why);
    });
  };

  // The client replaces `$CORPID$` in the link only when the app is opened from its workbench. Whatever else stands
  // there is compared with our own organisation and never used: the link may have been written by anybody.
  const opened = gatehouse.query.get("corpId") || "";
  const isAnother = opened !== "" && opened !== "$CORPID$" && opened !== corpId;

  if (isAnother) {
    fail("wrong-organisation");
  } else if (!dingtalk) {
    fail("failed");
  } else {
    setTimeout(() => fail("failed"), GIVE_UP_AFTER);
    askTheNewWay();
  }
})();
