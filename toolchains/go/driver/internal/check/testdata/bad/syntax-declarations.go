package main

x := 1

type T struct {
	a int,
	b string
}

func (a, b T) m() {}

import "fmt"

func () {}

var

const c

func main() {}
