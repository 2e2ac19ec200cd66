'use strict';
// A browser's surroundings for the clients: jsdom's XMLHttpRequest (which enforces CORS) and a real web socket that can be cut.
const Module = require('node:module');
const { JSDOM } = require('jsdom');
const WS = require('ws');

// p-defer-es5 builds itself in a postinstall script, which --ignore-scripts leaves out. The same in three lines:
const load = Module._load;
Module._load = function (request, ...rest) {
  return request === 'p-defer-es5' ? defer : load.call(this, request, ...rest);
};
function defer() {
  const deferred = {};
  deferred.promise = new Promise((resolve, reject) => Object.assign(deferred, { resolve, reject }));
  return deferred;
}
defer.default = defer;

const sockets = new Set();

function open(origin) {
  const { window } = new JSDOM('', { url: origin });

  // The clients wait 3 to 15 s before they reconnect and 15 min before they refresh; here that passes faster.
  const quick = ms => (ms >= 600_000 ? 1500 : ms >= 3000 && ms <= 15_000 ? ms / 20 : ms);
  const { setInterval, setTimeout } = window;
  window.setInterval = (f, ms, ...a) => setInterval.call(window, f, quick(ms), ...a);
  window.setTimeout = (f, ms, ...a) => setTimeout.call(window, f, quick(ms), ...a);

  window.WebSocket = class extends WS {
    constructor(url) {
      super(url, { origin });
      sockets.add(this);
      this.on('close', () => sockets.delete(this));
    }
  };
  for (const name of ['XMLHttpRequest', 'WebSocket', 'Blob', 'FormData', 'File']) globalThis[name] = window[name];
  globalThis.window = window;
}

// Cuts every open line without a word, as a lost network does.
function cut() {
  for (const socket of sockets) socket.terminate();
}

module.exports = { open, cut, sockets };
