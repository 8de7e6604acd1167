package main

//go:embed a.txt
var a string

func main() { println(a) }
