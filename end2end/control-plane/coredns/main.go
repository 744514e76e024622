// CoreDNS with the plugins that the tests need, and a client that asks it.
//
//	coredns -conf COREFILE     serves
//	coredns ask ADDRESS        asks what stands on stdin, one question in JSON a line, and answers each with a line
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	"github.com/miekg/dns"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == "ask" {
		ask(os.Args[2])
		return
	}
	dnsserver.Directives = []string{"bind", "errors", "kubernetes"}
	coremain.Run()
}

// A question: a name as a program gives it to its resolver, with the search list of the resolver. The types are asked for together.
type question struct {
	Name   string   `json:"name"`
	Types  []string `json:"types"`
	Search []string `json:"search"`
}

// An answer: NOERROR with records, NODATA or NXDOMAIN.
type answer struct {
	Rcode   string   `json:"rcode"`
	Records []string `json:"records"`
	// The names for which the server failed: there is no server for those outside its zones.
	Failed []string `json:"failed"`
}

func ask(address string) {
	connection, err := dns.DialTimeout("tcp", address, 5*time.Second)
	check(err)
	input := bufio.NewScanner(os.Stdin)
	output := json.NewEncoder(os.Stdout)
	for input.Scan() {
		var question question
		check(json.Unmarshal(input.Bytes(), &question))
		check(output.Encode(resolve(connection, question)))
	}
	check(input.Err())
}

// resolve tries the names of the search list until one has a record.
func resolve(connection *dns.Conn, question question) answer {
	resolver := dns.ClientConfig{Search: question.Search, Ndots: 5}
	if len(question.Search) == 0 {
		resolver.Ndots = 1
	}
	result := answer{Rcode: "NXDOMAIN", Records: []string{}, Failed: []string{}}
	for _, name := range resolver.NameList(question.Name) {
		for _, text := range question.Types {
			reply := exchange(connection, name, dns.StringToType[text])
			switch {
			case reply.Rcode == dns.RcodeSuccess && len(reply.Answer) > 0:
				for _, record := range reply.Answer {
					result.Records = append(result.Records, shown(record))
				}
			case reply.Rcode == dns.RcodeSuccess:
				result.Rcode = "NODATA"
			case reply.Rcode == dns.RcodeServerFailure:
				result.Failed = append(result.Failed, name)
			case reply.Rcode != dns.RcodeNameError:
				check(fmt.Errorf("%s %s: %s", name, text, dns.RcodeToString[reply.Rcode]))
			}
		}
		if len(result.Records) > 0 {
			result.Rcode = "NOERROR"
			break
		}
	}
	return result
}

func exchange(connection *dns.Conn, name string, kind uint16) *dns.Msg {
	query := new(dns.Msg).SetQuestion(name, kind)
	check(connection.SetDeadline(time.Now().Add(10 * time.Second)))
	check(connection.WriteMsg(query))
	reply, err := connection.ReadMsg()
	check(err)
	if reply.Id != query.Id {
		check(fmt.Errorf("%s %s: the reply is to another query", name, dns.TypeToString[kind]))
	}
	return reply
}

// shown writes a record as kubehop does, in lower case and without the dot at the end of a name.
func shown(record dns.RR) string {
	value := ""
	switch record := record.(type) {
	case *dns.A:
		value = record.A.String()
	case *dns.AAAA:
		value = record.AAAA.String()
	case *dns.CNAME:
		value = record.Target
	case *dns.PTR:
		value = record.Ptr
	case *dns.SRV:
		value = fmt.Sprintf("%d %s", record.Port, record.Target)
	case *dns.TXT:
		value = strings.Join(record.Txt, "")
	default:
		value = record.String()
	}
	return dns.TypeToString[record.Header().Rrtype] + " " + strings.ToLower(strings.TrimSuffix(value, "."))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
