// @slack/bolt as it is: the same as socket_mode_client.mjs, and a form behind a button.
// Arguments: the Web API's address, the bot's token, then the app's token, or the signing secret and a port.
import { createRequire } from 'node:module';

const require = createRequire(process.env.NUNCHI_NODE_MODULES + '/');
const { App } = require('@slack/bolt');

const [slackApiUrl, token, secret, port] = process.argv.slice(2);
const way = port ? { signingSecret: secret } : { appToken: secret, socketMode: true };
const app = new App({ token, ...way, clientOptions: { slackApiUrl } });

app.message(async ({ message, client, context, say }) => {
  await client.reactions.add({ channel: message.channel, timestamp: message.ts, name: 'smile' });
  const text = `받았어요: ${message.text} (${context.retryNum ?? 0})`;
  const button = { type: 'button', action_id: 'ask', text: { type: 'plain_text', text: '열기' }, value: 'x' };
  const blocks = [{ type: 'actions', block_id: 'row', elements: [button] }];
  await say({ text, blocks, thread_ts: message.thread_ts ?? message.ts });
});

app.command('/echo', async ({ command, ack, respond }) => {
  await ack(`받았어요: ${command.text}`);
  await respond('다시');
});

app.action('ask', async ({ ack, body, client }) => {
  await ack();
  const title = { type: 'plain_text', text: '양식' };
  const element = { type: 'plain_text_input', action_id: 'field' };
  const blocks = [{ type: 'input', block_id: 'row', label: title, element }];
  const submit = title;
  const view = { type: 'modal', callback_id: 'form', title, submit, blocks };
  await client.views.open({ trigger_id: body.trigger_id, view });
});

app.view('form', async ({ ack, view }) => {
  const filled = view.state.values.row.field.value;
  if (filled === '') await ack({ response_action: 'errors', errors: { row: '비었어요' } });
  else await ack();
});

app.shortcut('read', async ({ ack, respond, shortcut }) => {
  await ack();
  await respond(`읽었어요: ${shortcut.message.text}`);
});

app.event('app_home_opened', async ({ event, client }) => {
  const text = { type: 'mrkdwn', text: '안녕하세요' };
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'section', text }] } });
});

await app.start(port ? Number(port) : undefined);
