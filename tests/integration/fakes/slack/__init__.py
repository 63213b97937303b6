"""A fake Slack: Web API, Socket Mode and Events API on loopback, scripted, with a record of what clients sent."""

from ..authority import Authority
from ..faults import Fault
from ..link import Link
from .deviation import Deviation
from .error import ApiError
from .fake import FakeSlack
from .signing import Forgery

__all__ = ["ApiError", "Authority", "Deviation", "FakeSlack", "Fault", "Forgery", "Link"]
