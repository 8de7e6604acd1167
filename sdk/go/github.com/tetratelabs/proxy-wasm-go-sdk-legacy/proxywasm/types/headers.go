// Package types holds what callbacks answer with.
package types

// Headers are pairs of name and value, in order.
type Headers = [][2]string

// Trailers are pairs of name and value, in order.
type Trailers = [][2]string
