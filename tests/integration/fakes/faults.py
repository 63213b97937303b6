"""Breaks one step of the protocol: the k-th message in either direction, HTTP or WebSocket."""

import enum


class Fault(enum.Enum):
    DROP = "the connection breaks before the step"
    DROP_AFTER = "the connection breaks after the step: it was done, and the other side cannot know"


class Faults:
    """Counts the steps since `arm`; one of them fails. Without `arm` none does."""

    def __init__(self):
        self.steps = []
        self._failing = None
        self._fault = None
        self._of = None
        self._counted = 0

    def arm(self, step=None, fault=Fault.DROP, of=None):
        """From here on; step 1 is the next. None: only counts. `of`: steps of other names are not counted."""
        self.steps, self._counted = [], 0
        self._failing, self._fault, self._of = step, fault, of

    def at(self, name):
        """The fault of this step, or None."""
        self.steps.append(name)
        if self._of not in (None, name):
            return None
        self._counted += 1
        return self._fault if self._counted == self._failing else None

    @property
    def has_failed(self):
        return self._failing is not None and self._counted >= self._failing
