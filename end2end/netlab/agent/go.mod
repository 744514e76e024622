module kubehop.test/netlab/agent

go 1.26.0
