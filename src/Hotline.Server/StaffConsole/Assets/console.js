// Starts the live line and keeps trying for as long as the page is open; after a lost circuit the page is read again.
(function () {
  'use strict';
  Blazor.start({
    circuit: {
      reconnectionOptions: { maxRetries: 100000, retryIntervalMilliseconds: function (n) { return n < 5 ? 500 : 3000; } }
    }
  });
  // The server has forgotten this circuit (it was restarted): the page is read anew, drafts are kept by the server.
  var box = document.getElementById('components-reconnect-modal');
  new MutationObserver(function () {
    if (box.classList.contains('components-reconnect-rejected') || box.classList.contains('components-reconnect-failed')) location.reload();
  }).observe(box, { attributes: true, attributeFilter: ['class'] });
})();
