package main

import (
	"encoding/json"

	"beep-example/runtime"
)

// opening is what a session is opened with.
func opening(given fields) *runtime.OpenSessionRequest {
	request := &runtime.OpenSessionRequest{}
	request.Name, _ = given["name"].(string)
	request.WorkingFolder, _ = given["workingFolder"].(string)
	if variables, ok := given["environmentVariables"].(map[string]any); ok {
		for name, value := range variables {
			variable := &runtime.EnvironmentVariable{Name: name}
			if text, ok := value.(string); ok {
				variable.Value = &text
			}
			request.EnvironmentVariables = append(request.EnvironmentVariables, variable)
		}
	}
	if limit, ok := given["handleLimit"].(json.Number); ok {
		if whole, err := limit.Int64(); err == nil {
			request.HandleLimit = &whole
		}
	}
	if own, ok := given["ownProcess"].(bool); ok {
		request.OwnProcess = &own
	}
	return request
}

func sessionOf(session *runtime.Session, err error) (fields, error) {
	if err != nil {
		return failureOf(err)
	}
	return fields{"sessionId": session.SessionId, "name": session.Name, "ownProcess": session.OwnProcess}, nil
}
