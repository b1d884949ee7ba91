package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
)

// fields is a JSON object, with numbers as they are written.
type fields map[string]any

func (object *fields) UnmarshalJSON(text []byte) error {
	decoded, err := decode(string(text))
	if err != nil {
		return err
	}
	*object, _ = decoded.(map[string]any)
	return nil
}

func decode(text string) (any, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var form any
	err := decoder.Decode(&form)
	return form, err
}

// text is a form as JSON, and nothing where there is none.
func text(form any) string {
	if form == nil {
		return ""
	}
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(form); err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(written.String(), "\n")
}

// inPlace is the same form with what was attached as base64 in its place.
func inPlace(form any, attachments [][]byte) any {
	switch form := form.(type) {
	case []any:
		for at, item := range form {
			form[at] = inPlace(item, attachments)
		}
	case map[string]any:
		for name, item := range form {
			form[name] = inPlace(item, attachments)
		}
		number, attached := form["attachment"].(json.Number)
		if _, tagged := form["$type"]; tagged && attached {
			at, _ := number.Int64()
			delete(form, "attachment")
			form["base64"] = base64.StdEncoding.EncodeToString(attachments[at])
		}
	}
	return form
}

// same compares as JSON: 1 and 1.0 are the same, the two zeros are not where both are floats.
func same(one, other any) bool {
	switch one := one.(type) {
	case []any:
		list, ok := other.([]any)
		if !ok || len(one) != len(list) {
			return false
		}
		for at := range one {
			if !same(one[at], list[at]) {
				return false
			}
		}
		return true
	case map[string]any:
		object, ok := other.(map[string]any)
		if !ok || len(one) != len(object) {
			return false
		}
		for name := range one {
			item, there := object[name]
			if !there || !same(one[name], item) {
				return false
			}
		}
		return true
	case json.Number:
		number, ok := other.(json.Number)
		return ok && sameNumber(one.String(), number.String())
	}
	return reflect.DeepEqual(one, other)
}

func sameNumber(one, other string) bool {
	if one == other {
		return true
	}
	exact, ok := new(big.Rat).SetString(one)
	exactOther, okOther := new(big.Rat).SetString(other)
	if !ok || !okOther || exact.Cmp(exactOther) != 0 {
		return false
	}
	bothFloats := strings.ContainsAny(one, ".eE") && strings.ContainsAny(other, ".eE")
	return !bothFloats || strings.HasPrefix(one, "-") == strings.HasPrefix(other, "-")
}

// check says what is wrong with the reply where it does not agree with one of the things expected of it.
func check(name string, wanted any, reply fields) error {
	var found any
	isSo := false
	switch name {
	case "value":
		found = reply["value"]
		isSo = reply["isHandle"] == false && same(found, wanted)
	case "handle":
		id, _ := reply["handleId"].(string)
		found = pick(reply, wanted)
		isSo = reply["isHandle"] == true && id != "" && same(found, wanted)
	case "fields":
		found = pick(reply, wanted)
		isSo = same(found, wanted)
	case "error":
		details, _ := reply["details"].(map[string]any)
		found = pick(fields{"code": reply["code"], "exceptionType": details["exceptionType"]}, wanted)
		isSo = reply["error"] != nil && same(found, wanted)
	case "array", "table":
		data, _ := reply["data"].(map[string]any)
		found = pick(data, wanted)
		isSo = data["$type"] == name && same(found, wanted)
	case "typeName", "stdout", "stderr":
		found = reply[name]
		isSo = same(found, wanted)
	default:
		return fmt.Errorf("the cases expect %q, which this program does not know", name)
	}
	if isSo {
		return nil
	}
	return fmt.Errorf("%s should be %.300s, and is %.300s", name, text(wanted), text(found))
}

// pick leaves of an object the fields that another one has.
func pick(object map[string]any, wanted any) any {
	picked := map[string]any{}
	names, _ := wanted.(map[string]any)
	for name := range names {
		picked[name] = object[name]
	}
	return picked
}
