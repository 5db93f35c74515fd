"""The same network with a model of its own among its layers."""

from __future__ import annotations

from hypothesis import strategies as st

from .runs import Data, Steps, runs, without_source


@st.composite
def nested(draw: st.DrawFn, parts: Data) -> Data:
    """A model and what it shares, where some layers are a model of their own: where they stood, or shared."""
    ((kind, graph),) = parts["model"].items()
    found = list(runs(graph["layers"]))
    if not found:
        return parts
    start, end = draw(st.sampled_from(found))
    source, run = without_source(graph["layers"][start:end])
    word = draw(st.sampled_from(["sequential", "functional"]))
    inner: Data = {**({"inputs": {"t": None}} if word == "functional" else {}), "layers": run}
    shared: Data = parts.get("shared", {})
    steps: Steps = [{word: {**inner, **source}}]
    if uses := draw(st.integers(0, 2 if kind == "functional" else 1)):
        shared = {**shared, "inner": {word: inner}}
        steps = [{"inner": {**source, "name": "before"}}, {"inner": source} if source else "inner"][-uses:]
    layers = [*graph["layers"][:start], *steps, *graph["layers"][end:]]
    return {"shared": shared, "model": {kind: {**graph, "layers": layers}}}
