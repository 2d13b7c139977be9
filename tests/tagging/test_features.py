import numpy as np
import pytest

from analysis.tagging import features, linear
from analysis.tagging.features import Pieces
from analysis.tagging.language import Language, Texts, Vocabulary
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


def pieces_one_by_one(text):
    """What `features.words` cuts, written the slow way."""
    return {
        padded[start : start + size]
        for padded in (f" {word} " for word in text.split())
        for size in range(1, features.LONGEST_PIECE + 1)
        for start in range(len(padded) - size + 1)
        if padded[start : start + size].strip()
    }


@pytest.mark.parametrize(
    "texts",
    [
        ["환불 요", "", "가", "환불해 주세요 정말 짜증"],
        ["네"],
        ["", ""],
        ["a b c d e", "😀 ㅠㅠ"],
    ],
)
def test_words_are_pieces_of_each_word_with_the_space_around_it(texts):
    found = features.words(texts)

    for place, text in enumerate(texts):
        keys = set(found.keys[found.owners == place].tolist())
        assert len(keys) == len(pieces_one_by_one(text))


def test_same_piece_has_the_same_key_wherever_it_stands():
    together = features.words(["환불 요", "가 환불 나"])
    first, second = (set(together.keys[together.owners == at].tolist()) for at in (0, 1))
    alone = set(features.words(["환불"]).keys.tolist())

    assert alone <= first
    assert alone <= second


def test_morphs_stand_alone_and_two_in_a_row():
    found = features.morphs(["환불", "", "환불 요청"])

    assert found.owners.tolist().count(0) == 1
    assert found.owners.tolist().count(1) == 0
    assert found.owners.tolist().count(2) == 3
    assert found.keys[0] in found.keys[found.owners == 2]


def pieces(*texts):
    owners = [at for at, text in enumerate(texts) for _ in text]
    keys = [ord(piece) for text in texts for piece in text]
    return Pieces(len(texts), np.array(owners, np.int32), np.array(keys, np.uint32))


def test_rows_have_length_one_or_nothing():
    vocabulary = Vocabulary.learn(pieces("가나", "가다", "나"), least=1)
    rows = vocabulary.weighted(vocabulary.counts(pieces("가가나", "모름", "")))

    assert np.sqrt(rows.multiply(rows).sum(axis=1)).ravel().tolist()[0] == pytest.approx([1, 0, 0])


def test_rare_pieces_are_left_out_and_frequent_ones_tell_less():
    vocabulary = Vocabulary.learn(pieces("가나", "가나", "가다"), least=2)

    assert set(vocabulary.keys.tolist()) == {ord("가"), ord("나")}
    place = {key: vocabulary.ranks[at] for at, key in enumerate(vocabulary.keys.tolist())}
    assert vocabulary.telling[place[ord("가")]] < vocabulary.telling[place[ord("나")]]


def language(texts):
    words = Vocabulary.learn(features.words(texts), least=1)
    morphs = Vocabulary.learn(features.morphs(texts), least=1)
    polarity = np.zeros((len(words) + len(morphs) + 1, 3), np.float32)
    polarity[-1] = 0.5
    return Language(words, morphs, polarity)


EMPTY = language([])


def test_wider_vocabulary_keeps_its_columns():
    own = Vocabulary.learn(pieces("가나", "가"), least=1)
    wide = own.widened(Vocabulary.learn(pieces("나다", "다"), least=1))

    assert len(wide) == 3
    columns = wide.counts(pieces("가나", "다")).toarray()
    assert columns[:, : len(own)].tolist() == own.counts(pieces("가나", "다")).toarray().tolist()
    assert columns[:, 2].tolist() == [0, 1]


def test_group_of_texts_is_read_as_one():
    texts = Texts(["환불", "요청", "환불 요청"], language(["환불", "환불 요청"]))

    together, whole = (
        texts.rows("words", groups).toarray() for groups in ((("환불", "요청"),), (("환불 요청",),))
    )

    assert together == pytest.approx(whole)


def test_text_without_known_pieces_has_the_polarity_of_none():
    texts = Texts(["가나"], language(["환불"]))

    assert texts.rows("polarity", (("가나",),)).tolist() == [[0.5, 0.5, 0.5]]


def test_saved_model_gives_the_same_and_holds_no_objects(tmp_path):
    samples = [
        Sample(("환불해 주세요",), ("네",)),
        Sample(("감사합니다",), ("환불됐습니다",), {"last": 1.0}),
    ]
    said = sorted(linear.texts_of(samples))
    spoken = language(said)
    width = 2 * len(spoken.words) + len(spoken.morphs) + 3 + 1
    weights = np.random.default_rng(3).normal(size=(width, 2)).astype(np.float16).astype(np.float32)
    model = Linear(
        ("가", "나"),
        linear.BLOCKS,
        {"last": 0},
        weights,
        np.array([0.5, -0.5], np.float32),
        thresholds=(0.25, 0.5),
    )
    model.save(tmp_path / "model.npz")
    spoken.save(tmp_path / "language.npz")

    again = Linear.load(tmp_path / "model.npz")
    read_with = Language.load(tmp_path / "language.npz")

    assert again.labels == ("가", "나")
    assert again.holds == {"가": 0.25, "나": 0.5}
    assert again.probabilities(samples, Texts(said, read_with)) == pytest.approx(
        model.probabilities(samples, Texts(said, spoken)), abs=1e-2
    )
    for name in ("model.npz", "language.npz"):
        with np.load(tmp_path / name, allow_pickle=False) as arrays:
            assert all(array.dtype != object for array in arrays.values())


def test_exclusive_model_gives_shares_of_one():
    weights = np.array([[1.0, -1.0]], np.float32)
    model = Linear(("neg", "neu"), (), {"x": 0}, weights, np.zeros(2), True)
    samples = [Sample(facts={"x": 1.0}), Sample()]

    assert model.probabilities(samples, Texts([], EMPTY)).sum(axis=1) == pytest.approx([1, 1])


def test_no_samples_give_no_rows():
    model = Linear(("neg",), (), {"x": 0}, np.zeros((1, 1), np.float32), np.zeros(1))

    assert model.probabilities([], Texts([], EMPTY)).shape == (0, 1)


def test_rows_leave_out_facts_the_model_does_not_know():
    [row] = linear.row_blocks(
        [Sample(facts={"new": 3.0, "x": 1.0})], Texts([], EMPTY), (), {"x": 0}
    )

    assert row.toarray().tolist() == [[0.5]]
