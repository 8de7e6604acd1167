package main

import "fmt"

type T struct{ a int }

func main() {
	fmt.Printn("x")
	fmt.println()
	var t T
	t.b = 1
	t.A = 2
	strings.Split("", "")
	var u Unknown
	goto end
	break
}
