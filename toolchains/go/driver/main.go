// The driver of the Go toolchain in the tab: module and import graph, diagnostics and the editor's questions. Built for
// wasip1 it is a reactor (reactor_wasip1.go); elsewhere it answers one JSON request a line, for a look by hand:
//
//	driver -bundle folder < requests
package main

func main() {
	serveLines()
}
