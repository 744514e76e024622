// The certificates of the test control plane. Standard library only, so there is no go.sum.
module kubehop.test/control-plane/certs

go 1.26.0
