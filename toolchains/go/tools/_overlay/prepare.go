// Laid into cmd/link beside run.go: a link in two steps, with a rest between them in which the host keeps the memory.

package main

import (
	"os"

	"cmd/link/internal/ld"
)

var (
	reached = make(chan struct{})
	resume  = make(chan struct{})
)

// Loads everything that the package main needs, and comes back before main itself counts.
//
//go:wasmexport proxyground_prepare
func prepare() {
	readArguments()
	ld.ProxygroundCheckpoint = func() {
		reached <- struct{}{}
		<-resume
	}
	go func() {
		main()
		os.Exit(0)
	}()
	<-reached
}

// Reads main as it is now and links. It does not return: it exits.
//
//go:wasmexport proxyground_finish
func finish() {
	close(resume)
	select {}
}
