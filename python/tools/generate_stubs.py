"""Makes the code that speaks contract/wire/python_service.proto: run by `npm run proto`, with grpcio-tools at hand.

    generate_stubs.py PROTO PYTHON_FOLDER TYPESCRIPT_FILE

Python gets what protoc makes. TypeScript gets tables of the messages and calls, which client/src/rpc/protobuf.ts reads:
no package is needed for that, and nothing is compiled at run time.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Iterator, List

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
    MethodDescriptorProto,
)
from grpc_tools import protoc

HEAD = """// Made by `npm run proto` from contract/wire/python_service.proto: change that, not this.
import type { MethodTable, ShapeTable } from '../rpc/protobuf.ts'
"""

# Proto type to the name that protobuf.ts knows it by, and to TypeScript's own.
SCALARS = {
    FieldDescriptorProto.TYPE_STRING: ("string", "string"),
    FieldDescriptorProto.TYPE_BYTES: ("bytes", "Uint8Array"),
    FieldDescriptorProto.TYPE_BOOL: ("bool", "boolean"),
    FieldDescriptorProto.TYPE_INT32: ("int", "number"),
    FieldDescriptorProto.TYPE_INT64: ("int", "number"),
    FieldDescriptorProto.TYPE_FLOAT: ("float", "number"),
    FieldDescriptorProto.TYPE_DOUBLE: ("double", "number"),
}


def main(proto: Path, python_folder: Path, typescript_file: Path) -> None:
    include = [f"-I{proto.parent}", f"-I{Path(protoc.__file__).parent / '_proto'}"]
    with TemporaryDirectory() as folder:
        described = Path(folder, "descriptors")
        wanted = [f"--python_out={python_folder}", f"--pyi_out={python_folder}"]
        set_out = ["--include_imports", f"--descriptor_set_out={described}"]
        if protoc.main(["protoc", *include, *wanted, *set_out, proto.name]) != 0:
            sys.exit(f"protoc refused {proto}")
        files = FileDescriptorSet.FromString(described.read_bytes()).file
    typescript_file.write_text("\n".join(typescript(list(files))), encoding="utf-8")


def typescript(files: List[FileDescriptorProto]) -> Iterator[str]:
    """The lines of the TypeScript file. The last of `files` is the one whose service counts."""
    messages = [message for file in files for message in file.message_type]
    yield HEAD
    for message in messages:
        yield from interface(message)
    yield "export interface Messages {"
    yield from (f"  readonly {message.name}: {message.name}" for message in messages)
    yield "}\n"
    yield "export const shapes: ShapeTable<Messages> = {"
    for message in messages:
        yield from shape(message)
    yield "}\n"
    # No two services have a call of the same name.
    yield "export const methods = {"
    for service in files[-1].service:
        for method in service.method:
            yield from call(f"/{files[-1].package}.{service.name}/{method.name}", method)
    yield "} as const satisfies MethodTable<Messages>\n"


def interface(message: DescriptorProto) -> Iterator[str]:
    if not message.field:
        yield f"export type {message.name} = Readonly<Record<never, never>>\n"
        return
    yield f"export interface {message.name} {{"
    for field in message.field:
        known = SCALARS.get(field.type)
        of = known[1] if known else type_name(field)
        plural = field.label == FieldDescriptorProto.LABEL_REPEATED
        yield f"  readonly {field.json_name}: " + (f"readonly {of}[]" if plural else of + maybe(field, " | undefined"))
    yield "}\n"


def shape(message: DescriptorProto) -> Iterator[str]:
    if not message.field:
        yield f"  {message.name}: {{}},"
        return
    yield f"  {message.name}: {{"
    for field in message.field:
        known = SCALARS.get(field.type)
        if known is None and field.type != FieldDescriptorProto.TYPE_MESSAGE:
            sys.exit(f"{message.name}.{field.name} has a type that protobuf.ts does not know")
        of = known[0] if known else type_name(field)
        plural = field.label == FieldDescriptorProto.LABEL_REPEATED
        count = "many" if plural else maybe(field, "maybe") or "one"
        yield f"    {field.json_name}: [{field.number}, '{of}', '{count}'],"
    yield "  },"


def call(path: str, method: MethodDescriptorProto) -> Iterator[str]:
    yield f"  {method.name}: {{"
    yield f"    path: '{path}',"
    yield f"    request: '{method.input_type.rpartition('.')[2]}',"
    yield f"    reply: '{method.output_type.rpartition('.')[2]}',"
    yield "  },"


def maybe(field: FieldDescriptorProto, word: str) -> str:
    """`word` for a field that can be told to be absent: a message, or one of a choice."""
    absent = field.type == FieldDescriptorProto.TYPE_MESSAGE or field.HasField("oneof_index")
    return word if absent else ""


def type_name(field: FieldDescriptorProto) -> str:
    return field.type_name.rpartition(".")[2]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
