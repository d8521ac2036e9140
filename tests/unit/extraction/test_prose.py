"""What is read from pages that hold no document: each page is written as one kind of tool or person writes them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bothends.diagnostics.model import DocumentError, Report
from bothends.extraction.extract import extract
from bothends.extraction.page import Page


def read(text: str, uri: str = "page.md", report: Report | None = None) -> Any:
    return json.loads(extract([Page(uri, text)], Report() if report is None else report, "json").text)


def operations(data: Any) -> list[str]:
    return [f"{method.upper()} {path}" for path, item in data["paths"].items() for method in item]


def parameters(operation: Any) -> dict[str, str]:
    """Return place, whether it is required, and type of every parameter."""
    return {
        one["name"]: f"{one['in']}{'*' if one.get('required') else ''} {one['schema'].get('type')}"
        for one in operation.get("parameters", [])
    }


def content(part: Any) -> Any:
    (media,) = part["content"].values()
    return media["schema"]


MARKDOWN = """
# Pets

Base URL: `https://api.pets.test/v2`

## Find pets

Finds them.

```http
GET /pets/:owner_id HTTP/1.1
```

| Attribute | Type | Required | Description |
|:---|:---|:---|:---|
| `owner_id` | integer | Yes | Whose. |
| `limit` | integer | No | How many. Default: `20`. |
| `state` | string | No | One of `free`, `taken`. |

```shell
curl --header "PRIVATE-TOKEN: <token>" "https://api.pets.test/v2/pets/5?limit=1"
```

Example response:

```json
[{"id": 1, "born": "2020-01-01T00:00:00Z", "tag": null, // not always there
  "toys": [{"name": "ball"}],}]
```

## Add a pet

`POST /pets`

### Request body

- `name` (string, required): What it is called.
- `home` (object)
- `home.city` (string, required)
- `tags[]` (string)

### 201 Created

```json
{"id": 2}
```

### Errors

| Code | Meaning |
|---|---|
| 409 | Has a name already |
"""


def test_markdown_with_tables_lists_and_samples() -> None:
    report = Report()
    data = read(MARKDOWN, report=report)
    assert [one.code for one in report] == ["read-from-text"]
    assert data["info"]["title"] == "Pets"
    assert data["servers"] == [{"url": "https://api.pets.test/v2"}]
    assert data["components"]["securitySchemes"] == {
        "apiKey": {"type": "apiKey", "in": "header", "name": "PRIVATE-TOKEN"}
    }
    find, add = data["paths"]["/pets/{owner_id}"]["get"], data["paths"]["/pets"]["post"]
    assert (find["operationId"], find["summary"], find["description"]) == ("findPets", "Find pets", "Finds them.")
    assert parameters(find) == {"owner_id": "path* integer", "limit": "query integer", "state": "query string"}
    assert find["parameters"][1]["schema"]["default"] == 20
    assert find["parameters"][2]["schema"]["enum"] == ["free", "taken"]
    pet = content(find["responses"]["200"])["items"]["properties"]
    assert pet["born"] == {"type": "string", "format": "date-time"}
    assert pet["tag"] == {}
    assert pet["toys"]["items"]["properties"] == {"name": {"type": "string"}}
    body = content(add["requestBody"])
    assert body["required"] == ["name"]
    assert body["properties"]["home"]["required"] == ["city"]
    assert body["properties"]["tags"] == {"type": "array", "items": {"type": "string"}}
    assert {status: one["description"] for status, one in add["responses"].items()} == {
        "201": "Created",
        "409": "Has a name already",
    }


@pytest.mark.parametrize(
    "page",
    [
        "# Get\n\n`GET /pets/{id}`\n",
        "# Get\n\n```\nGET /pets/:id\n```\n",
        "# Get\n\n* `GET /pets/<id>` returns it.\n",
        "# GET /pets/{id}\n",
        "# Get [GET /pets/{id}]\n",
        "# Pet [/pets/{id}]\n\n## Get [GET]\n",
        "# Get\n\n**URL** : `/pets/:id`\n\n**Method** : `GET`\n",
        "* **URL**\n\n  /pets/:id\n\n* **Method:**\n\n  `GET`\n",
        "| Method | Path |\n|---|---|\n| GET | /pets/{id} |\n",
        "---\ntitle: Get\napi: 'GET /pets/{id}'\n---\n",
        '<Route method="GET">/pets/[\\{id\\}](/docs#pet)</Route>\n',
        '{% swagger method="get" path="/pets/{id}" baseUrl="" summary="Get" %}\n',
        "Get\nget\n/pets/{id}\n",
        "Get\nGET\n/\npets\n/\n{id}\n",
        ".. http:get:: /pets/(int:id)\n",
        "# Get\n\nEndpoint: GET /pets/{id}\n",
        "# Get\n\n#### `GET` - `/pets/:id`\n",
    ],
)
def test_every_way_to_name_an_endpoint(page: str) -> None:
    data = read(page)
    assert operations(data) == ["GET /pets/{id}"]
    assert parameters(data["paths"]["/pets/{id}"]["get"])["id"].startswith("path*")


def test_a_sample_before_its_status() -> None:
    page = """## ADD A PET

