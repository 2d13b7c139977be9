import numpy as np
import pytest

from analysis.tagging import features, linear
from analysis.tagging.features import Vocabulary
from analysis.tagging.linear import Linear, Sample


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("환불 13,500원 ㅠㅠㅠㅠ", "환불 0원 ㅠㅠ"),
        ("  OK\n감사  합니다 ", "ok 감사 합니다"),
        ("", ""),
    ],
)
def test_plain_makes_alike_what_means_alike(text, same):
    assert features.plain(text) == same


def test_words_are_pieces_of_each_word_with_the_space_around_it():
    assert list(features.words("환불 요", (2, 3))) == [
        " 환",
        "환불",
        "불 ",
        " 환불",
        "환불 ",
        " 요",
        "요 ",
        " 요 ",
    ]


def test_rows_have_length_one_or_nothing():
    vocabulary = Vocabulary.learn([["가", "나"], ["가", "다"], ["나"]], least=1)
    rows = vocabulary.matrix([["가", "가", "나"], ["모름"], []])

    assert np.sqrt(rows.multiply(rows).sum(axis=1)).ravel().tolist()[0] == pytest.approx([1, 0, 0])


def test_rare_pieces_are_left_out_and_frequent_ones_tell_less():
    vocabulary = Vocabulary.learn([["가", "나"], ["가", "나"], ["가", "다"]], least=2)

    assert set(vocabulary.places) == {"가", "나"}
    assert vocabulary.telling[vocabulary.places["가"]] < vocabulary.telling[vocabulary.places["나"]]


def test_saved_model_gives_the_same_and_holds_no_objects(tmp_path):
    samples = [Sample("환불해 주세요", "네"), Sample("감사합니다", "환불됐습니다", {"last": 1.0})]
    vocabularies = {
        "words": Vocabulary.learn(
            [features.words(features.plain(s.text), (1, 4)) for s in samples], least=1
        )
    }
    facts = {"last": 0}
    width = len(vocabularies["words"].places) + 1
    weights = np.random.default_rng(3).normal(size=(width, 2)).astype(np.float16).astype(np.float32)
    model = Linear(("가", "나"), vocabularies, facts, weights, np.array([0.5, -0.5], np.float32))
    model.save(tmp_path / "model.npz")

    again = Linear.load(tmp_path / "model.npz")

    assert again.labels == ("가", "나")
    assert again.probabilities(samples) == pytest.approx(model.probabilities(samples), abs=1e-2)
    with np.load(tmp_path / "model.npz", allow_pickle=False) as arrays:
        assert all(array.dtype != object for array in arrays.values())


def test_exclusive_model_gives_shares_of_one():
    model = Linear(
        ("neg", "neu"), {}, {"x": 0}, np.array([[1.0, -1.0]], np.float32), np.zeros(2), True
    )

    assert model.probabilities([Sample("", "", {"x": 1.0}), Sample("")]).sum(
        axis=1
    ) == pytest.approx([1, 1])


def test_no_samples_give_no_rows():
    model = Linear(("neg",), {}, {"x": 0}, np.zeros((1, 1), np.float32), np.zeros(1))

    assert model.probabilities([]).shape == (0, 1)


def test_rows_leave_out_facts_the_model_does_not_know():
    assert linear.rows(
        [Sample("", "", {"new": 3.0, "x": 1.0})], {}, {"x": 0}
    ).toarray().tolist() == [[0.5]]
