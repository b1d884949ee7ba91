"""Runs the cases of contract/wire/conformance through a client of any door; its README says what they mean."""

import base64
import json
import math
import struct
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "contract" / "wire" / "conformance"
GROUPS = {group["name"]: group["cases"] for group in json.loads((FOLDER / "cases.json").read_text("utf-8"))["groups"]}


def run_group(client, name):
    """How many of its cases ran. All failures are told together."""
    ran, failures, there = 0, [], {}
    for case in GROUPS[name]:
        for module in case.get("needs", ()):
            if module not in there:
                there[module] = client.ask("module_available", moduleName=module)["available"]
        if all(there[module] for module in case.get("needs", ())):
            ran += 1
            failures += run_case(client, case)
    assert not failures, "\n".join(failures)
    return ran


def run_case(client, case):
    """What is wrong, as texts."""
    kept = {}
    for number, step in enumerate(case["steps"]):
        payload = with_kept(step["payload"], kept)
        reply, texts = ask(client, step, payload)
        wrong = [problem for key, wanted in step["expect"].items() for problem in check(key, wanted, reply, texts)]
        if wrong:
            return [f"{case['name']}, step {number + 1}: {'; '.join(wrong)} in {str(reply)[:600]}"]
        if "keep" in step:
            kept["@" + step["keep"]] = reply.get("handleId") or reply["sessionId"]
    return []


def with_kept(form, kept):
    if isinstance(form, str):
        return kept.get(form, form)
    if isinstance(form, list):
        return [with_kept(item, kept) for item in form]
    if isinstance(form, dict):
        return {key: with_kept(item, kept) for key, item in form.items()}
    return form


def ask(client, step, payload):
    client.attachments = []
    if step["command"] != "execute":
        reply, texts = client.ask(step["command"], **payload), {}
    else:
        answers = [{"eof": True} if answer is None else {"text": answer} for answer in step.get("answers", ())]
        run = client.execute(answers=answers, **payload)
        reply, texts = run.reply, {"stdout": run.text("stdout"), "stderr": run.text("stderr")}
    return in_place(reply, client.attachments), texts


def in_place(form, attachments):
    """The same with what was attached as base64 in its place."""
    if isinstance(form, list):
        return [in_place(item, attachments) for item in form]
    if not isinstance(form, dict):
        return form
    form = {key: in_place(item, attachments) for key, item in form.items()}
    if "$type" in form and "attachment" in form:
        form["base64"] = base64.b64encode(attachments[form.pop("attachment")]).decode()
    return form


def check(key, wanted, reply, texts):
    if key == "value":
        found, is_so = reply.get("value"), reply.get("isHandle") is False and same(reply["value"], wanted)
    elif key == "handle":
        found = {name: reply.get(name) for name in wanted}
        is_so = reply.get("isHandle") is True and bool(reply.get("handleId")) and same(found, wanted)
    elif key == "error":
        found = {"code": reply.get("code"), "exceptionType": (reply.get("details") or {}).get("exceptionType")}
        is_so = "error" in reply and all(found[name] == wanted[name] for name in wanted)
    elif key == "fields":
        found = {name: reply.get(name) for name in wanted}
        is_so = same(found, wanted)
    elif key == "array":
        found = reply.get("data")
        is_so = is_array(found, wanted)
    elif key == "table":
        found = {name: (reply.get("data") or {}).get(name) for name in wanted}
        is_so = same(found, wanted)
    else:
        found = texts.get(key, reply.get(key))
        is_so = found == wanted
    return [] if is_so else [f"{key} should be {str(wanted)[:300]}, and is {str(found)[:300]}"]


def is_array(data, wanted):
    if isinstance(data, dict):
        return data.get("$type") == "array" and all(same(data.get(name), wanted[name]) for name in wanted)
    # `tofloatarray` where there are no attachments: plain numbers, in rows or flat.
    numbers = base64.b64decode(wanted["base64"])
    expected = list(struct.unpack(f"<{len(numbers) // 8}d", numbers))
    flat = [number for row in data for number in row] if data and isinstance(data[0], list) else data
    return data is not None and same(flat, expected)


def same(one, other):
    """As JSON: 1 and 1.0 are the same, True and 1 are not, nor are the two zeros where both are floats."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) and isinstance(other, float):
        return one == other and math.copysign(1, one) == math.copysign(1, other)
    return one == other
