"""What modules import as they are loaded, read without running any of them.

Counted is what stands outside of functions, in `if`, `try` and classes, too: it runs when the module is loaded.
Not counted is what runs later, in a function, and what never runs, under `TYPE_CHECKING`. To load a module, the
packages around it are loaded first; the ones around the importer are on their way already, and count only where
something of their own is taken.
"""

import ast


def modules_in(*roots):
    """The files of the modules below each root, by their names. A root may lie in another."""
    found = {}
    for root in roots:
        for file in sorted(root.rglob("*.py")):
            if any(other in file.parents for other in roots if root in other.parents):
                continue
            parts = file.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def import_graph(modules):
    """For each module those that it loads."""
    return {
        name: _loaded_by(name, file.name == "__init__.py", ast.parse(file.read_text("utf-8")), modules)
        for name, file in modules.items()
    }


def circles(graph):
    """Ways from a module to itself, each as the modules that stand on it; at least one of each knot."""
    found, done = [], set()

    def walk(name, way):
        if name in way:
            found.append([*way[way.index(name) :], name])
        elif name not in done:
            for target in sorted(graph[name]):
                walk(target, [*way, name])
            done.add(name)

    for name in sorted(graph):
        walk(name, [])
    return found


def _loaded_by(name, is_package, tree, modules):
    around = {part for part in _with_parents(name) if is_package or part != name}
    loaded = set()
    for statement in _run_at_once(tree.body):
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                loaded.update(set(_with_parents(alias.name)) - around)
        else:
            start = _start_of(statement, name, is_package)
            for alias in statement.names:
                inner = f"{start}.{alias.name}"
                # A name of a package that is no module is its own.
                target = inner if inner in modules else start
                loaded.update({target, *_with_parents(target)} - (around - {target}))
    return (loaded & set(modules)) - {name}


def _start_of(statement, name, is_package):
    """The module from which is imported."""
    if statement.level == 0:
        return statement.module
    parts = name.split(".")
    base = parts[: len(parts) - statement.level + is_package]
    return ".".join([*base, *([statement.module] if statement.module else [])])


def _with_parents(name):
    parts = name.split(".")
    return [".".join(parts[: count + 1]) for count in range(len(parts))]


def _run_at_once(statements):
    """The imports among the statements, and in what runs with them."""
    for statement in statements:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            yield statement
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            yield from _run_at_once(statement.orelse)
        elif not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for field in ("body", "handlers", "orelse", "finalbody", "cases"):
                yield from _run_at_once(getattr(statement, field, []))
