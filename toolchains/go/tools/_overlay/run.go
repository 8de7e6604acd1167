// Laid into cmd/compile and cmd/link (scripts/toolchain-go/warm.mjs): the program as a reactor, whose memory is set back
// between runs in place of starting anew.

package main

import (
	"os"
	"strings"
)

//go:wasmimport wasi_snapshot_preview1 args_sizes_get
func argumentSizes(count, size *uint32) uint32

//go:wasmimport wasi_snapshot_preview1 args_get
func argumentTexts(places *uint32, text *byte) uint32

// The runtime has read the arguments when it started; those of this run are read here.
func readArguments() {
	var count, size uint32
	if argumentSizes(&count, &size) != 0 || count == 0 || size == 0 {
		panic("the arguments cannot be read")
	}
	places, text := make([]uint32, count), make([]byte, size)
	if argumentTexts(&places[0], &text[0]) != 0 {
		panic("the arguments cannot be read")
	}
	os.Args = strings.Split(strings.TrimSuffix(string(text), "\x00"), "\x00")
}

// Runs the program with the arguments that the host has now. It does not return: it exits.
//
//go:wasmexport proxyground_run
func run() {
	readArguments()
	main()
	os.Exit(0)
}
