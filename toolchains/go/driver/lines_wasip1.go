package main

// A c-shared module never runs main.
func serveLines() {}
