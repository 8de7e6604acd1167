package main

import "fmt"

func main() {
	名字 := "你好😀"; 数 := 1
	fmt.Println("世界", 名字 + 数)
	/* 注释 */ 未定义()
}
