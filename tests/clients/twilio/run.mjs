// The vendor's own package against us: it signs webhooks that our server must accept, checks signatures that our
// fake provider makes, and works as a client of the fake's Messages API.
// usage: node run.mjs CONFIG.json   (written by the test that starts the server and the fake)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import twilio from 'twilio';

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { getExpectedTwilioSignature } = await import('twilio/lib/webhooks/webhooks.js').then((m) => m.default ?? m);

// a small generator with a seed, so that a failure can be repeated
let state = config.seed >>> 0;
const random = (n) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
const pick = (list) => list[random(list.length)];
const alphabet = [...'abcXYZ019 +&=%?#\'"<>/\\;:,.~!*()[]{}|^`@$_-\t\n', 'é', 'ß', 'ဗ', 'မ', 'ာ', 'ก', 'ำ', 'ខ', '្', 'ລ', '中', '🆘', '👩‍👧', '\u200b', '\ufeff', '\u0000'];
const word = (most) => Array.from({ length: random(most + 1) }, () => pick(alphabet)).join('');

let sids = 0;
const message = (channel) => {
  const pairs = [
    ['MessageSid', `SM${(config.seed % 0xffff).toString(16).padStart(4, '0')}${(++sids).toString(16).padStart(28, '0')}`],
    ['AccountSid', config.accountSid], ['From', '+66812345678'], ['To', channel.number], ['Body', word(40)], ['NumMedia', '0'],
  ];
  for (let i = random(12); i > 0; i--) {
    const name = `X${word(6)}`;
    pairs.push([name, word(20)]);
    if (random(3) === 0) pairs.push([name, pick([pairs.at(-1)[1], word(5), ''])]);
  }
  return pairs;
};

const paramsOf = (pairs) => {
  const params = Object.create(null);
  for (const [name, value] of pairs) {
    params[name] = name in params ? [params[name], value].flat() : value;
  }
  return params;
};
const encode = (text) => (random(2) === 0 ? encodeURIComponent(text) : encodeURIComponent(text).replaceAll('%20', '+'));
const bodyOf = (pairs) => pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');

const post = (url, body, signature) => new Promise((resolve, reject) => {
  const request = http.request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), ...(signature ? { 'x-twilio-signature': signature } : {}) },
  }, (answer) => {
    const chunks = [];
    answer.on('data', (chunk) => chunks.push(chunk));
    answer.on('end', () => resolve({ status: answer.statusCode, type: answer.headers['content-type'], body: Buffer.concat(chunks).toString() }));
  });
  request.on('error', reject);
  request.end(body);
});

const results = { accepted: 0, refused: 0, client: 0, signatures: 0 };

// A reverse proxy that cuts off the first part of the path, on a port of its own, as the number's address says.
const proxied = config.channels.find((c) => c.proxyPort);
const proxy = http.createServer((request, answer) => {
  const onward = http.request(config.server + request.url.slice(proxied.proxyPrefix.length), { method: request.method, headers: request.headers }, (from) => {
    answer.writeHead(from.statusCode, from.headers);
    from.pipe(answer);
  });
  onward.on('error', () => answer.writeHead(502).end());
  request.pipe(onward);
});
await new Promise((resolve) => proxy.listen(proxied.proxyPort, '127.0.0.1', resolve));