POST `/owners/#{owner_id}/pets`

Returns the pet:

```json
{"id": 1}
```

Success response: `201 Created`
"""
    add = read(page)["paths"]["/owners/{owner_id}/pets"]["post"]
    assert add["operationId"] == "addAPet"
    assert content(add["responses"]["201"])["properties"] == {"id": {"type": "integer"}}
    assert list(add["responses"]) == ["201"]


def test_directives_of_sphinx() -> None:
    page = """Pets
====

.. http:delete:: /pets/(int:id)/

   Removes a pet.

   :query boolean force: Even if it bites
   :>json string state: What became of it
   :statuscode 202: Will be removed.
   :statuscode 404: There is none

   .. sourcecode:: json

      {"state": "gone", "at": 3}
"""
    remove = read(page, "pets.rst")["paths"]["/pets/{id}/"]["delete"]
    assert remove["description"] == "Removes a pet."
    assert parameters(remove) == {"id": "path* string", "force": "query boolean"}
    assert list(remove["responses"]) == ["202", "404"]
    assert list(content(remove["responses"]["202"])["properties"]) == ["state", "at"]


def test_what_only_links_to_a_section_adds_nothing() -> None:
    page = "- [GET /pets](#list)\n\n## List\n\n`GET /pets`\n\nLists them.\n\nUse GET /owners for owners.\n"
    data = read(page)
    assert operations(data) == ["GET /pets"]
    assert data["paths"]["/pets"]["get"]["description"].startswith("Lists them.")


def test_commands_alone() -> None:
    page = """
