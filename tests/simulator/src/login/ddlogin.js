// The login script, written for this simulator from DingTalk's documented interface. It keeps the traits that catch
// pages: values go into the address as they are, any origin that contains the name of the login host is believed, the
// listener is never taken away, and whatever is no success is an error.
(function () {
  "use strict";

  var login = new URL(document.currentScript.src).origin;
  var REQUIRED = ["client_id", "redirect_uri", "response_type", "scope"];
  var OPTIONAL = ["prompt", "state", "org_type", "corpId", "exclusiveLogin", "exclusiveCorpId"];

  window.DTFrameLogin = function (frame, parameters, onSuccess, onError) {
    var fail = function (message) {
      if (onError) onError(message);
    };
    var given = function (name) {
      return parameters[name];
    };
    if (!window.postMessage) return fail("Browser not support");
    if (!parameters || !REQUIRED.every(given)) return fail("Missing parameters");
    var container = document.getElementById(frame.id);
    if (!container) return fail("Element not found");

    var query = REQUIRED.concat(OPTIONAL.filter(given)).map(function (name) {
      return name + "=" + parameters[name];
    });
    var iframe = document.createElement("iframe");
    iframe.setAttribute("width", frame.width || 300);
    iframe.setAttribute("height", frame.height || 300);
    iframe.setAttribute("frameborder", "0");
    iframe.src = login + "/oauth2/auth?iframe=true&" + query.join("&");
    container.innerHTML = "";
    container.appendChild(iframe);

    window.addEventListener("message", function (event) {
      if (event.origin.indexOf(new URL(login).host) < 0) return;
      var message = event.data || {};
      if (!message.success) return fail(message.errorMsg);
      var sent = new URL(message.redirectUrl).searchParams;
      var authCode = sent.get("authCode");
      if (!authCode) return fail(sent.get("error"));
      if (onSuccess) onSuccess({ redirectUrl: message.redirectUrl, authCode: authCode, state: sent.get("state") });
    });
  };
})();
