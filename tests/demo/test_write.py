"""The written files are repeatable, and the planted effects can be found in them again."""

import csv
import itertools
import json
import re
from collections import defaultdict
from dataclasses import astuple
from datetime import datetime, timedelta
from statistics import fmean

import pytest

from analysis.demo import write
from analysis.errors import BadSetting

HORIZON = timedelta(days=60)


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


class Written:
    """The four files of one run, read again, and who is counted by plain arithmetic."""

    def __init__(self, files):
        self.truth = json.loads(files.truth.read_text(encoding="utf-8"))
        self.rows = read(files.chats)
        self.reviews = read(files.reviews)
        self.outcomes = {row["customer_id"]: row for row in read(files.outcomes)}
        self.chats = defaultdict(list)
        for row in self.rows:
            self.chats[row["conversation_id"]].append(row)
        self.lost = defaultdict(int)
        self.churned = {}
        for name, turns in self.chats.items():
            self._count(name, turns[0])

    def _count(self, name, first):
        outcome = self.outcomes.get(first["customer_id"])
        at = datetime.fromisoformat(first["sent_at"])
        if outcome is None:
            self.lost["unknown"] += 1
            return
        left = outcome["churned_at"] and datetime.fromisoformat(outcome["churned_at"])
        within = bool(left) and left <= at + HORIZON
        if left and left <= at:
            self.lost["left before"] += 1
        elif self.truth["planted"][name]["purpose"] == "cancellation":
            self.lost["cancelling"] += 1
        elif not within and datetime.fromisoformat(outcome["observed_until"]) < at + HORIZON:
            self.lost["not followed"] += 1
        else:
            self.churned[name] = within

    def difference(self, behaviour, *, by_anger):
        """Crude, or anger-standardised, risk difference among the eligible."""
        strata = defaultdict(lambda: ([], []))
        for name, churned in self.churned.items():
            planted = self.truth["planted"][name]
            if behaviour in planted["opportunities"]:
                stratum = planted["anger"] if by_anger else "all"
                strata[stratum][behaviour in planted["agent"]].append(churned)
        sizes = {key: len(rest) + len(exposed) for key, (rest, exposed) in strata.items()}
        return sum(
            sizes[key] * (fmean(exposed) - fmean(rest))
            for key, (rest, exposed) in strata.items()
            if exposed and rest
        ) / sum(sizes[key] for key, (rest, exposed) in strata.items() if exposed and rest)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return Written(write.write(tmp_path_factory.mktemp("demo"), conversations=6000, seed=11))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Written(write.write(tmp_path_factory.mktemp("demo"), conversations=800, seed=7))


def _bytes(folder, **options):
    files = write.write(folder, conversations=60, **options)
    return [path.read_bytes() for path in astuple(files)]


def test_same_seed_writes_the_same_bytes(tmp_path):
    assert _bytes(tmp_path / "a", seed=5) == _bytes(tmp_path / "b", seed=5)


def test_other_seed_writes_other_chats(tmp_path):
    assert _bytes(tmp_path / "a", seed=5)[0] != _bytes(tmp_path / "b", seed=6)[0]


@pytest.mark.parametrize("conversations", [1, 2])
def test_tiny_samples_are_written(tmp_path, conversations):
    files = write.write(tmp_path, conversations=conversations, seed=1)
    assert len({row["conversation_id"] for row in read(files.chats)}) == conversations


def test_no_conversations_is_refused(tmp_path):
    with pytest.raises(BadSetting, match="--conversations"):
        write.write(tmp_path, conversations=0)


# Noise: about 2.5 standard deviations over the seeds 0-11; the next step's figure also carries the
# dismissive closings that an unsolved matter makes possible (0.02).
@pytest.mark.parametrize(
    ("behaviour", "effect", "noise"),
    [
        ("no_apology", 0.10, 0.04),
        ("escalation_refused", 0.14, 0.10),
        ("compensation", -0.05, 0.055),
        ("concrete_next_step", -0.08, 0.065),
        ("dismissive_closing", 0.06, 0.055),
        ("scripted_reply", 0.0, 0.045),
        ("empathy", 0.0, 0.03),
        ("responsibility_shift", 0.0, 0.04),
    ],
)
def test_planted_effect_is_found_again_within_anger(large, behaviour, effect, noise):
    assert large.difference(behaviour, by_anger=True) == pytest.approx(effect, abs=noise)


