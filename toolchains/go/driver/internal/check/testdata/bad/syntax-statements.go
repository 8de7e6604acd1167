package main

func main() {
	x := 1 2
	if x == 1
	{
	}
	for i := 0; i < 3; i++
	{
	}
	else {
	}
	var a int = 
	func g() {}
}
