// Runs Python from Go, in a running gRPC server of Beep Python Host:
//
//	beep-host start rpc --name demo --infrastructure read --detach
//	go run . demo
package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"time"

	"beep-example/beep"
	"beep-example/runtime"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run . NAME, of a running server")
	}
	// Address and token are in the endpoint file of the server.
	endpoint, err := beep.Find(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	python, err := beep.Connect(endpoint.Address, endpoint.Token)
	if err != nil {
		log.Fatal(err)
	}
	defer python.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for _, show := range []func(context.Context, *beep.Client) error{evaluate, session, execute, array, failure, environments} {
		if err := show(ctx, python); err != nil {
			log.Fatal(err)
		}
	}
}

// A block of code: its last expression is the result. Arguments go as JSON, and so do values come.
func evaluate(ctx context.Context, python *beep.Client) error {
	reply, err := python.Evaluate(ctx, &runtime.EvaluateRequest{
		Expression: "import math\nradius = r * 2\nround(math.pi * radius ** 2, 2)",
		LocalsJson: `{"r": 4}`,
	})
	if err != nil {
		return err
	}
	var area float64
	if err := json.Unmarshal([]byte(reply.GetValueJson()), &area); err != nil {
		return err
	}
	fmt.Printf("evaluate: %v, a Python %s\n", area, reply.TypeName)
	return nil
}

// In a session, what one call assigns, the next one finds.
func session(ctx context.Context, python *beep.Client) error {
	opened, err := python.OpenSession(ctx, &runtime.OpenSessionRequest{Name: "from Go"})
	if err != nil {
		return err
	}
	defer python.CloseSession(ctx, &runtime.CloseSessionRequest{SessionId: opened.SessionId})
	for _, line := range []string{"words = 'one two three'.split()", "len(words)"} {
		reply, err := python.Evaluate(ctx, &runtime.EvaluateRequest{Expression: line, SessionId: opened.SessionId})
		if err != nil {
			return err
		}
		fmt.Printf("session: %s → %s\n", line, reply.GetValueJson())
	}
	return nil
}

// Code that talks: what it prints and asks comes as it happens, its result last.
func execute(ctx context.Context, python *beep.Client) error {
	const name = "the run of the example"
	stream, err := python.Execute(ctx, &runtime.ExecuteRequest{
		Code:      "name = input('Who? ')\nprint('Hello,', name)\nlen(name)",
		RequestId: name,
	})
	if err != nil {
		return err
	}
	for {
		event, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch told := event.Event.(type) {
		case *runtime.ExecuteEvent_Output:
			fmt.Printf("execute: %s: %q\n", told.Output.Stream, told.Output.Text)
		case *runtime.ExecuteEvent_Input:
			fmt.Printf("execute: asks %q\n", told.Input.Prompt)
			answer := &runtime.AnswerInputRequest_Text{Text: "Gopher"}
			if _, err := python.AnswerInput(ctx, &runtime.AnswerInputRequest{RequestId: name, Answer: answer}); err != nil {
				return err
			}
		case *runtime.ExecuteEvent_Result:
			fmt.Printf("execute: result %s\n", told.Result.GetValueJson())
		}
	}
}

// Numbers travel as bytes, in pieces. What has no counterpart in JSON stays in Python, and comes back as a handle.
func array(ctx context.Context, python *beep.Client) error {
	made, err := python.Evaluate(ctx, &runtime.EvaluateRequest{
		Expression: "import array\narray.array('d', [n / 2 for n in range(200_000)])",
	})
	if err != nil {
		return err
	}
	handle := made.GetHandle().HandleId
	defer python.DisposeHandle(ctx, &runtime.DisposeHandleRequest{HandleId: handle})
	stream, err := python.GetArray(ctx, &runtime.GetArrayRequest{HandleId: handle})
	if err != nil {
		return err
	}
	var data []byte
	for {
		chunk, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		data = append(data, chunk.Data...)
	}
	sum := 0.0
	for at := 0; at < len(data); at += 8 {
		sum += math.Float64frombits(binary.LittleEndian.Uint64(data[at:]))
	}
	fmt.Printf("array: %d numbers of %s, their sum %.0f\n", len(data)/8, made.GetHandle().TypeName, sum)
	return nil
}

// An error of the code is an error of the call, with Python's own traceback.
func failure(ctx context.Context, python *beep.Client) error {
	_, err := python.Evaluate(ctx, &runtime.EvaluateRequest{Expression: "1 / 0"})
	why := beep.Why(err)
	if why == nil {
		return fmt.Errorf("the code should have failed, and there is: %w", err)
	}
	fmt.Printf("failure: %s: %s\n", why.Code, why.Message)
	return nil
}

// The host's environments, where the server was started so that its clients may ask for them; each step of what takes long is told.
func environments(ctx context.Context, python *beep.Client) error {
	stream, err := python.Venvs.EnsureVenvStream(ctx, &runtime.EnsureVenvRequest{ProviderName: "my-provider"})
	if err != nil {
		return err
	}
	for {
		event, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if why := beep.Why(err); why != nil {
			fmt.Printf("environments: %s\n", why.Code)
			return nil
		}
		if err != nil {
			return err
		}
		if made := event.GetVenv(); made != nil {
			fmt.Printf("environments: %s is %s\n", made.Name, made.State)
		}
	}
	known, err := python.Venvs.ListVenvs(ctx, &runtime.ListVenvsRequest{})
	if err != nil {
		return err
	}
	pythons, err := python.Host.ListRuntimes(ctx, &runtime.ListRuntimesRequest{})
	if err != nil {
		return err
	}
	fmt.Printf("environments: %d, and Pythons: %t\n", len(known.Environments), len(pythons.Runtimes) > 0)
	return nil
}
