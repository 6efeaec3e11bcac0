"""The HTTP interface: the contract's JSON, tokens and their limits, events, figures, and a description that is true."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error, response_schema_conformance, status_code_conformance

from tests.bot.web.conftest import Serve, Site
from tests.conftest import PATIENCE, Run

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
QUESTION = "Hai khâu đột phá trong Năm dân vận 2014 là gì?"


@pytest.fixture
def api(open_site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=open_site.address, timeout=PATIENCE) as client:
        yield client


def test_the_answer_is_that_of_the_command_line(api: httpx.Client, quick: Run, open_site: Site) -> None:
    answer = api.post("/api/ask", json={"question": QUESTION, "context": None, "top": 4}).json()
    line = json.loads(quick("ask", QUESTION, "--top", "4", "--json", data_dir=open_site.data_dir).out)
    for fields in (answer, line):
        del fields["elapsed_ms"]
    assert answer == line
    assert len(answer["citations"]) == 4
    invalid = api.post("/api/ask", json={"question": "?" * 5000}).json()
    assert (invalid["status"], invalid["citations"]) == ("invalid", [])
    assert "5000" in invalid["notes"][0]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 422),
        ('{"question": 3}', 422),
        ('{"question": "a", "top": 0}', 422),
        ('{"question": "a", "top": true}', 422),
        ('{"question": "a", "more": 1}', 422),
        ('{"question": "' + "a" * 70_000 + '"}', 413),
    ],
)
def test_what_cannot_be_asked_is_told(api: httpx.Client, body: str, status: int) -> None:
    assert api.post("/api/ask", content=body).status_code == status


def test_events_bring_the_answer_when_it_is_there(api: httpx.Client) -> None:
    events = {}
    with api.stream("POST", "/api/ask", json={"question": QUESTION}, headers={"accept": "text/event-stream"}) as stream:
        for block in "".join(stream.iter_text()).strip().split("\n\n"):
            name, data = block.split("\n")
            events[name.removeprefix("event: ")] = json.loads(data.removeprefix("data: "))
    assert list(events) == ["accepted", "answer"]
    assert events["answer"]["citations"]


def test_documents_are_listed_and_read(api: httpx.Client) -> None:
    listed = api.get("/api/documents", params={"from": "2020-01-01", "count": 2}).json()
    assert (listed["found"], len(listed["documents"])) == (3, 2)
    document = api.get(f"/api/documents/{listed['documents'][0]['id']}").json()
    assert len(document["passages"]) == document["passages_in_all"] > 0
    assert api.get("/api/documents/khong-co").status_code == 404
    assert api.get("/api/documents", params={"count": "1000"}).status_code == 422


def test_passages_are_searched_within_dates_and_documents(api: httpx.Client) -> None:
    found = api.post("/api/search", json={"question": "cán bộ dân vận", "from": "2022-01-01"}).json()
    assert {one["document_id"] for one in found["passages"]} == {"can-bo-dan-van-kien-tri-2022"}
    only = api.post("/api/search", json={"question": "cán bộ", "document": "nam-dan-van-2014", "top": 3}).json()
    assert [one["document_id"] for one in only["passages"]] == ["nam-dan-van-2014"] * 3


def test_tokens_let_programs_in_and_revoking_shuts_them_out(serve: Serve, quick: Run) -> None:
    with serve() as site, httpx.Client(base_url=site.address, timeout=PATIENCE) as client:
        made = json.loads(quick("token", "create", "cong", "--per-minute", "5", "--json", data_dir=site.data_dir).out)
        by_token = {"authorization": f"Bearer {made['token']}"}
        for method, path in (
            ("POST", "/api/ask"),
            ("POST", "/api/search"),
            ("GET", "/api/documents"),
            ("GET", "/metrics"),
        ):
            for headers in ({}, {"authorization": "Bearer danvan_x"}, {"authorization": f"Basic {made['token']}"}):
                answer = client.request(method, path, json={"question": QUESTION}, headers=headers)
                assert answer.status_code == 401
                assert "danvan token create NAME" in answer.json()["error"]
        assert client.post("/mcp", json={}).status_code == 401
        asked = [client.post("/api/ask", json={"question": QUESTION}, headers=by_token) for _ in range(6)]
        assert [answer.status_code for answer in asked] == [200] * 5 + [429]
        assert int(asked[-1].headers["retry-after"]) >= 1
        assert quick("token", "create", "cong", data_dir=site.data_dir).status == 1  # the name is taken
        assert "cong" in quick("token", "list", data_dir=site.data_dir).out
        assert made["token"] not in quick("token", "list", "--json", data_dir=site.data_dir).out
        assert quick("token", "revoke", "cong", data_dir=site.data_dir).status == 0
        assert client.post("/api/ask", json={"question": QUESTION}, headers=by_token).status_code == 401


def test_figures_for_prometheus(api: httpx.Client) -> None:
    api.post("/api/ask", json={"question": QUESTION})
    text = api.get("/metrics").text
    assert 'danvan_questions_total{door="api",status="' in text
    assert "danvan_ready 1.0" in text
    assert api.get("/healthz").text == "ok\n"


def test_the_description_is_true_and_nothing_breaks_the_server(open_site: Site, quick: Run) -> None:
    made = quick("token", "create", "thu", "--per-minute", "100000", "--json", data_dir=open_site.data_dir)
    by_token = {"authorization": f"Bearer {json.loads(made.out)['token']}"}
    schema = schemathesis.openapi.from_url(f"{open_site.address}/openapi.json")
    assert schema.raw_schema["openapi"] == "3.1.0"
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]

        @settings(max_examples=15, suppress_health_check=list(HealthCheck), database=None)
        @given(operation.as_strategy())
        def check(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(checks=CHECKS, headers=by_token)

        check()
