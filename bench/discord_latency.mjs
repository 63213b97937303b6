// discord.js with an empty handler: every message is answered at once, with no thought given to it.
// Arguments: the REST address without the version.
import { createRequire } from 'node:module';

const require = createRequire(process.env.NUNCHI_NODE_MODULES + '/');
const { Client, GatewayIntentBits } = require('discord.js');

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
  rest: { api: process.argv[2], globalRequestsPerSecond: 100000 },
  ws: { compression: null },
});

client.on('messageCreate', (message) => {
  message.reply({ content: '😊', allowedMentions: { parse: [], repliedUser: false } });
});
client.on('error', (error) => console.error(error));
await client.login('bench.token.bench');
