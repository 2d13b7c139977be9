"""The dashboard in a real browser: from a file to a shared conversation, and how pages look."""

from __future__ import annotations

import re

import pytest

from analysis import codebook, pipeline
from pages.parts.text import t
from tests.browser.driving import PATHS, follow, pick_point, pick_row, settle, sideways, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAME = codebook.name("no_apology")
EXPORTS = ("chats.csv", "outcomes.csv")

every_page = pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Chats and outcomes as a Korean Windows program writes them: in CP949."""
    folder = tmp_path_factory.mktemp("exports")
    pipeline.write_demo(folder, conversations=400, seed=11)
    for name in EXPORTS:
        text = (folder / name).read_text(encoding="utf-8-sig")
        (folder / name).write_text(text, encoding="cp949", errors="replace")
    return [folder / name for name in EXPORTS]


def test_from_a_file_to_a_shared_conversation(visitor, empty_server, exports):
    page = visitor()
    visit(page, f"{empty_server.url}/upload")
    page.locator('input[type="file"]').set_input_files(exports)
    page.get_by_text("CP949", exact=False).nth(1).wait_for()
    page.get_by_role("button", name=t.UPLOAD_LOAD_ALL.format(n=2)).click()
    page.get_by_text(t.REPORT_HEAD).wait_for(timeout=60_000)
    settle(page)
    reports = page.get_by_test_id("stMain").inner_text()
    assert all(re.search(rf"{name}: [\d,]+행을 읽어 [\d,]+건", reports) for name in EXPORTS)

    follow(page, t.NAV_CHURN)
    # The list shows only a few of its options at a time: type, then take what is left.
    page.get_by_role("combobox", name=t.PICK_BEHAVIOUR).click()
    page.keyboard.type(NAME)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=NAME, exact=True).wait_for()
    assert "behaviour=no_apology" in page.url

    follow(page, t.EXAMPLES_ALL)
    page.get_by_role("heading", name=t.CONVERSATIONS_TITLE, exact=True).wait_for()
    found = page.get_by_text(t.PICK_ROW).inner_text()
    pick_row(page, page.get_by_test_id("stDataFrame"), 0)
    page.get_by_role("button", name=t.BACK).wait_for()
    settle(page)
    assert NAME in page.locator("mark[title]").first.get_attribute("title")
    document = page.get_by_role("heading", level=1).inner_text()
    shared = page.url
    assert f"doc={document}" in shared

    page.get_by_role("button", name=t.BACK).click()
    page.get_by_role("heading", name=t.CONVERSATIONS_TITLE, exact=True).wait_for()
    settle(page)
    assert page.get_by_text(t.PICK_ROW).inner_text() == found
    assert "doc=" not in page.url

    other = visitor()
    visit(other, shared)
    assert other.get_by_role("heading", level=1).inner_text() == document
    assert other.locator("mark[title]").count() >= 1


def test_first_visitor_of_a_link_sees_its_page(visitor, serve, tmp_path):
    # Streamlit's false notice stands in the console even after it is closed on the page.
    page = visitor(tolerated="The page that you have requested does not seem to exist")
    visit(page, f"{serve(tmp_path / 'store', opened=False).url}/help")
    page.get_by_role("dialog").wait_for(state="detached")
    assert page.get_by_role("heading", level=1).inner_text() == t.GUIDE_TITLE


def test_point_of_the_figure_opens_its_behaviour(visitor, sample_server):
    page = visitor()
    visit(page, f"{sample_server.url}/churn")
    pick_point(page, page.locator(".stPlotlyChart").first)
    page.get_by_role("link", name=t.EXAMPLES_ALL).wait_for()
    assert re.search(r"behaviour=\w+", page.url)


def test_example_opens_with_its_evidence_and_leads_back(visitor, sample_server):
    page = visitor()
    visit(page, f"{sample_server.url}/churn?behaviour=no_apology")
    pick_row(page, page.get_by_test_id("stDataFrame").last, 0)
    page.locator("mark[title]").first.wait_for()
    assert {one.get_attribute("title") for one in page.locator("mark[title]").all()} == {NAME}
    page.get_by_test_id("stMain").get_by_role("link", name=t.NAV_CHURN).click()
    page.get_by_role("heading", name=NAME, exact=True).wait_for()


@every_page
def test_page_fits_a_phone(visitor, sample_server, path):
    page = visitor(width=390, height=844)
    visit(page, sample_server.url + path)
    assert sideways(page) <= 0


def test_conversation_fits_a_phone(visitor, sample_server):
    page = visitor(width=390, height=844)
    visit(page, f"{sample_server.url}/conversations?with=no_apology")
    pick_row(page, page.get_by_test_id("stDataFrame"), 0)
    page.locator("mark[title]").first.wait_for()
    assert sideways(page) <= 0


@pytest.mark.parametrize(("dark", "expected"), [(False, range(200, 256)), (True, range(60))])
def test_page_follows_the_colour_scheme(visitor, sample_server, dark, expected):
    page = visitor(dark=dark)
    visit(page, sample_server.url)
    colour = page.evaluate(
        "() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"
    )
    assert all(int(part) in expected for part in re.findall(r"\d+", colour)[:3])
