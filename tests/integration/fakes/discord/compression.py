"""What `compress` in the gateway's URL asks for: one context per connection, a sync flush per message."""

import zlib

import zstandard


class Plain:
    is_binary = False

    def encode(self, text):
        return text


class ZlibStream:
    is_binary = True

    def __init__(self):
        self._context = zlib.compressobj()

    def encode(self, text):
        return self._context.compress(text.encode()) + self._context.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    is_binary = True

    def __init__(self, frame_per_message=False):
        self._frame_per_message = frame_per_message
        self._context = zstandard.ZstdCompressor().compressobj()

    def encode(self, text):
        if self._frame_per_message:
            return zstandard.ZstdCompressor().compress(text.encode())
        return self._context.compress(text.encode()) + self._context.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


def compression_of(name, frame_per_message=False):
    """None for a name that the gateway does not know."""
    if name is None:
        return Plain()
    if name == "zlib-stream":
        return ZlibStream()
    return ZstdStream(frame_per_message) if name == "zstd-stream" else None
