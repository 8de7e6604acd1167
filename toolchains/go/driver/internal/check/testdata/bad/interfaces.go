package main

import "io"

type R struct{}

func (*R) Read(p []byte) (int, error) { return 0, nil }

type S struct{}

func (S) Read(p []byte) int { return 0 }

func main() {
	var r io.Reader = R{}
	r = S{}
	r = 5
	_ = r.(*S)
	var e error = "x"
	_ = e
}
