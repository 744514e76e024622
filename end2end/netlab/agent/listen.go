package main

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// listen answers on each port with "NAME LOCAL PEER": the name of the namespace, the address and port at which the packet arrived, and
// those that it came from.
func listen(c command) error {
	for _, number := range c.Ports {
		port := strconv.Itoa(number)
		for _, address := range c.TCP {
			tcp, err := net.Listen("tcp", net.JoinHostPort(address, port))
			if err != nil {
				return err
			}
			go serveTCP(c.Name, tcp)
		}
		if !c.UDP {
			continue
		}
		for _, network := range []string{"udp4", "udp6"} {
			config := net.ListenConfig{Control: wantDestination(network)}
			udp, err := config.ListenPacket(context.Background(), network, ":"+port)
			if err != nil {
				return err
			}
			go serveUDP(c.Name, udp.(*net.UDPConn), number)
		}
	}
	return nil
}

func serveTCP(name string, listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			time.Sleep(10 * time.Millisecond) // A connection that was reset, or too many files.
			continue
		}
		_ = connection.SetDeadline(time.Now().Add(5 * time.Second))
		fmt.Fprint(connection, reply(name, connection.LocalAddr().String(), connection.RemoteAddr().String()))
		connection.Close()
	}
}

// serveUDP answers from the address to which the packet was sent, which a wildcard socket does not do by itself.
func serveUDP(name string, connection *net.UDPConn, port int) {
	data, control := make([]byte, 512), make([]byte, 128)
	for {
		_, n, _, peer, err := connection.ReadMsgUDPAddrPort(data, control)
		if err != nil {
			continue
		}
		local, back, ok := destination(control[:n])
		if !ok {
			continue
		}
		text := reply(name, netip.AddrPortFrom(local, uint16(port)).String(), peer.String())
		_, _, _ = connection.WriteMsgUDPAddrPort([]byte(text), back, peer)
	}
}

func reply(name, local, peer string) string {
	clean := func(address string) string {
		parsed, err := netip.ParseAddrPort(address)
		if err != nil {
			return address
		}
		return netip.AddrPortFrom(parsed.Addr().Unmap(), parsed.Port()).String()
	}
	return strings.Join([]string{name, clean(local), clean(peer)}, " ")
}

func wantDestination(network string) func(string, string, syscall.RawConn) error {
	return func(_, _ string, raw syscall.RawConn) (err error) {
		failed := raw.Control(func(fd uintptr) {
			if network == "udp4" {
				err = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_IP, syscall.IP_PKTINFO, 1)
			} else {
				err = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_IPV6, syscall.IPV6_RECVPKTINFO, 1)
			}
		})
		if failed != nil {
			return failed
		}
		return err
	}
}

// destination reads the packet's destination from its control message, and turns the message into one that makes it the source of the
// answer. The message names no interface, so the routes decide.
func destination(control []byte) (netip.Addr, []byte, bool) {
	messages, err := syscall.ParseSocketControlMessage(control)
	if err != nil {
		return netip.Addr{}, nil, false
	}
	for _, message := range messages {
		switch {
		case message.Header.Level == syscall.IPPROTO_IP && message.Header.Type == syscall.IP_PKTINFO:
			info := (*syscall.Inet4Pktinfo)(unsafe.Pointer(&message.Data[0]))
			info.Ifindex, info.Spec_dst = 0, info.Addr
			return netip.AddrFrom4(info.Addr), control, true
		case message.Header.Level == syscall.IPPROTO_IPV6 && message.Header.Type == syscall.IPV6_PKTINFO:
			info := (*syscall.Inet6Pktinfo)(unsafe.Pointer(&message.Data[0]))
			info.Ifindex = 0
			return netip.AddrFrom16(info.Addr), control, true
		}
	}
	return netip.Addr{}, nil, false
}