@pytest.mark.parametrize("behaviour", ["scripted_reply", "responsibility_shift"])
def test_anger_makes_a_harmless_behaviour_look_harmful(large, behaviour):
    crude = large.difference(behaviour, by_anger=False)
    assert crude > 0.04
    assert crude > large.difference(behaviour, by_anger=True) + 0.03


def test_flow_in_truth_is_the_one_of_the_files(large):
    flow = large.truth["flow"]["chat"]
    lost = [large.lost[step] for step in ("unknown", "left before", "cancelling", "not followed")]
    steps = list(flow.values())
    assert [before - after for before, after in itertools.pairwise(steps)] == lost
    assert steps[-1] == len(large.churned)
    assert all(lost)


def test_changed_behaviour_is_more_frequent_in_the_last_weeks(small):
    change = small.truth["change"]
    share = {True: [], False: []}
    for name, planted in small.truth["planted"].items():
        if change["behaviour"] in planted["opportunities"]:
            late = small.chats[name][0]["sent_at"] >= change["from"]
            share[late].append(change["behaviour"] in planted["agent"])
    assert fmean(share[True]) > fmean(share[False]) + 0.1


def test_chats_keep_to_the_weeks_and_office_hours(small):
    starts = [datetime.fromisoformat(turns[0]["sent_at"]) for turns in small.chats.values()]
    days = {str(start.date()) for start in starts}
    assert small.truth["start"] <= min(days) <= max(days) <= small.truth["end"]
    assert all(9 <= start.hour <= 17 and start.weekday() < 6 for start in starts)


def test_messages_of_a_chat_are_in_time_order(small):
    assert all(
        [t["sent_at"] for t in turns] == sorted(t["sent_at"] for t in turns)
        for turns in small.chats.values()
    )


def test_chat_without_planted_apology_apologises_nowhere(small):
    apology = re.compile(r"죄송(?!하지만|합니다만|한데요)|사과|송구|면목")
    said = {
        name
        for name, turns in small.chats.items()
        if any(t["speaker"] == "상담사" and apology.search(t["text"]) for t in turns)
    }
    planted = {name for name, what in small.truth["planted"].items() if "apology" in what["agent"]}
    assert said == planted


def test_scripted_agent_says_a_sentence_twice_and_no_other_agent_does(small):
    repeated = set()
    for name, turns in small.chats.items():
        said = [t["text"] for t in turns if t["speaker"] == "상담사"]
        if len(set(said)) < len(said):
            repeated.add(name)
    planted = {
        name for name, what in small.truth["planted"].items() if "scripted_reply" in what["agent"]
    }
    assert repeated == planted


def test_about_a_fifth_of_contacts_complain_of_nothing(small):
    calm = [what["anger"] is None for what in small.truth["planted"].values()]
    assert 0.17 < fmean(calm) < 0.32


def test_reviews_are_some_and_partly_of_known_customers(small):
    assert len(small.reviews) == pytest.approx(0.08 * 800, abs=1)
    assert 0 < sum(bool(row["customer_id"]) for row in small.reviews) < len(small.reviews)
    assert set(small.truth["reviews"]) == {row["review_id"] for row in small.reviews}


def test_no_slot_is_left_open(small):
    texts = [row["text"] for row in small.rows + small.reviews]
    assert not [text for text in texts if re.search(r"[{}]", text)]


def test_files_hold_no_personal_data(small):
    personal = re.compile(r"(?<!\d)01[016-9][- .]?\d{3,4}[- .]?\d{4}|\d{6}-[1-8]\d{6}|\S+@\S+")
    texts = [row["text"] for row in small.rows + small.reviews]
    assert not [text for text in texts if personal.search(text)]
