// @slack/web-api as it is: a call of each kind, and what came of it as JSON.
// Arguments: the Web API's address, the bot's token, a channel, a user, the client's id and secret, a code.
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';

const require = createRequire(process.env.NUNCHI_NODE_MODULES + '/');
const { WebClient } = require('@slack/web-api');

const [slackApiUrl, token, channel, user, client_id, client_secret, code] = process.argv.slice(2);
const web = new WebClient(token, { slackApiUrl });
const told = {};

async function refused(call) {
  try {
    await call;
    return null;
  } catch (error) {
    return [error.data.error, error.data.needed ?? null];
  }
}

const self = await web.auth.test();
told.self = [self.user_id, self.bot_id, self.team_id];
told.scopes = self.response_metadata.scopes.includes('chat:write');
told.channels = [];
for await (const page of web.paginate('conversations.list', { limit: 1 })) {
  told.channels.push(...page.channels.map((found) => found.name));
}
told.member = (await web.conversations.info({ channel })).channel.is_member;
told.members = (await web.conversations.members({ channel })).members.length;
told.admin = (await web.users.info({ user })).user.is_admin;
told.emoji = Object.keys((await web.emoji.list()).emoji);

const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '행복 <&>' } }];
const { ts } = await web.chat.postMessage({ channel, text: '하나', blocks });
told.updated = (await web.chat.update({ channel, ts, text: '둘' })).ts === ts;
told.ephemeral = Boolean((await web.chat.postEphemeral({ channel, user, text: '셋' })).message_ts);
await web.reactions.add({ channel, timestamp: ts, name: 'cry' });
told.again = await refused(web.reactions.add({ channel, timestamp: ts, name: 'cry' }));
told.reactions = (await web.reactions.get({ channel, timestamp: ts })).message.reactions.map((one) => one.name);
await web.reactions.remove({ channel, timestamp: ts, name: 'cry' });
await web.chat.delete({ channel, ts });
told.gone = await refused(web.reactions.add({ channel, timestamp: ts, name: 'cry' }));
told.scope = await refused(web.conversations.join({ channel }));
told.limited = (await web.team.info().catch((error) => error.data)).needed;

const upload = { filename: 'a.png', file: Buffer.from('그림'), initial_comment: '넷' };
const uploaded = await web.filesUploadV2({ channel_id: channel, ...upload });
const file = uploaded.files[0].files[0].id;
for (let i = 0; i < 50; i += 1) {
  told.shared = Object.keys((await web.files.info({ file })).file.shares);
  if (told.shared.length) break;
  await pause(100);
}

const granted = await web.oauth.v2.access({ client_id, client_secret, code });
const refresh_token = granted.refresh_token;
const renewed = await web.oauth.v2.access({ client_id, client_secret, grant_type: 'refresh_token', refresh_token });
told.renewed = renewed.access_token.startsWith('xoxe.xoxb-') && renewed.access_token !== granted.access_token;
told.works = (await new WebClient(renewed.access_token, { slackApiUrl }).auth.test()).ok;
console.log(JSON.stringify(told));
