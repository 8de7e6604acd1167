"""Names that Flask 1.0, Werkzeug 0.14 and gunicorn 19.9 expect and that left Python after 3.9."""
import collections
import collections.abc
import inspect

for name in ("Container", "Iterable", "MutableMapping", "Mapping", "MutableSet", "Set", "Callable", "Hashable",
             "Sequence", "MutableSequence", "Iterator"):
    setattr(collections, name, getattr(collections.abc, name))
if not hasattr(inspect, "getargspec"):
    inspect.getargspec = inspect.getfullargspec
