package main

import (
	"encoding/json"
	"strconv"

	"beep-example/beep"
	"beep-example/runtime"
)

// A reply that is a value, or a handle.
type anyResult interface {
	GetValueJson() string
	GetHandle() *runtime.HandleResult
	GetTypeName() string
	GetAttachments() [][]byte
}

// A reply that is a handle.
type anyHandle interface {
	GetHandleId() string
	GetTypeName() string
}

// resultOf is the reply of docs/wire.md §2 that a message stands for. So are the others.
func resultOf(result anyResult, err error) (fields, error) {
	if err != nil {
		return failureOf(err)
	}
	if handle := result.GetHandle(); handle != nil {
		return handleOf(handle, nil)
	}
	value, err := decode(result.GetValueJson())
	if err != nil {
		return nil, err
	}
	return fields{"value": inPlace(value, result.GetAttachments()), "isHandle": false, "typeName": result.GetTypeName()}, nil
}

func handleOf(handle anyHandle, err error) (fields, error) {
	if err != nil {
		return failureOf(err)
	}
	reply := fields{"isHandle": true, "handleId": handle.GetHandleId(), "typeName": handle.GetTypeName()}
	if shown, ok := handle.(interface{ GetRepr() string }); ok {
		reply["repr"] = shown.GetRepr()
	}
	if module, ok := handle.(interface{ GetModuleName() string }); ok && module.GetModuleName() != "" {
		reply["moduleName"] = module.GetModuleName()
	}
	array, ok := handle.(interface {
		GetDtype() string
		GetShape() []int64
	})
	if ok && array.GetDtype() != "" {
		reply["dtype"], reply["shape"] = array.GetDtype(), numbers(array.GetShape())
	}
	return reply, nil
}

func successOf(done interface{ GetSuccess() bool }, err error) (fields, error) {
	if err != nil {
		return failureOf(err)
	}
	return fields{"success": done.GetSuccess()}, nil
}

// failureOf is the flat error that the server sent; an error where it sent none.
func failureOf(err error) (fields, error) {
	why := beep.Why(err)
	if why == nil {
		return nil, err
	}
	reply := fields{"error": why.Message, "message": why.Message, "code": why.Code}
	if why.DetailsJson != "" {
		details, err := decode(why.DetailsJson)
		if err != nil {
			return nil, err
		}
		reply["details"] = details
	}
	return reply, nil
}

func numbers(lengths []int64) []any {
	list := make([]any, len(lengths))
	for at, length := range lengths {
		list[at] = json.Number(strconv.FormatInt(length, 10))
	}
	return list
}
