"""httpbin's application on the framework versions of the image that the documents' compose file uses."""
import types

import flask
import yaml

yaml.load.__defaults__ = (yaml.SafeLoader,)  # flasgger 0.9 gives no loader, which PyYAML 6 wants
flask.Flask.json = types.SimpleNamespace(compact=None)  # httpbin 0.10 sets it; Flask 1.0 has no such attribute
import httpbin.core  # noqa: E402

app = httpbin.core.app
app.config["JSONIFY_PRETTYPRINT_REGULAR"] = True  # what 0.9.2 sets
