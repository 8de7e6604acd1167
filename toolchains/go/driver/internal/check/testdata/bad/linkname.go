package main

//go:linkname now time.now
func now() int64

func main() {}
