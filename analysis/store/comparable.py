"""The documents that comparisons with churn are made of, with what was known before the answer."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
from duckdb import DuckDBPyConnection

from analysis.codebook import BEHAVIOURS, SIGNALS, TOPICS
from analysis.model import Scope
from analysis.store import conditions, views
from analysis.store.tables import OPPORTUNITIES

_TEXTS = ("kind", "customer_id", "channel", "sentiment_before", "plan", "currency", "others")

# What the customer of a chat said before the agent's first answer, a greeting not being one. Any
# displeasure counts.
_BEFORE = """
    SELECT document_id, CASE WHEN bool_or(t.sentiment = 'neg') THEN 'neg'
        WHEN bool_or(t.sentiment = 'pos') THEN 'pos'
        WHEN bool_or(t.sentiment = 'neu') THEN 'neu' END AS sentiment_before
    FROM turns t JOIN (
        SELECT document_id, asked, min(turn) FILTER (speaker = 'agent' AND turn > asked) AS answered
        FROM turns JOIN (
            SELECT document_id, min(turn) AS asked FROM turns
            WHERE kind = 'chat' AND speaker = 'customer' GROUP BY document_id
        ) USING (document_id)
        WHERE kind = 'chat' GROUP BY document_id, asked
    ) USING (document_id)
    WHERE t.kind = 'chat' AND t.speaker = 'customer' AND (answered IS NULL OR t.turn < answered)
    GROUP BY document_id
"""
_EARLIER = """
    SELECT kind, document_id,
        rank() OVER (PARTITION BY customer_id ORDER BY ended_at) - 1 AS earlier_documents
    FROM documents WHERE customer_id IS NOT NULL AND ended_at IS NOT NULL
"""


def documents(
    path: Path, scope: Scope, horizon: int, *, include_cancellation: bool = False
) -> pd.DataFrame:
    """One row a document whose customer was still there, and what became of the customer.

    Columns: document_id, kind, customer_id, channel, ended_at; `followed` for the horizon and
    `churned` within it; `left` at all, `days` whole days after the document (0 = on none of them),
    or else how long the customer was watched; sentiment_before (chats), earlier_documents,
    tenure_days, plan, monthly_value, currency, and `others` (further columns of the outcomes, as
    JSON); then one boolean a behaviour, a topic and a signal, and one an opportunity (`opp_<id>`).
    """
    told = conditions.journey(scope, horizon, include_cancellation=include_cancellation)
    tags = ", ".join((*BEHAVIOURS, *OPPORTUNITIES.values(), *TOPICS, *SIGNALS))
    sql = f"""
        SELECT document_id, kind, customer_id, channel, ended_at, followed, churned,
            churned_at IS NOT NULL AS "left",
            greatest(0, CASE WHEN churned_at IS NULL
                THEN floor(epoch(observed_until - ended_at) / 86400)
                ELSE ceil(epoch(churned_at - ended_at) / 86400) END)::INTEGER AS days,
            sentiment_before, earlier_documents,
            epoch(ended_at - customer_since) / 86400 AS tenure_days,
            plan, monthly_value, currency, others, {tags}
        FROM ({told.sql}) k LEFT JOIN ({_EARLIER}) USING (kind, document_id)
            LEFT JOIN (SELECT 'chat' AS kind, * FROM ({_BEFORE})) USING (kind, document_id)
        WHERE kept
    """

    def query(connection: DuckDBPyConnection) -> pa.Table:
        return views.arrow(connection, sql, told.values)

    found = views.read(path, query)
    for column in _TEXTS:
        place = found.column_names.index(column)
        found = found.set_column(place, column, found[column].dictionary_encode())
    return found.to_pandas()
