// Stands in for promise-polyfill, which dingtalk-jsapi loads only where there is no Promise. Every client that runs
// these scripts has one.
