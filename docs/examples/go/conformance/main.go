// Runs the cases of contract/wire/conformance against a server, over gRPC:
//
//	BEEP_TOKEN=… go run ./conformance ADDRESS CASES_FILE
//
// It prints what is wrong, and how many cases there were; and ends with 1 when something is.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"beep-example/beep"
)

// A deadline for what hangs, not a measure.
const deadline = 5 * time.Minute

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: BEEP_TOKEN=… go run ./conformance ADDRESS CASES_FILE")
	}
	groups, err := readGroups(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	python, err := beep.Connect(os.Args[1], os.Getenv("BEEP_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	defer python.Close()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	runner := runner{ctx: ctx, door: door{python}, there: map[string]bool{}}
	for _, group := range groups {
		for _, one := range group.Cases {
			if err := runner.run(one); err != nil {
				runner.failed++
				fmt.Printf("%s, %s: %v\n", group.Name, one.Name, err)
			}
		}
	}
	fmt.Printf("%d passed, %d failed, %d left out\n", runner.ran-runner.failed, runner.failed, runner.leftOut)
	if runner.failed > 0 {
		os.Exit(1)
	}
}
