module proxyground.dev/abi

go 1.24.0
