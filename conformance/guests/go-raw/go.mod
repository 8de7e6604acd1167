module example.com/go-raw

go 1.24
