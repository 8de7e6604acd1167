package main

func f()

func g(int) string

func main() {}
