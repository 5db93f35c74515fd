"""What all tests share: how often Hypothesis draws, and a quiet TensorFlow."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

# They must be set before TensorFlow is first imported, which only the tests that need it do.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much]}

settings.register_profile("ci", max_examples=40, derandomize=True, database=None, **UNHURRIED)
settings.register_profile(
    "survey", max_examples=40, derandomize=True, database=None, phases=[Phase.generate], **UNHURRIED
)
settings.register_profile("deep", max_examples=2000, **UNHURRIED)
settings.load_profile(os.environ.get("TFSPEC_HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def keras() -> Any:
    """Keras, imported by the first test that asks for it."""
    import keras

    return keras
