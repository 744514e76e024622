package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// A probe is repeated until Distinct different answers came, at least Least and at most Most times, and until Failures attempts in a row
// had no answer.
type probe struct {
	Netns     string `json:"netns"`
	Protocol  string `json:"protocol"` // "tcp" or "udp"
	Source    string `json:"source"`   // An address, or "" for the system's choice.
	To        string `json:"to"`       // "ADDRESS:PORT"
	Mark      int    `json:"mark"`     // SO_MARK, with which the client chooses the Node to send through.
	Group     string `json:"group"`    // Probes of a group in one namespace run one after the other.
	TimeoutMs int    `json:"timeoutMs"`
	Least     int    `json:"least"`
	Most      int    `json:"most"`
	Distinct  int    `json:"distinct"`
	Failures  int    `json:"failures"`
}

// result counts what happened. Answers are "NAME LOCAL PEER-ADDRESS"; a key of Failed is "refused", "timeout" or an error's text.
type result struct {
	Answers map[string]int `json:"answers"`
	Failed  map[string]int `json:"failed"`
}

const workersPerNamespace = 12

func probeAll(probes []probe) ([]result, error) {
	results := make([]result, len(probes))
	groups := map[string]map[string][]int{}
	for i, p := range probes {
		if groups[p.Netns] == nil {
			groups[p.Netns] = map[string][]int{}
		}
		group := p.Group
		if group == "" {
			group = fmt.Sprint(i)
		}
		groups[p.Netns][group] = append(groups[p.Netns][group], i)
	}
	var wait sync.WaitGroup
	var mutex sync.Mutex
	var failed error
	for netns, byGroup := range groups {
		queue := make(chan []int, len(byGroup))
		for _, indices := range byGroup {
			queue <- indices
		}
		close(queue)
		for range min(workersPerNamespace, len(byGroup)) {
			wait.Add(1)
			go func() {
				defer wait.Done()
				runtime.LockOSThread()
				if err := enter(netns); err != nil {
					mutex.Lock()
					failed = err
					mutex.Unlock()
					return
				}
				for indices := range queue {
					for _, i := range indices {
						results[i] = probes[i].run()
					}
				}
			}()
		}
	}
	wait.Wait()
	return results, failed
}

func (p probe) run() result {
	r := result{Answers: map[string]int{}, Failed: map[string]int{}}
	failures := 0
	for attempt := 1; attempt <= p.Most; attempt++ {
		text, err := p.once()
		if err == nil {
			failures = 0
			r.Answers[text]++
		} else {
			failures++
			r.Failed[kind(err)]++
		}
		if attempt >= p.Least && (failures >= p.Failures || (failures == 0 && len(r.Answers) >= p.Distinct)) {
			break
		}
	}
	return r
}

func (p probe) once() (string, error) {
	timeout := time.Duration(p.TimeoutMs) * time.Millisecond
	deadline := time.Now().Add(timeout)
	dialer := net.Dialer{Deadline: deadline, KeepAlive: -1, Control: p.mark}
	if p.Source != "" {
		ip := net.ParseIP(p.Source)
		dialer.LocalAddr = &net.TCPAddr{IP: ip}
		if p.Protocol == "udp" {
			dialer.LocalAddr = &net.UDPAddr{IP: ip}
		}
	}
	connection, err := dialer.Dial(p.Protocol, p.To)
	if err != nil {
		return "", err
	}
	defer connection.Close()
	_ = connection.SetDeadline(deadline)
	var text []byte
	if p.Protocol == "tcp" {
		text, err = io.ReadAll(connection)
	} else {
		// A rule that stops an outgoing packet makes the write fail; the following read shows whether it rejects or drops.
		if _, err = connection.Write([]byte("?")); err != nil && !errors.Is(err, syscall.EPERM) {
			return "", err
		}
		buffer := make([]byte, 512)
		var n int
		n, err = connection.Read(buffer)
		text = buffer[:n]
	}
	if err != nil {
		return "", err
	}
	var name, local, peer string
	if _, err := fmt.Sscan(string(text), &name, &local, &peer); err != nil {
		return "", fmt.Errorf("an answer that is none: %q", text)
	}
	address, err := netip.ParseAddrPort(peer)
	if err != nil {
		return "", err
	}
	return name + " " + local + " " + address.Addr().String(), nil
}

func (p probe) mark(_, _ string, raw syscall.RawConn) (err error) {
	if p.Mark == 0 {
		return nil
	}
	failed := raw.Control(func(fd uintptr) {
		err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_MARK, p.Mark)
	})
	return errors.Join(failed, err)
}

func kind(err error) string {
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "timeout"
	}
	var network net.Error
	if errors.As(err, &network) && network.Timeout() {
		return "timeout"
	}
	var number syscall.Errno
	if errors.As(err, &number) {
		return number.Error()
	}
	return err.Error()
}
