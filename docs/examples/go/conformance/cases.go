package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
)

type group struct {
	Name  string
	Cases []conformanceCase
}

type conformanceCase struct {
	Name  string
	Needs []string
	Steps []step
}

type step struct {
	Command string
	Payload fields
	Expect  fields
	Keep    string
	// Of an execute: null is the end of its input.
	Answers []*string
}

func readGroups(path string) ([]group, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var document struct {
		Version int
		Groups  []group
	}
	if err := json.Unmarshal(file, &document); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if document.Version != 1 {
		return nil, fmt.Errorf("%s is of version %d, and this program knows 1", path, document.Version)
	}
	return document.Groups, nil
}

type runner struct {
	ctx  context.Context
	door door
	// Modules that were asked for.
	there                map[string]bool
	ran, failed, leftOut int
}

// run gives what is wrong with a case; nil too where it is left out, since the server lacks what it needs.
func (runner *runner) run(one conformanceCase) error {
	for _, module := range one.Needs {
		if !runner.has(module) {
			runner.leftOut++
			return nil
		}
	}
	runner.ran++
	kept := map[string]string{}
	for number, step := range one.Steps {
		payload := withKept(map[string]any(step.Payload), kept).(map[string]any)
		reply, err := runner.door.ask(runner.ctx, step.Command, payload, step.Answers)
		if err != nil {
			return fmt.Errorf("step %d: %w", number+1, err)
		}
		for name, wanted := range step.Expect {
			if err := check(name, wanted, reply); err != nil {
				return fmt.Errorf("step %d: %w in %.600s", number+1, err, text(reply))
			}
		}
		if step.Keep != "" {
			kept["@"+step.Keep] = idIn(reply)
		}
	}
	return nil
}

func (runner *runner) has(module string) bool {
	available, known := runner.there[module]
	if !known {
		reply, err := runner.door.ask(runner.ctx, "module_available", fields{"moduleName": module}, nil)
		available = err == nil && reply["available"] == true
		runner.there[module] = available
	}
	return available
}

func idIn(reply fields) string {
	for _, name := range []string{"handleId", "sessionId"} {
		if id, ok := reply[name].(string); ok {
			return id
		}
	}
	return ""
}

// withKept is the same form with the ids that were kept in place of their names.
func withKept(form any, kept map[string]string) any {
	switch form := form.(type) {
	case string:
		if id, ok := kept[form]; ok {
			return id
		}
	case []any:
		items := make([]any, len(form))
		for at, item := range form {
			items[at] = withKept(item, kept)
		}
		return items
	case map[string]any:
		items := make(map[string]any, len(form))
		for name, item := range form {
			items[name] = withKept(item, kept)
		}
		return items
	}
	return form
}
