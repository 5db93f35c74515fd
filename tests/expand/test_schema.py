"""The JSON Schema takes what can be written out, and refuses what is wrong in blocks, conditions and repeats."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import tfspec

_found = importlib.util.spec_from_file_location("unrolling", Path(__file__).with_name("unrolling.py"))
assert _found is not None
assert _found.loader is not None
unrolling = importlib.util.module_from_spec(_found)
_found.loader.exec_module(unrolling)

VALIDATOR = Draft202012Validator(tfspec.schema())


def errors(text: str) -> list[Any]:
    return list(VALIDATOR.iter_errors(yaml.safe_load(text)))


@pytest.mark.parametrize("kind", ["functional", "sequential"])
@given(data=st.data())
def test_it_takes_what_can_be_written_out(kind: str, data: st.DataObject) -> None:
    spec = data.draw(unrolling.specs(kind))
    assert list(VALIDATOR.iter_errors(spec)) == []


def layers(text: str) -> str:
    return f"tfspec: 1\nmodel: {{sequential: {{input: {{shape: [4]}}, layers: [{text}]}}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        layers('{Dense: {units: "${n}", use_bias: "${b}", activation: "${a}"}}'),
        layers('"${layer}"'),
        layers('{Dense: "${arguments}"}'),
        layers('{repeat: "${rep}"}, {repeat: {times: 2, layers: "${ls}"}}, {if: true, then: "${ls}", else: "${ls}"}'),
        layers('{sequential: "${body}"}, {sequential: {layers: "${ls}"}}'),
        'tfspec: 1\nmodel: "${model}"\nblocks: "${blocks}"\nshared: "${shared}"\ndata: "${data}"\n',
        "blocks: {b: '${b}', c: {params: '${p}', layers: '${ls}'}}\nshared: {s: '${s}'}\n" + layers("b, c"),
        layers('{repeat: {times: "${n}", layers: [ReLU]}}, {repeat: {for: "${lists}", layers: [ReLU]}}'),
        layers("{if: true, then: [ReLU]}, {if: '${a}', else: [tower, {tower: {units: 3, from: x, as: [a]}}]}"),
        layers("{sequential: {layers: [tower, {repeat: {times: 2, layers: [ReLU]}}]}}"),
        layers("{saved: {path: a.keras, name: x}}, {encoder: {name: l}}, {VGG16: {include_top: false}}"),
        "extends: base.yaml\n",
        "extends: base.yaml\ndata: {split: {test: 5}}\nmodel: {sequential: {input: {dtype: int32}}}\n",
        "extends: base.yaml\ndata: {source: {csv: {target: y}}}\ncompile: {outputs: {y: {loss_weight: 2}}}\n",
        "profiles: {quick: {fit: {epochs: 1}}}\nuse: [a.yaml]\nvars: {a: [1], b: {c: null}}\n" + layers("ReLU"),
        "blocks: {b: {params: {n: , m: 1}, inputs: [a], outputs: c, layers: [{Dense: {units: '${n}'}}]}}\n"
        + layers("b"),
        "data: {source: mnist, prepare: [scale, {repeat: {times: 2, layers: [Flatten]}}]}\n" + layers("ReLU"),
        "vars: {a: 1}\nblocks: {b: {layers: [ReLU]}}\nuse: a.yaml\nshared: {d: {Dense: {units: 3}}}\ncustom: {}\n",
        "extends: base.yaml\nblocks: {b: {params: {n: 2}}}\n",
        "profiles: {a: {blocks: {b: {params: {n: 2}}}, model: {sequential: {input: {dtype: int32}}}}}\n"
        + layers("ReLU"),
        "fit: {epochs: '${n}', batch_size: '${n}'}\nseed: '${n}'\nprecision: '${p}'\n" + layers("ReLU"),
    ],
)
def test_it_takes(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize(
    "text",
    [
        layers("{Dense: {units: many}}"),
        layers('{Dense: {units: "$${n}"}}'),
        layers("{Dense: {unit: 3}}"),
        layers("{repeat: {layers: [ReLU]}}"),
        layers("{repeat: {times: 2, for: {a: [1]}, layers: [ReLU]}}"),
        layers("{repeat: {times: 2}}"),
        layers("{repeat: {times: 2, layers: [{Dense: {unit: 1}}]}}"),
        layers("{if: true}"),
        layers("{if: 3, then: [ReLU]}"),
        layers("{if: true, than: [ReLU]}"),
        layers("{if: true, then: [{Dense: {units: -1}}]}"),
        layers("Dnse"),
        layers("{tower: [3]}"),
        "blocks: {b: {layer: [ReLU]}}\n" + layers("b"),
        "blocks: {B: {layers: [ReLU]}}\n" + layers("ReLU"),
        "blocks: {b: {layers: [{Dense: {units: 0.5}}]}}\n" + layers("b"),
        "vars: {a-b: 1}\n" + layers("ReLU"),
        "vars: {lambda: 1}\n" + layers("ReLU"),
        "blocks: {b: {params: {from: 1}, layers: [ReLU]}}\n" + layers("b"),
        "blocks: {b: {params: [name], layers: [ReLU]}}\n" + layers("b"),
        "blocks: {b: {layers: ls}}\n" + layers("b"),
        layers("{repeat: rep}"),
        layers("{repeat: {times: 2, layers: ls}}"),
        layers("{repeat: {for: {class: [1]}, layers: [ReLU]}}"),
        layers("{if: true, then: ls}"),
        "extend: base.yaml\n",
        "extends: base.yaml\nfit: {epoch: 3}\n",
        "extends: base.yaml\nmodel: {sequential: {layers: [{Dense: {unit: 3}}]}}\n",
        "tfspec: 1\n",
        "{}\n",
        "vars: {a: 1}\nfit: {epochs: 3}\n",
        "blocks: {b: {layers: [{Dense: {unit: 3}}]}}\n",
        "custom: {}\n" + layers("ReLU"),
        "profiles: {a: {fit: {epoch: 3}}}\n" + layers("ReLU"),
        "profiles: {a: {modle: 3}}\n" + layers("ReLU"),
        "profiles: {a: {extends: b.yaml}}\n" + layers("ReLU"),
        "tfspec: '${v}'\nmodel: VGG16\n",
    ],
)
def test_it_refuses(text: str) -> None:
    assert errors(text)
