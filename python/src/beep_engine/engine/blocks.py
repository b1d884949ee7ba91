"""Blocks of statements, whose last expression is the result.

A module of its own, since `ast` takes long to load: a worker is ready before that (see worker/rest.py).
"""

import ast
import textwrap

from .evaluate import Compiled


def compile_block(source: str, filename: str, flags: int = 0) -> Compiled:
    tree = parse_block(source, filename)
    result = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        result = compile(ast.Expression(tree.body.pop().value), filename, "eval", flags, dont_inherit=True)
    body = compile(tree, filename, "exec", flags, dont_inherit=True) if tree.body else None
    return Compiled(filename, body, result)


def parse_block(source: str, filename: str) -> ast.Module:
    # Not ast.parse: its frame would show in the traceback.
    try:
        return compile(source, filename, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    except IndentationError as error:
        original = error
    # A block that is indented as a whole, as it is when it stands inside another program's source.
    try:
        return compile(textwrap.dedent(source), filename, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    except SyntaxError:
        pass
    raise original