## Send
```bash
curl -X POST 'https://api.mail.test/emails/4ef9a417-02e9-4d39-ad75-9611e0fcc33c' \\
  -H 'Authorization: Bearer re_123' \\
  -d $'{"to": ["a@b.c"], "retries": 1}'
```
```python
client.send()
```
```json
{"ok": true}
```
"""
    data = read(page)
    (path,) = data["paths"]
    send = data["paths"][path]["post"]
    assert path == "/emails/{email_id}"
    assert data["servers"] == [{"url": "https://api.mail.test"}]
    assert data["components"]["securitySchemes"]["bearerAuth"] == {"type": "http", "scheme": "bearer"}
    assert content(send["requestBody"])["properties"]["to"] == {"type": "array", "items": {"type": "string"}}
    assert content(send["responses"]["200"])["properties"] == {"ok": {"type": "boolean"}}


@pytest.mark.parametrize(
    ("command", "scheme"),
    [
        ("-u key:", {"type": "http", "scheme": "basic"}),
        ("-H 'X-Api-Key: k'", {"type": "apiKey", "in": "header", "name": "X-Api-Key"}),
        (
            "-H 'Authorization: Token k'",
            {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "The value is 'Token ', followed by the key.",
            },
        ),
    ],
)
def test_credentials_of_commands(command: str, scheme: Any) -> None:
    data = read(f"```sh\ncurl {command} https://a.test/pets\n```\n")
    assert list(data["components"]["securitySchemes"].values()) == [scheme]
    assert operations(data) == ["GET /pets"]


def test_a_key_in_the_query_is_no_parameter() -> None:
    data = read("```sh\ncurl 'https://a.test/pets?api_key=k&limit=2'\n```\n")
    assert list(data["components"]["securitySchemes"].values()) == [
        {"type": "apiKey", "in": "query", "name": "api_key"}
    ]
    assert parameters(data["paths"]["/pets"]["get"]) == {"limit": "query integer"}


def test_a_form_of_a_command() -> None:
    data = read("```sh\ncurl -F name=Rex -F photo=@rex.png https://a.test/pets\n```\n")
    (media,) = data["paths"]["/pets"]["post"]["requestBody"]["content"].items()
    assert media[0] == "multipart/form-data"
    assert media[1]["schema"]["properties"]["photo"] == {"type": "string", "format": "binary"}


def test_text_as_a_browser_copies_it() -> None:
    page = """Pets
Add a pet
POST
/
pets
Authorizations
Authorization
string
headerrequiredBearer authentication header
Body
application/json
name
string
requiredweight
number | null
requiredkind
string
What it is
Response
201 - application/json
id
string
required
"""
    data = read(page, "page.txt")
    add = data["paths"]["/pets"]["post"]
    assert add["operationId"] == "addAPet"
    body = content(add["requestBody"])
    assert body["required"] == ["name", "weight"]
    assert body["properties"]["weight"]["type"] == ["number", "null"]
    assert body["properties"]["kind"] == {"type": "string", "description": "What it is"}
    assert content(add["responses"]["201"])["required"] == ["id"]
    assert data["security"] == [{"bearerAuth": []}]


def test_lines_that_were_run_together() -> None:
    page = """List pets
get
Query parameters
limitinteger · min: 1 · max: 1000Optional
How many.
Default: 25
ownerstring · uuidRequired
Responses
200
OK
get
/pets
"""
    data = read(page, "page.txt")
    found = data["paths"]["/pets"]["get"]
    assert parameters(found) == {"limit": "query integer", "owner": "query* string"}
    assert found["parameters"][0]["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 25}
    assert found["parameters"][1]["schema"] == {"type": "string", "format": "uuid"}


def test_components_with_fields_inside_fields() -> None:
    page = """---
title: Add
api: POST https://a.test/v1/pets/{kind}
---
<ParamField path="kind" type="string" required>Which</ParamField>
<ParamField body="home" type="object" required>
  Where
  <Expandable title="properties">
    <ParamField
      body="city"
      type="string"
      required
    />
  </Expandable>
</ParamField>
<ParamField query="dry" type="boolean" default="false" />
<ResponseField name="id" type="integer">The id</ResponseField>
"""
    add = read(page, "page.mdx")["paths"]["/v1/pets/{kind}"]["post"]
    assert parameters(add) == {"kind": "path* string", "dry": "query boolean"}
    home = content(add["requestBody"])["properties"]["home"]
    assert (home["description"], home["required"]) == ("Where", ["city"])
    assert content(add["responses"]["200"])["properties"]["id"] == {"type": "integer", "description": "The id"}


def test_definition_lists_of_a_form() -> None:
    page = """## Vote

```http
POST /polls/:id/votes HTTP/1.1
```

##### Form data parameters

choices[]
: {{<required>}} Array of Integer. Which ones.

##### Headers

