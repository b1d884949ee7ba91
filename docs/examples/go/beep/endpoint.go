package beep

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Endpoint is what a running gRPC server tells the programs of its user.
type Endpoint struct {
	Transport, Address, Token string
}

// Find reads the endpoint file of the server called name.
func Find(name string) (*Endpoint, error) {
	home := os.Getenv("BEEP_HOME")
	if home == "" {
		user, err := os.UserHomeDir()
		if err != nil {
			return nil, err
		}
		home = filepath.Join(user, ".beep-python")
	}
	text, err := os.ReadFile(filepath.Join(home, "endpoints", name+".json"))
	if err != nil {
		return nil, fmt.Errorf("no server called %s is running: %w", name, err)
	}
	var found Endpoint
	if err := json.Unmarshal(text, &found); err != nil {
		return nil, err
	}
	if found.Transport != "rpc" {
		return nil, fmt.Errorf("%s is a server over %s, and this program speaks gRPC", name, found.Transport)
	}
	return &found, nil
}
