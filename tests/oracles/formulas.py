"""Formulas: trees in prefix form, shown in the language of rules, and computed exactly.

A tree is a number, a name, or `(operator, argument, …)` with `+ - * min max`, `<= < == != >= >`, `and or not` and `if`.
"""

from __future__ import annotations

from fractions import Fraction

from readings import plain
from workspace import Formula

COMPARISONS = ("<=", "<", "==", "!=", ">=", ">")


def show(tree: object) -> str:
    if isinstance(tree, Fraction):
        return plain(tree) if tree >= 0 else f"(0 - {plain(-tree)})"
    if isinstance(tree, str):
        return tree
    head, *rest = tree
    if head == "if":
        return f"if {show(rest[0])} then {show(rest[1])}"
    if head == "not":
        return f"not ({show(rest[0])})"
    if head in ("min", "max"):
        return f"{head}({', '.join(show(r) for r in rest)})"
    if head in COMPARISONS:
        return f" {head} ".join(show(r) for r in rest)
    inner = []
    for part in rest:
        text = show(part)
        loose = isinstance(part, tuple) and (head in ("*", "-") and part[0] in ("+", "-") or part[0] in ("and", "or", "if"))
        inner.append(f"({text})" if loose else text)
    return f" {head} ".join(inner)


def formula(tree: object) -> Formula:
    return Formula(show(tree), tree)


def names_in(tree: object) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, Fraction):
        return []
    found: list[str] = []
    for part in tree[1:]:
        found += [n for n in names_in(part) if n not in found]
    return found


def value(tree: object, names: dict[str, Fraction]) -> Fraction | bool:
    if isinstance(tree, Fraction):
        return tree
    if isinstance(tree, str):
        return names[tree]
    head, *rest = tree
    parts = [value(r, names) for r in rest]
    if head == "if":
        return (not parts[0]) or parts[1]
    if head == "not":
        return not parts[0]
    if head == "and":
        return all(parts)
    if head == "or":
        return any(parts)
    if head == "+":
        return sum(parts[1:], parts[0])
    if head == "-":
        return parts[0] - parts[1]
    if head == "*":
        return parts[0] * parts[1]
    if head == "min":
        return min(parts)
    if head == "max":
        return max(parts)
    pairs = zip(parts, parts[1:])
    test = {
        "<=": lambda a, b: a <= b,
        "<": lambda a, b: a < b,
        "==": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        ">=": lambda a, b: a >= b,
        ">": lambda a, b: a > b,
    }[head]
    return all(test(a, b) for a, b in pairs)
