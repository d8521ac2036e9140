"""Very wide unions and conjunctions, inheritance, and schemas that all know each other."""

from __future__ import annotations

from security.hostile.case import LEAF, TEXT, Cases, document, has, ref

_TAGGED = has("k", required=["k"])


def wide_parts() -> Cases:
    yield "all-of-5000", document({"A": {"allOf": [has([f"p{n}"]) for n in range(5_000)]}})
    yield "all-of-1500", document({"A": {"allOf": [has([f"p{n}"]) for n in range(1_500)]}})
    yield "all-of-1500-same", document({"A": {"allOf": [has("p", TEXT | {"minLength": n}) for n in range(1_500)]}})
    yield "all-of-1500-patterns", document({"A": {"allOf": [{"pattern": f"^{n}"} for n in range(1_500)]}})
    yield "all-of-5000-references", document({"A": {"allOf": [ref("B")] * 5_000}, "B": LEAF})
    yield "all-of-1500-conditions", document({"A": {"allOf": [{"not": {"const": n}} for n in range(1_500)]}})
    for keyword in ("anyOf", "oneOf"):
        yield f"{keyword}-5000", document({"A": {keyword: [has([f"p{n}"], required=[f"p{n}"]) for n in range(5_000)]}})
        yield f"{keyword}-1500", document({"A": {keyword: [has([f"p{n}"], required=[f"p{n}"]) for n in range(1_500)]}})
        yield f"{keyword}-2000-consts", document({"A": {keyword: [{"const": f"c{n}"} for n in range(2_000)]}})
        yield f"{keyword}-2000-strings", document({"A": {keyword: [TEXT | {"maxLength": n} for n in range(2_000)]}})
        lists = [{"type": "array", "items": {"const": n}} for n in range(2_000)]
        yield f"{keyword}-2000-lists", document({"A": {keyword: lists}})
        yield (
            f"{keyword}-1000-tagged",
            document({"A": {keyword: [has("k", {"const": f"c{n}"}, required=["k"]) for n in range(1_000)]}}),
        )
        yield (
            f"{keyword}-1000-alike",
            document({"A": {keyword: [has("k", TEXT | {"maxLength": n}) for n in range(1_000)]}}),
        )
        yield f"{keyword}-2000-patterns", document({"A": {keyword: [{"pattern": f"{n}"} for n in range(2_000)]}})
        yield f"{keyword}-2000-anything", document({"A": {keyword: [{}, True] * 1_000}})
        yield f"{keyword}-2000-nothing", document({"A": {keyword: [False] * 2_000}})
        members = {f"B{n}": has([f"q{n}"]) for n in range(500)}
        yield f"{keyword}-500-references", document({"A": {keyword: [ref(name) for name in members]}} | members)
        kinds = dict.fromkeys((f"B{n}" for n in range(500)), _TAGGED)
        tagged = {keyword: [ref(name) for name in kinds], "discriminator": {"propertyName": "k"}}
        yield f"{keyword}-500-discriminated", document({"A": tagged} | kinds)
        yield f"{keyword}-500-of-same", document({"A": {keyword: [ref("B")] * 500}, "B": _TAGGED})
        users = {f"U{n}": {keyword: [ref(name) for name in list(members)[:200]]} for n in range(200)}
        yield f"{keyword}-200-times-200", document(users | members)


def inheritance() -> Cases:
    base = _TAGGED | {"discriminator": {"propertyName": "k"}}
    children = {f"B{n}": {"allOf": [ref("A"), has("x")]} for n in range(500)}
    yield "inheritance-500", document({"A": base} | children)
    line = {
        f"A{n}": {"allOf": [ref(f"A{n - 1}"), has([f"x{n}"])], "discriminator": {"propertyName": "k"}}
        for n in range(1, 100)
    }
    yield "inheritance-chain-100", document({"A0": base} | line)
    tree = {f"A{n}": {"allOf": [ref(f"A{(n - 1) // 2}"), has([f"x{n}"])]} for n in range(1, 500)}
    yield "inheritance-tree-500", document({"A0": base} | tree)
    lattice = {f"A{n}": {"allOf": [ref(f"A{n - 1}"), ref(f"A{n - 2}"), has([f"x{n}"])]} for n in range(2, 60)}
    yield "inheritance-lattice", document({"A0": base, "A1": base} | lattice)
    yield (
        "inheritance-of-all",
        document({f"A{n}": {"allOf": [ref(f"A{m}") for m in range(n)] + [has([f"x{n}"])]} for n in range(100)}),
    )
    circle = {f"A{n}": {"allOf": [ref(f"A{(n + 1) % 50}"), has([f"x{n}"])]} for n in range(50)}
    yield "inheritance-circle", document({"A0": base} | circle)


def webs() -> Cases:
    everything = {f"A{n}": has([]) | {"properties": {f"p{m}": ref(f"A{m}") for m in range(150)}} for n in range(150)}
    yield "everything-knows-everything", document(everything)
    yield "cycle-of-2000", document({f"A{n}": has(["next"], ref(f"A{(n + 1) % 2_000}")) for n in range(2_000)})
    yield "cycle-of-150", document({f"A{n}": has(["next"], ref(f"A{(n + 1) % 150}")) for n in range(150)})
    lists = {f"A{n}": {"type": "array", "items": ref(f"A{(n + 1) % 500}")} for n in range(500)}
    yield "cycle-of-lists-500", document(lists)
    unions = {f"A{n}": {"anyOf": [TEXT, {"type": "array", "items": ref(f"A{(n + 1) % 300}")}]} for n in range(300)}
    yield "cycle-of-unions-300", document(unions)
    needs = {f"p{n}": {"required": [f"p{(n + 1) % 500}"]} for n in range(500)}
    yield "dependent-schemas-500", document({"A": has(needs, {}, dependentSchemas=needs)})
    conditions = [{"if": has("k", {"const": n}), "then": {"required": [f"p{n}"]}} for n in range(500)]
    yield "conditions-500", document({"A": {"allOf": conditions}})
    hubs = {f"A{n}": has((f"p{m}" for m in range(20)), ref("Hub")) for n in range(1_000)}
    yield "hub-1000", document(hubs | {"Hub": has([]) | {"properties": {f"q{n}": ref(f"A{n}") for n in range(1_000)}}})
