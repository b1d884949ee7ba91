// Package beep speaks to a Beep Python server over gRPC. All of the protocol is in the package runtime, which protoc makes
// of contract/wire/python_service.proto; what is here is the little that docs/wire.md §9 asks of every client.
package beep

import (
	"context"
	"math"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	"beep-example/runtime"
)

// How many bytes of an error's details the server may send: a traceback fits. grpc-go takes them.
const errorBytes = "49152"

// Client has every call of the service, and beside them what the server lets its clients ask the host for.
type Client struct {
	runtime.PythonServiceClient
	Venvs      runtime.VenvServiceClient
	Host       runtime.HostServiceClient
	connection *grpc.ClientConn
}

// Connect makes a client of the server at address, such as "127.0.0.1:50051". It connects with the first call.
func Connect(address, token string) (*Client, error) {
	connection, err := grpc.NewClient("passthrough:///"+address,
		grpc.WithTransportCredentials(insecure.NewCredentials()), // loopback only
		grpc.WithPerRPCCredentials(bearer(token)),
		grpc.WithNoProxy(),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(math.MaxInt32), grpc.MaxCallSendMsgSize(math.MaxInt32)),
	)
	if err != nil {
		return nil, err
	}
	return &Client{
		runtime.NewPythonServiceClient(connection),
		runtime.NewVenvServiceClient(connection),
		runtime.NewHostServiceClient(connection),
		connection,
	}, nil
}

// Close lets go of the connection.
func (client *Client) Close() error {
	return client.connection.Close()
}

// Why gives what the server says of a failed call: its code, and for errors of the code its traceback. Nil where the call
// did not get as far as the server.
func Why(err error) *runtime.CallError {
	for _, detail := range status.Convert(err).Details() {
		if why, ok := detail.(*runtime.CallError); ok {
			return why
		}
	}
	return nil
}

type bearer string

func (token bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + string(token), "beep-error-bytes": errorBytes}, nil
}

func (bearer) RequireTransportSecurity() bool {
	return false
}
