package main

func (int) m() {}

func (t *Missing) n() {}

type P *int

func (P) q() {}

func init() int { return 1 }

func main(a int) {}

func use() { init() }
