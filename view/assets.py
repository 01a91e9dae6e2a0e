"""The files a browser needs besides Streamlit's own: plotly.js out of the installed plotly package and our components' scripts.
Each is packed once, has its version in the address, and may be kept by the browser for ever."""

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path

import plotly
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from view.palette import PALETTE, SURFACE_STOPS

COMPONENTS = Path(__file__).parent / "components"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


@lru_cache
def scripts() -> dict[str, bytes]:
    """Every script of ours by file name, with the palette and plotly.js's address as modules of their own."""
    found = {path.name: path.read_bytes() for path in sorted(COMPONENTS.glob("*.js"))}
    found["palette.js"] = (
        f"export const PALETTE = {json.dumps(PALETTE)};\nexport const STOPS = {json.dumps(SURFACE_STOPS)};\n"
        f'export const PLOTLY = new URL("../plotly-{plotly.__version__}.min.js", import.meta.url).href;\n'
    ).encode()
    return found


@lru_cache
def version() -> str:
    """Changes when any script changes."""
    return hashlib.sha256(b"".join(scripts().values())).hexdigest()[:12]


@lru_cache(maxsize=64)
def packed(name: str) -> bytes | None:
    """The gzipped file at vendor/<name>, or None. Packed once; 1.5 MB for plotly.js."""
    if name == f"plotly-{plotly.__version__}.min.js":
        return gzip.compress(PLOTLY.read_bytes(), 9)
    folder, _, file = name.partition("/")
    return gzip.compress(scripts()[file], 9) if folder == version() and file in scripts() else None


async def serve(request: Request) -> Response:
    name = request.path_params["name"]
    body = packed(name)
    if body is None:
        return Response("not found", status_code=404)
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": tag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type="text/javascript; charset=utf-8", headers=headers)


def route(base: str) -> Route:
    """GET <base>/vendor/…; `base` is Streamlit's base path, which is not put before routes of ours."""
    prefix = f"/{base.strip('/')}" if base.strip("/") else ""
    return Route(f"{prefix}/vendor/{{name:path}}", serve)
