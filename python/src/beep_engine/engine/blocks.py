"""Blocks of statements, whose last expression is the result.

A module of its own, since a worker is ready before it is loaded (see worker/rest.py). `_ast` is all of `ast` that is
needed; the rest takes long to load.
"""

import _ast
import textwrap

from .evaluate import Compiled


def compile_block(source: str, filename: str, flags: int = 0) -> Compiled:
    tree = parse_block(source, filename)
    result = None
    if tree.body and isinstance(tree.body[-1], _ast.Expr):
        result = compile(_ast.Expression(tree.body.pop().value), filename, "eval", flags, dont_inherit=True)
    body = compile(tree, filename, "exec", flags, dont_inherit=True) if tree.body else None
    return Compiled(filename, body, result)


def parse_block(source: str, filename: str) -> _ast.Module:
    # Not ast.parse: its frame would show in the traceback.
    try:
        return compile(source, filename, "exec", _ast.PyCF_ONLY_AST, dont_inherit=True)
    except IndentationError as error:
        original = error
    # A block that is indented as a whole, as it is when it stands inside another program's source.
    try:
        return compile(textwrap.dedent(source), filename, "exec", _ast.PyCF_ONLY_AST, dont_inherit=True)
    except SyntaxError:
        pass
    raise original
