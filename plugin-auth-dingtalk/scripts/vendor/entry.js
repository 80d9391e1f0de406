/*! dingtalk-jsapi 3.2.9, MIT licence, unmodified modules; how this file was made: VENDORED.md */

// What a page needs of DingTalk's JSAPI to ask the client who is using it, and nothing else. The package offers each
// call and each platform as a CommonJS module of its own; bundled as one function, they ignore whatever module system
// the page or the client has, such as an AMD `define` that would keep a UMD file from setting its global.
require("dingtalk-jsapi/platform");

const { ddSdk } = require("dingtalk-jsapi/lib/ddSdk");

// A name of our own: the client may bring a global `dd`, which the library itself looks at.
window.dingtalkJsapi = {
  env: ddSdk.getExportSdk().env,
  requestAuthCode: require("dingtalk-jsapi/api/union/requestAuthCode").default,
  runtime: {
    permission: {
      requestAuthCode: require("dingtalk-jsapi/api/runtime/permission/requestAuthCode").default,
    },
  },
};
