module proxyground.dev/bench/plugin

go 1.24
