module proxyground.dev/goapi

go 1.24.0
