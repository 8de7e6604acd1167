package main

import (
	"fmt"
	"os"
	str "strings"
)

func main() {
	x := 1
	y, z := 1, 2
	_ = z
	fmt.Println()
	for i, v := range []int{1} {
	}
}
