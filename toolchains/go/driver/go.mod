module proxyground.dev/driver

go 1.24
