// Command agent listens and probes in every network namespace of the laboratory, as one process.
//
// It reads one JSON command a line from stdin and writes one JSON answer a line to stdout. A socket belongs to the namespace of the
// thread that makes it, so sockets are made on locked threads that have entered the namespace; threads end with their goroutine.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"syscall"
)

type command struct {
	ID     int      `json:"id"`
	Do     string   `json:"do"` // "listen" or "probe"
	Netns  string   `json:"netns"`
	Name   string   `json:"name"`
	Ports  []int    `json:"ports"`
	TCP    []string `json:"tcp"` // Addresses to listen on; "" is all of them.
	UDP    bool     `json:"udp"` // Whether to listen on all of them.
	Probes []probe  `json:"probes"`
}

type answer struct {
	ID      int      `json:"id"`
	Error   string   `json:"error,omitempty"`
	Results []result `json:"results,omitempty"`
}

func main() {
	input := bufio.NewReaderSize(os.Stdin, 1<<20)
	output := json.NewEncoder(os.Stdout)
	decoder := json.NewDecoder(input)
	for {
		var c command
		if err := decoder.Decode(&c); err != nil {
			return // The laboratory has ended.
		}
		a := answer{ID: c.ID}
		switch c.Do {
		case "listen":
			if err := inNamespace(c.Netns, func() error { return listen(c) }); err != nil {
				a.Error = err.Error()
			}
		case "probe":
			results, err := probeAll(c.Probes)
			a.Results = results
			if err != nil {
				a.Error = err.Error()
			}
		default:
			a.Error = "no command is called " + c.Do
		}
		if err := output.Encode(a); err != nil {
			return
		}
	}
}

// inNamespace runs work on its own thread in the named network namespace.
func inNamespace(name string, work func() error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // Never unlocked: the thread ends here, and no other goroutine gets it.
		if err := enter(name); err != nil {
			done <- err
			return
		}
		done <- work()
	}()
	return <-done
}

func enter(name string) error {
	file, err := os.Open("/run/netns/" + name)
	if err != nil {
		return err
	}
	defer file.Close()
	setns := map[string]uintptr{"amd64": 308, "arm64": 268}[runtime.GOARCH]
	if setns == 0 {
		return fmt.Errorf("the number of setns is not known for %s", runtime.GOARCH)
	}
	if _, _, errno := syscall.RawSyscall(setns, file.Fd(), syscall.CLONE_NEWNET, 0); errno != 0 {
		return fmt.Errorf("entering %s: %w", name, errno)
	}
	return nil
}