Authorization
: Provide `Bearer <token>`.
"""
    vote = read(page)["paths"]["/polls/{id}/votes"]["post"]
    (media,) = vote["requestBody"]["content"].items()
    assert media[0] == "application/x-www-form-urlencoded"
    assert media[1]["schema"]["required"] == ["choices"]
    assert media[1]["schema"]["properties"]["choices"]["items"] == {"type": "integer"}
    assert parameters(vote) == {"id": "path* string"}


HTML = """<!doctype html><html><body><nav>GET /nothing</nav><h1>Pets</h1>
<h2>List &amp; find</h2><div><span>GET</span> <code>/pets</code></div>
<table><tr><th>Name</th><th>Type</th><th>Description</th></tr>
<tr><td><code>limit</code> <em>optional</em></td><td>integer</td><td>Defaults to <code>20</code></td></tr></table>
<h3>Response</h3><pre><code>{"pets": ["Rex &amp; co"]}</code></pre>
<script>var x = "DELETE /everything";</script></body></html>"""


def test_html() -> None:
    data = read(HTML, "page.html")
    assert operations(data) == ["GET /pets"]
    found = data["paths"]["/pets"]["get"]
    assert found["summary"] == "List & find"
    assert found["parameters"][0]["schema"] == {"type": "integer", "default": 20}
    assert found["responses"]["200"]["content"]["application/json"]["example"] == {"pets": ["Rex & co"]}


def test_an_operation_without_a_path_is_reported_and_left_out() -> None:
    report = Report()
    data = read("Add\npost\nBody\nnamestringRequired\nGet\nget\n/pets\n", "page.txt", report)
    assert operations(data) == ["GET /pets"]
    (found,) = report
    assert (found.code, found.location.line if found.location else 0) == ("operation-without-path", 2)
    assert "POST of 'Add'" in found.message


def test_a_parameter_that_the_path_does_not_name_is_reported_and_left_out() -> None:
    report = Report()
    data = read("## List\n\n`GET /pets`\n\n### Path parameters\n\n- `owner` (string): whose\n", report=report)
    assert "parameters" not in data["paths"]["/pets"]["get"]
    assert {str(one.severity) for one in report if one.code == "parameter-without-place"} == {"warning"}


def test_pages_with_a_document_are_not_read_as_text() -> None:
    page = "`GET /other`\n\n```yaml\nopenapi: 3.1.0\ninfo: {title: P, version: '1'}\npaths: {/pets: {}}\n```\n"
    assert list(read(page)["paths"]) == ["/pets"]


def test_prose_without_endpoints_says_what_was_looked_for() -> None:
    with pytest.raises(DocumentError) as caught:
        read("# Welcome\n\nOur API lets you get pets and delete them.\n")
    (found,) = caught.value.diagnostics
    assert "'GET /pets/{id}'" in (found.hint or "")


@pytest.mark.parametrize(
    "page",
    [
        "{" * 50_000,
        "- " * 50_000,
        "curl " * 20_000,
        "curl '\n" * 5_000,
        "`GET /" + "{a}/" * 20_000,
        "<ParamField body='" + "a" * 100_000,
        "|a|b|\n|-|-|\n" * 20_000,
        "[" * 50_000 + "]" * 50_000,
        "GET /a\n" * 20_000,
        "# a\n" * 20_000,
        "(" * 100_000,
        "**" * 50_000,
        "name\n:\n" * 20_000,
        "<!-- " * 20_000,
        "**Body**\n\n- `" + "a." * 5_000 + "a` (string): b",
        "### Query parameters\n\n" + "".join(" " * depth + f"- `f{depth}` (object)\n" for depth in range(500)),
        "".join(f'<ParamField body="f{depth}">\n' for depth in range(3_000)),
    ],
    ids=range(17),
)
def test_hostile_text_ends(page: str) -> None:
    try:
        read("# Pets\n\n`POST /pets`\n\n" + page)
    except DocumentError as error:
        assert error.diagnostics
