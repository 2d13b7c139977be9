"""What a person does with the dashboard, in a real browser."""

from __future__ import annotations

SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# Height of a row of a table at the font size of .streamlit/config.toml.
_ROW = 33
PATHS = {
    "overview": "/",
    "churn": "/churn?behaviour=no_apology",
    "scripts": "/scripts",
    "conversations": "/conversations",
    "upload": "/upload",
    "help": "/help",
}


def visit(page, url: str) -> None:
    """Open an address and wait until the page has said all."""
    page.goto(url)
    page.get_by_role("heading", level=1).or_(page.get_by_test_id("stAlert")).first.wait_for()
    settle(page)


def settle(page) -> None:
    """Wait until the page has said all, figures included."""
    page.wait_for_selector(SETTLED)
    page.wait_for_selector('[data-testid="stSkeleton"]', state="detached")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.stPlotlyChart')].every("
        "one => one.offsetParent === null || one.querySelector('.main-svg'))"
    )


def follow(page, name: str) -> None:
    """Follow a link of the navigation or the page."""
    page.get_by_role("link", name=name).first.click()
    settle(page)


def pick_row(page, table, row: int) -> None:
    """Pick a row of a table by the box before it; rows are drawn, so they are hit by place."""
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 15, box["y"] + _ROW * (row + 1.5))


def pick_point(page, figure) -> None:
    """Pick the first point of a figure."""
    figure.scroll_into_view_if_needed()
    place = figure.locator(".scatterlayer .point").first.bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    # A figure takes a click only for a point that it has already noticed the mouse on.
    page.mouse.move(x - 1, y)
    figure.locator(".hoverlayer .hovertext").first.wait_for()
    page.mouse.click(x, y)


def sideways(page) -> int:
    """By how many pixels the page is wider than the window."""
    return page.evaluate(
        "() => Math.max(...[document.documentElement, document.body,"
        " document.querySelector('[data-testid=\"stMain\"]')]"
        ".map(one => one.scrollWidth - one.clientWidth))"
    )
