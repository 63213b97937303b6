// @slack/socket-mode and @slack/web-api as they are: react to, and answer, what is written; answer /echo.
// Arguments: the Web API's address, the app's token, the bot's token.
import { createRequire } from 'node:module';

const require = createRequire(process.env.NUNCHI_NODE_MODULES + '/');
const { SocketModeClient } = require('@slack/socket-mode');
const { WebClient } = require('@slack/web-api');

const [slackApiUrl, appToken, botToken] = process.argv.slice(2);
const web = new WebClient(botToken, { slackApiUrl });
// It waits as long before it connects again.
const client = new SocketModeClient({ appToken, clientOptions: { slackApiUrl }, clientPingTimeout: 1000 });
const { user_id: self } = await web.auth.test();
const seen = new Set();

client.on('message', async ({ event, ack, retry_num: retries }) => {
  await ack();
  if (event.user === self || event.subtype || seen.has(event.ts)) return;
  seen.add(event.ts);
  await started;
  await web.reactions.add({ channel: event.channel, timestamp: event.ts, name: 'smile' });
  const text = `받았어요: ${event.text} (${retries})`;
  await web.chat.postMessage({ channel: event.channel, thread_ts: event.thread_ts ?? event.ts, text });
});

client.on('slash_commands', async ({ body, ack }) => {
  await ack({ text: `받았어요: ${body.text}` });
  const answer = { method: 'POST', body: JSON.stringify({ text: '다시' }) };
  await fetch(body.response_url, { ...answer, headers: { 'Content-Type': 'application/json' } });
});

// Done when the hello has come.
const started = client.start();
await started;
