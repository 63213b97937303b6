"""discord.py as it is: the same as discord_js_client.mjs. Arguments: REST address, gateway address, token."""

import sys

import discord
import yarl

REST_URL, GATEWAY_URL, TOKEN = sys.argv[1:]
discord.http.Route.BASE = REST_URL
# A client without automatic sharding does not ask /gateway/bot.
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(GATEWAY_URL)

intents = discord.Intents.default()
intents.message_content = True


class Client(discord.Client):
    async def setup_hook(self):
        self.tree = discord.app_commands.CommandTree(self)

        @self.tree.command(name="echo", description="says it again")
        async def echo(interaction: discord.Interaction, text: str):
            await interaction.response.defer(ephemeral=True)
            await interaction.edit_original_response(content=f"받았어요: {text}")

        await self.tree.sync()

    async def on_message(self, message):
        if message.author.bot:
            return
        await message.reply(f"받았어요: {message.content}", allowed_mentions=discord.AllowedMentions.none())
        await message.add_reaction("😊")


Client(intents=intents).run(TOKEN)
