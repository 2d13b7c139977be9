"""Calibrated probabilities mean what they say."""

import numpy as np
import pytest

from analysis.tagging import calibration, linear
from analysis.tagging.linear import Linear, Sample
from tests.tagging.test_features import EMPTY, Texts


def one_label(offset=0.0):
    weights = np.array([[1 / linear.FACTS_WEIGHT]], np.float32)
    return Linear(("complaint",), (), {"odds": 0}, weights, np.array([offset], np.float32))


def drawn(slope, shift, n=20_000):
    random = np.random.default_rng(5)
    scores = random.normal(size=(n, 1))
    true = linear.chances(slope * scores[:, 0] + shift)
    return scores, random.random(n) < true, true


@pytest.mark.parametrize(("slope", "shift"), [(1.0, 0.0), (0.4, -1.0), (2.5, 1.0)])
def test_chances_are_those_of_the_answers(slope, shift):
    scores, answers, true = drawn(slope, shift)
    fitted = calibration.fit(one_label(), scores, {"complaint": answers})
    samples = [Sample(facts={"odds": float(score)}) for score in scores[:500, 0]]

    found = fitted.probabilities(samples, Texts([], EMPTY))[:, 0]

    assert found == pytest.approx(true[:500], abs=0.03)


def test_threshold_is_near_the_one_with_the_greatest_f1():
    scores, answers, true = drawn(2.0, -2.5)
    fitted = calibration.fit(one_label(), scores, {"complaint": answers})

    def f1(threshold):
        named = true >= threshold
        return 2 * (named & answers).sum() / (named.sum() + answers.sum())

    assert f1(fitted.holds["complaint"]) > max(map(f1, np.linspace(0.05, 0.95, 91))) - 0.01


def test_sure_label_is_not_asked_for_more_than_even():
    answers = np.array([True, False] * 50)
    scores = np.where(answers, 8.0, -8.0)[:, None]

    assert calibration.fit(one_label(), scores, {"complaint": answers}).holds == {
        "complaint": pytest.approx(0.5)
    }
