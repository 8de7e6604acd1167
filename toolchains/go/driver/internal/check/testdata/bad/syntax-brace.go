package main

import "fmt"

func parse() error {
	if true {
		return nil
	return nil
}

func other(a int) {
	fmt.Println(a)
}

func main() {}
