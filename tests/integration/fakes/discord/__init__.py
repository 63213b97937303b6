"""A fake Discord: REST API and gateway on loopback, scripted, with a record of what clients sent."""

from ..authority import Authority
from ..faults import Fault
from ..link import Link
from .deviation import Deviation
from .fake import FakeDiscord
from .rate_limits import too_many

__all__ = ["Authority", "Deviation", "FakeDiscord", "Fault", "Link", "too_many"]
