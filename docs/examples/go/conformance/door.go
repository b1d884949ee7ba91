package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"google.golang.org/grpc"

	"beep-example/beep"
	"beep-example/runtime"
)

// door speaks to a server in the words of docs/wire.md §2: each command is one call.
type door struct{ python *beep.Client }

// ask makes a call and gives the reply, errors of the server included. An error says that there is none.
func (door door) ask(ctx context.Context, command string, given fields, answers []*string) (fields, error) {
	python := door.python
	name := func(field string) string { found, _ := given[field].(string); return found }
	session := name("sessionId")
	switch command {
	case "import":
		return handleOf(python.ImportModule(ctx, &runtime.ImportModuleRequest{
			ModuleName: name("moduleName"), SessionId: session,
		}))
	case "create":
		return handleOf(python.CreateObject(ctx, &runtime.CreateObjectRequest{
			ModuleHandleId: name("moduleHandleId"), ModuleName: name("moduleName"), ClassName: name("className"),
			ArgsJson: text(given["args"]), KwargsJson: text(given["kwargs"]), SessionId: session,
		}))
	case "call":
		return resultOf(python.CallMethod(ctx, &runtime.CallMethodRequest{
			HandleId: name("handleId"), MethodName: name("methodName"),
			ArgsJson: text(given["args"]), KwargsJson: text(given["kwargs"]), SessionId: session,
		}))
	case "getattr":
		return resultOf(python.GetAttribute(ctx, &runtime.GetAttributeRequest{
			HandleId: name("handleId"), AttributeName: name("attributeName"), SessionId: session,
		}))
	case "setattr":
		return successOf(python.SetAttribute(ctx, &runtime.SetAttributeRequest{
			HandleId: name("handleId"), AttributeName: name("attributeName"),
			ValueJson: text(given["value"]), SessionId: session,
		}))
	case "eval":
		return resultOf(python.Evaluate(ctx, &runtime.EvaluateRequest{
			Expression: name("expression"), LocalsJson: text(given["locals"]), SessionId: session,
		}))
	case "execute":
		return door.execute(ctx, &runtime.ExecuteRequest{
			Code: name("code"), LocalsJson: text(given["locals"]), SessionId: session, RequestId: "a run of the conformance cases",
		}, answers)
	case "wrap":
		return handleOf(python.WrapValue(ctx, &runtime.WrapValueRequest{ValueJson: text(given["value"]), SessionId: session}))
	case "dispose":
		return successOf(python.DisposeHandle(ctx, &runtime.DisposeHandleRequest{HandleId: name("handleId"), SessionId: session}))
	case "module_available":
		found, err := python.IsModuleAvailable(ctx, &runtime.IsModuleAvailableRequest{ModuleName: name("moduleName")})
		if err != nil {
			return failureOf(err)
		}
		return fields{"available": found.Available}, nil
	case "session_open":
		return sessionOf(python.OpenSession(ctx, opening(given)))
	case "session_heartbeat":
		return sessionOf(python.Heartbeat(ctx, &runtime.HeartbeatRequest{SessionId: session}))
	case "session_reset":
		return successOf(python.ResetSession(ctx, &runtime.ResetSessionRequest{SessionId: session}))
	case "session_close":
		return successOf(python.CloseSession(ctx, &runtime.CloseSessionRequest{SessionId: session}))
	case "tofloatarray", "tofloatarray2d", "toarray":
		return arrayOf(collected(python.GetArray(ctx, &runtime.GetArrayRequest{
			HandleId: name("handleId"), SessionId: session,
			TwoDimensional: command == "tofloatarray2d", OwnDtype: command == "toarray",
		})))
	case "totable":
		return tableOf(collected(python.GetTable(ctx, &runtime.GetTableRequest{HandleId: name("handleId"), SessionId: session})))
	}
	return nil, fmt.Errorf("the cases use %q, which this program does not know", command)
}

// execute answers what the code asks, and gives its result with what it has printed.
func (door door) execute(ctx context.Context, request *runtime.ExecuteRequest, answers []*string) (fields, error) {
	stream, err := door.python.Execute(ctx, request)
	printed := map[string]string{"stdout": "", "stderr": ""}
	var reply fields
	for reply == nil && err == nil {
		var event *runtime.ExecuteEvent
		if event, err = stream.Recv(); err != nil {
			break
		}
		switch told := event.Event.(type) {
		case *runtime.ExecuteEvent_Output:
			printed[told.Output.Stream] += told.Output.Text
		case *runtime.ExecuteEvent_Input:
			answer := &runtime.AnswerInputRequest{RequestId: request.RequestId}
			if len(answers) == 0 || answers[0] == nil {
				answer.Answer = &runtime.AnswerInputRequest_Eof{Eof: true}
			} else {
				answer.Answer = &runtime.AnswerInputRequest_Text{Text: *answers[0]}
				answers = answers[1:]
			}
			_, err = door.python.AnswerInput(ctx, answer)
		case *runtime.ExecuteEvent_Result:
			if reply, err = resultOf(told.Result, nil); err == nil {
				reply["repr"] = told.Result.Repr
			}
		}
	}
	if err != nil {
		if reply, err = failureOf(err); err != nil {
			return nil, err
		}
	}
	reply["stdout"], reply["stderr"] = printed["stdout"], printed["stderr"]
	return reply, nil
}

func arrayOf(first *runtime.ArrayChunk, data []byte, err error) (fields, error) {
	if err != nil {
		return failureOf(err)
	}
	return fields{"data": map[string]any{
		"$type": "array", "dtype": first.Dtype, "shape": numbers(first.Shape), "base64": base64.StdEncoding.EncodeToString(data),
	}}, nil
}

func tableOf(first *runtime.TableChunk, data []byte, err error) (fields, error) {
	if err != nil {
		return failureOf(err)
	}
	rows := json.Number(strconv.FormatInt(first.Rows, 10))
	return fields{"data": map[string]any{
		"$type": "table", "format": "arrow", "rows": rows, "base64": base64.StdEncoding.EncodeToString(data),
	}}, nil
}

// collected puts together what comes in chunks, and gives the first one too, which says what it is.
func collected[Chunk any, Pointer interface {
	*Chunk
	GetData() []byte
}](stream grpc.ServerStreamingClient[Chunk], err error) (first Pointer, data []byte, failed error) {
	for err == nil {
		var chunk Pointer
		if chunk, err = stream.Recv(); err == nil {
			if first == nil {
				first = chunk
			}
			data = append(data, chunk.GetData()...)
		}
	}
	if errors.Is(err, io.EOF) && first != nil {
		return first, data, nil
	}
	return nil, nil, err
}
