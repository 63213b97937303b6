// discord.js 14 as it is: replies to, and reacts to, what mentions it; answers /echo after a deferral.
// Arguments: the REST address without the version, the token.
import { createRequire } from 'node:module';

const require = createRequire(process.env.NUNCHI_NODE_MODULES + '/');
const { Client, GatewayIntentBits } = require('discord.js');
const { CompressionMethod } = require('@discordjs/ws');

const [api, token, compression] = process.argv.slice(2);
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  rest: { api },
  ws: { compression: compression === 'zlib' ? CompressionMethod.ZlibNative : null },
});

client.on('messageCreate', async (message) => {
  if (message.author.bot) return;
  await message.reply({ content: `받았어요: ${message.content}`, allowedMentions: { parse: [], repliedUser: false } });
  await message.react('😊');
});

client.on('interactionCreate', async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  await interaction.deferReply({ flags: 64 });
  await interaction.editReply(`받았어요: ${interaction.options.getString('text')}`);
});

client.once('clientReady', async () => {
  const option = { type: 3, name: 'text', description: 'a text', required: true };
  await client.application.commands.set([{ name: 'echo', description: 'says it again', options: [option] }]);
});

client.on('error', (error) => console.error(error));
await client.login(token);
