"""files.*: an upload in three steps, of which the last is done when Slack gets round to it."""

import asyncio
import time

from aiohttp import web

from . import arguments
from .error import ApiError
from .method import Method


class FileMethods:
    def __init__(self, fake):
        self._fake = fake
        self._files = fake.files

    def table(self):
        write = ("files:write",)
        return {
            "files.getUploadURLExternal": Method(self.upload_url, write, tier=4, takes_json=False),
            "files.completeUploadExternal": Method(self.complete, write, tier=4),
            "files.info": Method(self.info, ("files:read",), tier=4, takes_json=False),
        }

    def upload_url(self, request):
        name = arguments.text(request.args, "filename", "invalid_arguments")
        length = int(arguments.text(request.args, "length", "invalid_arguments"))
        file = {"id": self._fake.world.next_id("F"), "created": int(time.time()), "name": name, "title": name,
                "size": length, "user": request.team.bot["id"], "alt_txt": request.args.get("alt_txt", ""),
                "shares": {}, "channels": [], "groups": [], "ims": []}
        self._files.by_id[file["id"]] = file
        return {"upload_url": f"{self._fake.base_url}/upload/{file['id']}", "file_id": file["id"]}

    def complete(self, request):
        told = arguments.structure(request.args, "files", "invalid_arguments", [])
        files = [self._file(entry.get("id")) for entry in told]
        if not files or any(file["id"] not in self._files.content for file in files):
            raise ApiError("file_not_found")
        identity = request.args.get("channel_id")
        if identity:
            channel = self._fake.world.channel(request.team, identity)
            if not self._fake.world.has_bot(channel):
                raise ApiError("not_in_channel")
            self._files.share_later(self._fake, channel, request, files)
        for file, entry in zip(files, told, strict=True):
            file["title"] = entry.get("title") or file["title"]
        return {"files": [{"id": file["id"], "title": file["title"]} for file in files]}

    def _file(self, identity):
        if identity not in self._files.by_id:
            raise ApiError("file_not_found")
        return self._files.by_id[identity]

    def info(self, request):
        return {"file": self._file(arguments.text(request.args, "file", "file_not_found"))}


class Files:
    def __init__(self):
        self.by_id = {}
        self.content = {}
        self.share_delay = 0.5  # seconds until a file that was completed is in its channel
        self._tasks = set()

    def add_to(self, application):
        application.router.add_post("/upload/{file}", self._take)

    async def _take(self, request):
        identity = request.match_info["file"]
        if identity not in self.by_id:
            return web.Response(status=404)
        if request.content_type == "multipart/form-data":
            part = next(iter((await request.post()).values()))
            data = part.file.read() if hasattr(part, "file") else part.encode()
        else:
            data = await request.read()
        if len(data) != self.by_id[identity]["size"]:
            return web.Response(status=400, text="length")
        self.content[identity] = data
        return web.Response(text=f"OK - {len(data)}")

    def share_later(self, fake, channel, request, files):
        async def share():
            await asyncio.sleep(self.share_delay)
            message = fake.messages.add(channel, request.args.get("initial_comment", ""), user=request.team.bot,
                                        thread_ts=request.args.get("thread_ts"), bot_id=request.team.bot_id,
                                        subtype="file_share", files=files)
            kind = "private" if channel["is_private"] else "public"
            for file in files:
                file["shares"] = {kind: {channel["id"]: [{"ts": message["ts"]}]}}
            fake.events.announce(channel, message)
        task = asyncio.ensure_future(share())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
