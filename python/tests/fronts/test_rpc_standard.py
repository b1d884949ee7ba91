"""Health and reflection, as tools know them."""

import grpc
import pytest
from fronts.harness import DEADLINE, start_pool

from beep_engine.fronts.rpc._generated import python_service_pb2 as messages

pytestmark = pytest.mark.needs_admin

SERVICE = "beep.python.runtime.PythonService"


def health(client, kind, service):
    from grpc_health.v1 import health_pb2 as pb

    make = client.channel.unary_stream if kind == "Watch" else client.channel.unary_unary
    call = make(
        f"/grpc.health.v1.Health/{kind}", pb.HealthCheckRequest.SerializeToString, pb.HealthCheckResponse.FromString
    )
    return call(pb.HealthCheckRequest(service=service), metadata=client.metadata, timeout=DEADLINE)


def name_of(reply):
    return reply.ServingStatus.Name(reply.status)


@pytest.mark.parametrize("service", ["", SERVICE])
def test_health_says_serving(rpc, service):
    assert name_of(health(rpc, "Check", service)) == "SERVING"


def test_health_of_what_is_not_there(rpc):
    with pytest.raises(grpc.RpcError) as caught:
        health(rpc, "Check", "no.such.Service")
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND
    watch = health(rpc, "Watch", "no.such.Service")
    assert name_of(next(watch)) == "SERVICE_UNKNOWN"
    watch.cancel()


def test_who_watches_is_told_of_the_pool_going_and_coming(own_rpc):
    with own_rpc.client() as client:
        watch = health(client, "Watch", "")
        assert name_of(next(watch)) == "SERVING"
        own_rpc.pool.close()
        assert name_of(next(watch)) == "NOT_SERVING"
        assert name_of(health(client, "Check", SERVICE)) == "NOT_SERVING"
        pool = start_pool(own_rpc.folder, own_rpc.pool_path)
        try:
            assert name_of(next(watch)) == "SERVING"
        finally:
            watch.cancel()
            pool.close()


@pytest.mark.parametrize("version", ["v1", "v1alpha"])
def test_reflection_tells_the_services_and_their_files(rpc, version):
    from google.protobuf.descriptor_pb2 import FileDescriptorProto
    from grpc_reflection.v1alpha import reflection_pb2 as pb

    def ask(**fields):
        path = f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo"
        request, reply = pb.ServerReflectionRequest, pb.ServerReflectionResponse
        call = rpc.channel.stream_stream(path, request.SerializeToString, reply.FromString)
        (answer,) = call(iter([request(**fields)]), metadata=rpc.metadata, timeout=DEADLINE)
        return answer

    listed = {service.name for service in ask(list_services="").list_services_response.service}
    assert {SERVICE, "grpc.health.v1.Health"} <= listed
    for name in listed:
        found = ask(file_containing_symbol=name).file_descriptor_response.file_descriptor_proto
        assert found, name
    files = ask(file_containing_symbol=SERVICE).file_descriptor_response.file_descriptor_proto
    assert messages.DESCRIPTOR.serialized_pb in files
    packages = {FileDescriptorProto.FromString(file).package for file in files}
    assert packages == {"beep.python.runtime", "google.protobuf"}
    assert ask(file_by_filename="google/protobuf/any.proto").file_descriptor_response.file_descriptor_proto
