(function () {
  'use strict';
  var data = JSON.parse(byId('data').textContent);
  var texts = data.texts;
  var log = byId('log');
  var input = byId('text');
  var api = '/v3/directline/conversations/';
  var store = window.sessionStorage;

  var lang = guess();      // of the page's own words
  var chat = null;         // { conversationId, token, streamUrl } while a token is good
  var watermark = '';
  var queue = [];          // messages on their way, in order
  var mine = {};           // messages of this page, by clientActivityID
  var sending = false;
  var reading = false;
  var left = false;
  var socket = null;
  var badSockets = 0;
  var heard = 0;           // when the socket last said anything
  var wake = null;         // ends the current pause
  var source = '';
  var buttons = null;      // the choices that can be pressed now

  function byId(id) { return document.getElementById(id); }

  function make(tag, cls, text) {
    var e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }

  function guess() {
    var wanted = navigator.languages || [navigator.language || 'en'];
    for (var i = 0; i < wanted.length; i++) {
      var tag = wanted[i].split('-')[0];
      if (tag === 'zh') tag = 'zh-Hans';
      if (texts[tag]) return tag;
    }
    return 'en';
  }

  function random() {
    var hex = '';
    crypto.getRandomValues(new Uint8Array(16)).forEach(function (b) { hex += (b + 256).toString(16).slice(1); });
    return hex;
  }

  function pause(ms) {
    return new Promise(function (done) {
      var timer = setTimeout(done, ms);
      wake = function () { clearTimeout(timer); done(); };
    });
  }

  // ---- words of the page

  function speak() {
    var t = texts[lang];
    document.documentElement.lang = lang;
    document.title = t.title;
    byId('title').textContent = t.title;
    byId('exit').textContent = t.exit;
    byId('hint').textContent = t.hint;
    byId('send').textContent = t.send;
    byId('label').textContent = t.write;
    input.placeholder = t.write;
    byId('switch').textContent = t.language;
  }

  function say(word) {
    var text = word ? texts[lang][word] : '';
    if (byId('state').textContent !== text) byId('state').textContent = text;
  }

  function showLanguages(on) {
    byId('languages').hidden = !on;
    byId('switch').hidden = on;
  }

  function chooseLanguage(tag) {
    lang = tag;
    speak();
    showLanguages(false);
    post(texts[tag].name, texts[tag].name, tag);
  }

  // ---- bubbles

  function atEnd() { return log.scrollHeight - log.scrollTop - log.clientHeight < 80; }

  function bubble(cls, text, tag, note) {
    var follow = atEnd();
    var m = make('div', 'm ' + cls);
    if (note) m.appendChild(make('small', '', note));
    var p = make('p', '', text);
    if (tag) p.lang = tag;
    m.appendChild(p);
    log.appendChild(m);
    if (follow) log.scrollTop = log.scrollHeight;
    return m;
  }

  function mark(item, word, retry) {
    if (item.mark) item.mark.remove();
    item.mark = null;
    if (!word) return;
    item.mark = make('small', '', texts[lang][word]);
    if (retry) {
      var b = make('button', '', texts[lang].again);
      b.type = 'button';
      b.onclick = function () { badSockets = 0; if (wake) wake(); flush(); };
      item.mark.appendChild(b);
    }
    item.bubble.appendChild(item.mark);
    log.scrollTop = log.scrollHeight;
  }

  // A choice that is no longer asked becomes plain text again, so that an old press cannot answer a new question.
  function retire() {
    if (!buttons) return;
    if (buttons.box.contains(document.activeElement)) log.focus({ preventScroll: true });
    buttons.box.remove();
    buttons.p.textContent = buttons.text;
    buttons = null;
  }

  function show(a) {
    if (a.type !== 'message') return;
    var info = a.channelData || {};
    if (a.from && a.from.role === 'user') {
      var own = info.clientActivityID && mine[info.clientActivityID];
      retire();
      if (own) { mark(own); own.sent = true; return; }
      var shown = info.messageBack && info.messageBack.displayText;
      bubble('me', shown || a.text || '', a.locale);
      source = '';
      showLanguages(false);
      return;
    }
    var from = info.source === 'staff' ? 'staff' : 'bot';
    var actions = (a.suggestedActions && a.suggestedActions.actions) || [];
    var list = actions.map(function (c) { return c.value + ' ' + c.title; });
    var lines = (a.text || '').split('\n');
    while (list.length && lines.length && list.indexOf(lines[lines.length - 1].trim()) >= 0) lines.pop();
    retire();
    var m = bubble(from, lines.join('\n').trim() || a.text, a.locale, from === source ? '' : texts[lang][from]);
    source = from;
    if (actions.length) choices(m, a, actions);
  }

  function choices(m, a, actions) {
    var box = make('div', 'pick');
    actions.forEach(function (c) {
      var tag = (c.channelData && c.channelData.lang) || a.locale;
      var b = make('button', '', c.value + '  ' + c.title);
      b.type = 'button';
      b.lang = tag;
      b.onclick = function () {
        if (texts[tag] && tag !== lang && actions.length === Object.keys(texts).length) { lang = tag; speak(); }
        post(c.value, c.title, tag);
      };
      box.appendChild(b);
    });
    m.appendChild(box);
    buttons = { box: box, p: m.querySelector('p'), text: a.text };
    log.scrollTop = log.scrollHeight;
  }

  function take(set) {
    (set.activities || []).forEach(show);
    if (set.watermark) watermark = set.watermark;
  }

  // ---- the line

  function call(method, path, body) {
    var limit = window.AbortController ? new AbortController() : null;
    var timer = setTimeout(function () { if (limit) limit.abort(); }, 20000);
    var headers = {};
    if (body) headers['Content-Type'] = 'application/json';
    if (chat) headers.Authorization = 'Bearer ' + chat.token;
    return fetch(path, {
      method: method, headers: headers, body: body ? JSON.stringify(body) : undefined,
      signal: limit ? limit.signal : undefined, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer'
    }).then(function (r) {
      if (r.status === 401 || r.status === 403 || r.status === 404) chat = null;
      return r.ok ? r.json() : Promise.reject({ status: r.status });
    }).then(
      function (v) { clearTimeout(timer); return v; },
      function (e) { clearTimeout(timer); throw e; });
  }

  // Opens a chat, or comes back to the one of this tab. The nonce is kept before the call: if the answer is lost, the same call works again.
  var opening = null;
  function open() {
    opening = opening || attempt().then(
      function () { opening = null; },
      function (e) { opening = null; throw e; });
    return opening;
  }

  function attempt() {
    var key = store.getItem('k');
    var nonce = store.getItem('n');
    if (key && !nonce) { nonce = random(); store.setItem('n', nonce); }
    var body = key ? { key: key, nonce: nonce, watermark: watermark } : {};
    chat = null;
    return call('POST', '/chat/session', body).then(function (got) {
      if (left) return;
      chat = got;
      chat.since = Date.now();
      store.setItem('k', got.key);
      store.removeItem('n');
    }, function (e) {
      if (!key || !(e.status >= 400 && e.status < 500)) throw e;
      store.removeItem('k');
      store.removeItem('n');
      watermark = '';
      if (log.children.length) log.appendChild(make('p', 'note', texts[lang].fresh));
      return attempt();
    });
  }

  function read() {
    if (reading || left) return;
    reading = true;
    say('wait');
    var tries = 0;
    (function again() {
      if (left) return;
      step().then(function (rest) {
        tries = 0;
        if (chat) say('');
        return rest ? pause(rest) : null;
      }, function () {
        say('lost');
        tries++;
        return pause(Math.min(15000, 1000 * Math.pow(2, tries)) * (0.75 + Math.random() / 2));
      }).then(again);
    })();
  }

  // One step of reading; gives the time to rest before the next one.
  function step() {
    if (!chat) return open().then(function () { flush(); return 0; });
    if (window.WebSocket && badSockets < 3) {
      var url = chat.streamUrl;
      chat.streamUrl = null;
      var ready = url ? Promise.resolve(url)
        : call('GET', api + chat.conversationId + '?watermark=' + watermark).then(function (r) { return r.streamUrl; });
      return ready.then(listen);
    }
    return call('GET', api + chat.conversationId + '/activities?watermark=' + watermark).then(function (set) {
      var more = (set.activities || []).length > 0;
      take(set);
      flush();
      return more ? 300 : document.hidden ? 10000 : 2000;
    });
  }

  function listen(url) {
    return new Promise(function (done, fail) {
      var opened = false;
      var over = false;
      var s = socket = new WebSocket(url);
      var slow = setTimeout(function () { end(); }, 8000);
      function end() {
        if (over) return;
        over = true;
        clearTimeout(slow);
        if (socket === s) socket = null;
        try { s.close(); } catch (e) { /* closed already */ }
        if (!opened) { badSockets++; done(200); } else fail();
      }
      heard = Date.now();
      s.end = end;
      s.onopen = function () { opened = true; badSockets = 0; clearTimeout(slow); say(''); flush(); };
      s.onmessage = function (e) {
        if (over) return;
        heard = Date.now();
        if (e.data) take(JSON.parse(e.data));
      };
      s.onclose = s.onerror = end;
    });
  }

  // A phone that slept finds a dead socket: the server speaks at least every 20 s.
  function look() {
    if (socket && Date.now() - heard > 45000) socket.end();
    if (chat && Date.now() - chat.since > 900000) {
      chat.since = Date.now();
      call('POST', '/v3/directline/tokens/refresh').then(function (r) { if (chat) chat.token = r.token; }, function () { });
    }
  }
  setInterval(look, 10000);
  window.addEventListener('online', function () { if (wake) wake(); });
  document.addEventListener('visibilitychange', function () {
    if (!document.hidden) { look(); if (wake) wake(); }
  });

  // ---- sending: one after the other, so that the order stays

  function post(text, shown, tag) {
    retire();
    var item = { id: random(), text: text, shown: shown, lang: tag, bubble: bubble('me', shown, tag) };
    source = '';
    mine[item.id] = item;
    queue.push(item);
    log.scrollTop = log.scrollHeight;
    mark(item, 'sending');
    read();
    flush();
  }

  function flush() {
    if (sending || !chat || left) return;
    while (queue.length && queue[0].sent) queue.shift();
    if (!queue.length) return;
    sending = true;
    var item = queue[0];
    var info = { clientActivityID: item.id };
    if (item.shown !== item.text) info.messageBack = { displayText: item.shown };
    queue.forEach(function (i) { mark(i, 'sending'); });
    call('POST', api + chat.conversationId + '/activities', {
      type: 'message', text: item.text, textFormat: 'plain', locale: item.lang || lang, from: { id: 'user' }, channelData: info
    }).then(function () {
      item.sent = true;
      mark(item);
      sending = false;
      flush();
    }, function (e) {
      sending = false;
      if (e.status === 400) {
        queue.shift();
        mark(item, 'long');
        flush();
        return;
      }
      queue.forEach(function (i) { if (!i.sent) mark(i, 'failed', true); });
      if (!chat && wake) wake();
      setTimeout(flush, 5000);
    });
  }

  byId('form').onsubmit = function (e) {
    e.preventDefault();
    var text = input.value.trim();
    if (!text) return;
    input.value = '';
    grow();
    showLanguages(false);
    post(text, text, '');
    input.focus();
  };

  function grow() {
    input.style.height = 'auto';
    input.style.height = Math.min(input.scrollHeight + 4, 128) + 'px';
  }
  input.oninput = grow;
  input.onkeydown = function (e) {
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); byId('form').requestSubmit ? byId('form').requestSubmit() : byId('send').click(); }
  };

  // ---- leaving: hide first, then forget, then go

  function leave() {
    left = true;
    document.body.className = 'gone';
    document.title = ' ';
    log.textContent = '';
    input.value = '';
    try { store.clear(); } catch (e) { /* nothing was kept */ }
    if (socket) socket.end();
    chat = null;
    history.replaceState(null, '', '/');
    location.replace(data.exit);
  }
  byId('exit').onclick = leave;

  var presses = 0;
  var lastPress = 0;
  document.addEventListener('keydown', function (e) {
    if (e.repeat) return;
    presses = e.key !== 'Shift' ? 0 : Date.now() - lastPress < 5000 ? presses + 1 : 1;
    lastPress = Date.now();
    if (presses === 3) leave();
  });

  // Coming back by the back button shows no old words: a page that left goes away again, another one loads anew.
  window.addEventListener('pageshow', function (e) {
    if (left) leave();
    else if (e.persisted) location.reload();
  });
  window.addEventListener('pagehide', function () { if (left) document.body.textContent = ''; });

  Object.keys(texts).forEach(function (tag) {
    var b = make('button', '', texts[tag].name);
    b.type = 'button';
    b.lang = tag;
    b.onclick = function () { chooseLanguage(tag); };
    byId('languages').appendChild(b);
  });
  byId('switch').onclick = function () {
    showLanguages(true);
    byId('languages').firstChild.focus();
  };
  speak();
  if (store.getItem('k')) read();
})();
