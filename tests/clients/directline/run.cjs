'use strict';
// usage: node run.cjs CONFIG.json   ({ "server", "signingKey" }); prints one JSON object: { "version/scenario": "ok" or what failed }.
// "RESTART" on a line of its own asks the caller to kill and restart the server, and to answer with a line.
const assert = require('node:assert');
const { createHash, createHmac } = require('node:crypto');
const { readFileSync } = require('node:fs');
const http = require('node:http');
const readline = require('node:readline');
const { open, cut, sockets } = require('./browser.cjs');

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const origin = 'http://partner.example';
open(origin);
const domain = `${config.server}/v3/directline`;
const versions = ['0.15.8', '0.15.5'];
const clients = Object.fromEntries(versions.map(v => [v, require(`directlinejs-${v}`)]));
const webchat = require('botframework-webchat-core');
const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const online = 2;
let count = 0;

const wait = ms => new Promise(done => setTimeout(done, ms));

async function until(what, look, ms = 30_000) {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`did not come: ${what}`);
    await wait(25);
  }
}

async function api(method, path, token, body, headers = {}) {
  const answer = await fetch(domain + path, {
    method,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : null };
}

const generate = async () => (await api('POST', '/tokens/generate')).body;

// All activities as the server has them.
async function everything(chat) {
  const all = [];
  for (let watermark = ''; ;) {
    const { body } = await api('GET', `/conversations/${chat.conversationId}/activities?watermark=${watermark}`, chat.line.token);
    if (!body.activities.length) return all;
    all.push(...body.activities);
    watermark = body.watermark;
  }
}

async function connect(version, options = {}) {
  const granted = options.token ? options : await generate();
  const chat = { got: [], statuses: [] };
  chat.line = new clients[version].DirectLine({ domain, token: granted.token, ...options });
  chat.conversationId = granted.conversationId;
  chat.line.connectionStatus$.subscribe(s => chat.statuses.push(s));
  chat.line.activity$.subscribe(a => chat.got.push(a), e => (chat.error = e));
  return chat;
}

function post(chat, activity) {
  const id = `c${++count}`;
  const full = { from: { id: 'u1', name: 'N' }, locale: 'en', ...activity, channelData: { ...activity.channelData, clientActivityID: id } };
  return new Promise((done, fail) => chat.line.postActivity(full).subscribe(got => done({ id: got, client: id }), fail));
}

const echoOf = (chat, client) => chat.got.find(a => a.from.role === 'user' && a.channelData && a.channelData.clientActivityID === client);
const say = (chat, text, more) => post(chat, { type: 'message', text, ...more });
const fromBot = chat => chat.got.filter(a => a.type === 'message' && a.from.role === 'bot');

async function sayAndSee(chat, text, more) {
  const sent = await say(chat, text, more);
  assert.notEqual(sent.id, 'retry');
  const echo = await until('the echo', () => echoOf(chat, sent.client));
  assert.equal(echo.id, sent.id);
  return echo;
}

// What the client saw is what the server has: nothing lost, repeated or reordered.
async function assertWhole(chat) {
  const all = await until('all activities', async () => {
    const have = await everything(chat);
    return chat.got.filter(a => a.type !== 'typing').length >= have.length ? have : null;
  });
  assert.deepEqual(chat.got.filter(a => a.type !== 'typing').map(a => a.id), all.map(a => a.id));
  const times = all.map(a => a.timestamp);
  assert.deepEqual(times, [...times].sort());
  assert.match(times[0], /T\d\d:\d\d:\d\d\.\d+Z$/);
}

const scenarios = {
  async startAndGreet(version) {
    const chat = await connect(version, { conversationStartProperties: { locale: 'th-TH' } });
    await until('a greeting', () => fromBot(chat)[0]);
    assert.ok(chat.statuses.includes(online));
    assert.equal(new Set(fromBot(chat).map(a => a.id)).size, fromBot(chat).length);
    return chat;
  },

  async echo(version) {
    const chat = await connect(version);
    await until('a greeting', () => fromBot(chat)[0]);
    const before = fromBot(chat).length;
    const echo = await sayAndSee(chat, 'hello ທົດສອບ 🙂', { channelData: { attachmentSizes: [], deep: { a: [1, { b: null }] } }, textFormat: 'plain' });
    assert.equal(echo.text, 'hello ທົດສອບ 🙂');
    assert.deepEqual(echo.channelData.deep, { a: [1, { b: null }] });
    assert.equal(echo.channelId, 'directline');
    assert.equal(echo.conversation.id, chat.conversationId);
    const answer = await until('an answer', () => fromBot(chat)[before]);
    assert.equal(answer.replyToId, echo.id);
    assert.ok(chat.got.indexOf(answer) > chat.got.indexOf(echo));
    await assertWhole(chat);
  },

  async choices(version) {
    const chat = await connect(version);
    await until('a greeting', () => fromBot(chat)[0]);
    if (!fromBot(chat).at(-1).suggestedActions) await sayAndSee(chat, 'menu');
    const question = await until('choices', () => fromBot(chat).findLast(a => a.suggestedActions));
    const action = question.suggestedActions.actions[0];
    assert.equal(action.type, 'imBack');
    assert.ok(action.title && action.value);
    const before = fromBot(chat).length;
    await sayAndSee(chat, action.value);
    await until('the next text', () => fromBot(chat)[before]);
  },

  async typing(version) {
    const chat = await connect(version);
    await until('a greeting', () => fromBot(chat)[0]);
    await until('an open socket', () => [...sockets].some(s => s.readyState === 1));
    const sent = await post(chat, { type: 'typing' });
    assert.notEqual(sent.id, 'retry');
    await until('typing shown', () => chat.got.find(a => a.type === 'typing'));
    assert.ok(!(await everything(chat)).some(a => a.type === 'typing'));
    await sayAndSee(chat, 'after typing');
  },

  async upload(version) {
    const file = Buffer.from('a small picture');
    const shelf = http.createServer((q, r) => r.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }).end(file));
    await new Promise(done => shelf.listen(0, '127.0.0.1', done));
    try {
      const chat = await connect(version);
      await until('a greeting', () => fromBot(chat)[0]);
      const url = `http://127.0.0.1:${shelf.address().port}/a.png`;
      const echo = await sayAndSee(chat, 'see', { attachments: [{ contentType: 'image/png', contentUrl: url, name: 'a.png' }, { contentType: 'image/png', contentUrl: url, name: 'a.png' }] });
      assert.equal(echo.attachments.length, 2);
      assert.equal(echo.attachments[0].name, 'a.png');
      assert.equal(echo.attachments[0].contentType, 'image/png');
      assert.notEqual(echo.attachments[0].contentUrl, url);
      assert.notEqual(echo.attachments[0].contentUrl, echo.attachments[1].contentUrl);
      const back = await fetch(echo.attachments[0].contentUrl);
      assert.equal(back.headers.get('x-content-type-options'), 'nosniff');
      assert.match(back.headers.get('content-disposition'), /^attachment/);
      assert.deepEqual(Buffer.from(await back.arrayBuffer()), file);
    } finally {
      shelf.close();
    }
  },

  async refresh(version) {
    const chat = await connect(version);
    await until('a greeting', () => fromBot(chat)[0]);
    const first = chat.line.token;
    await until('a refreshed token', () => chat.line.token !== first);
    await sayAndSee(chat, 'with the new token');
    assert.equal((await api('GET', `/conversations/${chat.conversationId}/activities`, first)).status, 200);
    chat.line.end();
  },

  async cutLines(version) {
    const chat = await connect(version);
    await until('a greeting', () => fromBot(chat)[0]);
    let state = 7;
    const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
    const sent = [];
    for (let i = 0; i < 30; i++) {
      sent.push(await say(chat, `number ${i}`));
      if (random() < 0.4) { await wait(random() * 250); cut(); }
    }
    await until('every echo', () => sent.every(s => echoOf(chat, s.client)), 60_000);
    assert.deepEqual(chat.got.filter(a => a.from.role === 'user').map(a => a.text), sent.map((_, i) => `number ${i}`));
    await assertWhole(chat);
  },

  async polling(version) {
    const chat = await connect(version, { webSocket: false, pollingInterval: 200 });
    await until('a greeting', () => fromBot(chat)[0]);
    for (let i = 0; i < 5; i++) await sayAndSee(chat, `poll ${i}`);
    await assertWhole(chat);
  },

  async expiredToken(version) {
    const { conversationId } = await generate();
    const part = o => Buffer.from(JSON.stringify(o)).toString('base64url');
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ conv: conversationId, use: 'chat', exp: Math.floor(Date.now() / 1000) - 1, jti: 'x' })}`;
    const key = createHash('sha256').update(config.signingKey).digest();
    const token = `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
    const answer = await api('GET', `/conversations/${conversationId}/activities`, token);
    assert.equal(answer.status, 403);
    assert.equal(answer.body.error.code, 'TokenExpired');
    const chat = await connect(version, { token, conversationId });
    await until('expired or failed', () => chat.statuses.some(s => s === 3 || s === 4));
    assert.ok(!chat.statuses.includes(online));
  },

  async foreignConversation(version) {
    const mine = await connect(version);
    await until('a greeting', () => fromBot(mine)[0]);
    const other = await generate();
    assert.equal((await api('GET', `/conversations/${mine.conversationId}/activities`, other.token)).status, 403);
    assert.equal((await api('POST', `/conversations/${mine.conversationId}/activities`, other.token, { type: 'message', text: 'x' })).status, 403);
    const chat = await connect(version, { token: other.token, conversationId: mine.conversationId });
    await until('a refusal', () => chat.statuses.some(s => s >= 3));
    assert.equal(chat.got.length, 0);
    chat.line.end();
  },

  async preflight() {
    const asked = 'authorization,content-type,x-ms-bot-agent,x-requested-with';
    const answer = await fetch(`${domain}/conversations/x/activities`, {
      method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': asked },
    });
    assert.ok(answer.ok);
    const allowed = answer.headers.get('access-control-allow-headers').split(/, */);
    for (const name of asked.split(',')) assert.ok(allowed.includes(name), name);
    const refused = await api('GET', '/conversations/x/activities', 'wrong', null, { origin });
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get('access-control-allow-origin'), origin);
  },

  async webChat(version) {
    const { token } = (await api('POST', '/tokens/generate', null, { User: { Id: 'dl_me', Name: 'Me' } })).body;
    const store = webchat.createStore();
    const directLine = new clients[version].DirectLine({ domain, token });
    store.dispatch(webchat.connect({ directLine, userID: 'dl_me', username: 'Me' }));
    const all = () => store.getState().activities;
    const own = () => all().filter(a => a.from.role === 'user' && a.type === 'message');
    await until('online', () => store.getState().connectivityStatus === 'connected');
    await until('a greeting', () => all().find(a => a.from.role === 'bot'));
    const status = a => a.channelData['webchat:send-status'] || a.channelData.state;
    const sent = n => until(`${n} sent`, () => own().length === n && own().every(a => status(a) === 'sent'));
    const texts = Array.from({ length: 8 }, (_, i) => `web chat ${i}`);
    for (const [i, text] of texts.slice(0, 4).entries()) {
      store.dispatch(webchat.sendMessage(text, 'keyboard'));
      await sent(i + 1);
    }
    // Web Chat posts at once what is written in haste, over as many lines as it takes: the server's order is then the order.
    texts.slice(4).forEach(text => store.dispatch(webchat.sendMessage(text, 'keyboard')));
    await sent(8);
    await until('the answers', () => all().at(-1).from.role === 'bot');
    assert.deepEqual(own().map(a => a.text).slice(0, 4), texts.slice(0, 4));
    assert.deepEqual(own().map(a => a.text).sort(), texts);
    assert.ok(own().every(a => a.from.id === 'dl_me'));
    const ids = all().filter(a => a.type === 'message').map(a => a.id);
    assert.deepEqual(ids, [...ids].sort());
    store.dispatch(webchat.disconnect());
  },

  async serverRestarts(version) {
    const chat = await connect(version);
    await until('a greeting', () => fromBot(chat)[0]);
    for (let i = 0; i < 3; i++) await sayAndSee(chat, `before ${i}`);
    console.log('RESTART');
    await lines.next();
    for (let i = 0; i < 3; i++) await sayAndSee(chat, `after ${i}`);
    assert.deepEqual(chat.got.filter(a => a.from.role === 'user').map(a => a.text), ['before 0', 'before 1', 'before 2', 'after 0', 'after 1', 'after 2']);
    await assertWhole(chat);
  },
};

(async () => {
  const results = {};
  for (const version of versions) {
    for (const [name, scenario] of Object.entries(scenarios)) {
      if (process.argv[3] && !process.argv[3].split(',').includes(name)) continue;
      const began = Date.now();
      try {
        await Promise.race([scenario(version), wait(90_000).then(() => { throw new Error('did not end'); })]);
        results[`${version}/${name}`] = 'ok';
      } catch (e) {
        results[`${version}/${name}`] = String(e && (e.stack || e.message || JSON.stringify(e))).slice(0, 1500);
      }
      console.error(`${version}/${name} ${Date.now() - began} ms`);
    }
  }
  console.log(JSON.stringify(results));
  process.exit(0);
})();
