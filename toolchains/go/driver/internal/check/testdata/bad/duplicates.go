package main

import "fmt"
import "fmt"

type T struct {
	a int
	a string
}

func (T) m() {}
func (T) m() {}

func f() {}
func f() {}

var f int

func main() {
	x := 1
	x := 2
	switch x {
	case 1:
	case 1:
	}
	_ = map[string]int{"a": 1, "a": 2}
	fmt.Println(x)
}
