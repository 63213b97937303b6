"""The Ed25519 signature of interactions that Discord posts."""

import time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Signer:
    def __init__(self):
        self._key = Ed25519PrivateKey.generate()

    @property
    def public_key(self):
        """Hexadecimal, as the developer portal shows it."""
        return self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def headers(self, body, timestamp=None):
        timestamp = str(int(time.time())) if timestamp is None else timestamp
        signature = self._key.sign(timestamp.encode() + body).hex()
        return {"X-Signature-Ed25519": signature, "X-Signature-Timestamp": timestamp,
                "Content-Type": "application/json"}
