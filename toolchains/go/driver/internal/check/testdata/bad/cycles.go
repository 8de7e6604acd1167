package main

type T struct{ t T }

var a = b
var b = a

type I interface{ I }

const x = y
const y = x

func main() {}