try {
  for (const channel of config.channels) {
    for (let round = 0; round < config.rounds; round++) {
      const pairs = message(channel);
      const path = `/channels/twilio/${channel.name}/receive`;
      const target = channel.proxyPort ? `http://127.0.0.1:${channel.proxyPort}${channel.proxyPrefix}${path}` : config.server + path;
      const signed = pick(channel.signedAs) + path + pick(['', '?a=1&b=it%27s', '?x=%E1%80%80+y']);
      const query = signed.includes('?') ? signed.slice(signed.indexOf('?')) : '';
      const signature = getExpectedTwilioSignature(config.authToken, signed, paramsOf(pairs));

      const good = await post(target + query, bodyOf(pairs), signature);
      assert.equal(good.status, 200, `${channel.name} round ${round}: ${signed}`);
      assert.match(good.type, /^text\/xml/);
      assert.equal(good.body, '<Response/>');
      results.accepted++;

      const changed = pairs.map((pair) => [...pair]);
      const at = random(changed.length);
      const letters = [...changed[at][1]];
      if (letters.length > 0) letters[random(letters.length)] = 'Ω';
      else letters.push('Ω');
      changed[at][1] = letters.join('');
      assert.equal((await post(target + query, bodyOf(changed), signature)).status, 403, `${channel.name} round ${round}: changed value`);
      assert.equal((await post(target + query, bodyOf([...pairs, ['New', 'x']]), signature)).status, 403);
      assert.equal((await post(`${target}${query}${query ? '&' : '?'}z`, bodyOf(pairs), signature)).status, 403);
      const other = (signature[5] === 'A' ? 'B' : 'A');
      assert.equal((await post(target + query, bodyOf(pairs), signature.slice(0, 5) + other + signature.slice(6))).status, 403);
      results.refused += 4;
    }
    assert.equal((await post(`${config.server}/channels/twilio/${channel.name}/receive`, bodyOf(message(channel)))).status, 403);
    results.refused++;
  }

  for (const { url, pairs, signature } of config.samples) {
    assert.ok(twilio.validateRequest(config.authToken, signature, url, paramsOf(pairs)), `signature of the fake over ${url}`);
    assert.ok(!twilio.validateRequest(config.authToken, signature, url, paramsOf([...pairs, ['New', 'x']])));
    results.signatures++;
  }

  class ToTheFake extends twilio.RequestClient {
    request(options) {
      assert.ok(options.uri.startsWith('https://api.twilio.com/'));
      return super.request({ ...options, uri: config.api + options.uri.slice('https://api.twilio.com'.length) });
    }
  }
  const clientWith = (token, options = {}) => twilio(config.accountSid, token, { httpClient: new ToTheFake(options) });
  const refused = async (promise, status, code) => {
    const error = await promise.then(() => assert.fail('it was accepted'), (e) => e);
    assert.deepEqual([error.status, error.code], [status, code]);
    results.client++;
  };
  const client = clientWith(config.authToken);
  const from = config.channels[0].number;
  const to = '+66877777777';

  const sent = await client.messages.create({ to, from, body: 'It\'s + "ကူညီ" 🆘', statusCallback: 'https://line.example.org/s?part=1' });
  assert.match(sent.sid, /^SM[0-9a-f]{32}$/);
  assert.deepEqual([sent.status, sent.to, sent.from, sent.body, sent.direction], ['queued', to, from, 'It\'s + "ကူညီ" 🆘', 'outbound-api']);
  assert.ok(Math.abs(sent.dateCreated - Date.now()) < 60_000);
  assert.equal(sent.dateSent, null);
  const service = await client.messages.create({ to, messagingServiceSid: 'MG00000000000000000000000000000001', body: 'two' });
  assert.equal(service.status, 'accepted');
  for (let i = 0; i < 5; i++) await client.messages.create({ to, from, body: `more ${i}` });
  const listed = await client.messages.list({ to, pageSize: 2 });
  assert.deepEqual(listed.map((m) => m.body), ['more 4', 'more 3', 'more 2', 'more 1', 'more 0', 'two', sent.body]);
  assert.deepEqual(await client.messages.list({ to, dateSentAfter: new Date(Date.now() - 3600_000) }), []);
  assert.equal((await client.messages(sent.sid).fetch()).body, sent.body);
  assert.equal((await client.messages(sent.sid).update({ body: '' })).body, '');
  assert.equal(await client.messages(service.sid).remove(), true);
  results.client += 8;

  await refused(client.messages(service.sid).fetch(), 404, 20404);
  await refused(clientWith('wrong').messages.create({ to, from, body: 'x' }), 401, 20003);
  await refused(client.messages.create({ to: 'nobody at all, a long name', from, body: 'x' }), 400, 21211);
  await refused(client.messages.create({ to, body: 'x' }), 400, 21603);
  await refused(client.messages.create({ to, from }), 400, 21602);
  await refused(client.messages.create({ to, from, body: 'x'.repeat(1601) }), 400, 21617);
  await refused(client.messages.create({ to: config.optedOut, from, body: 'x' }), 400, 21610);

  console.log(JSON.stringify(results));
} finally {
  proxy.close();
  proxy.closeAllConnections();
}
