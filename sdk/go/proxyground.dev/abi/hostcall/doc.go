// Package hostcall is the gateway as Go sees it: the host functions of proxy-wasm 0.2.x and Higress with Go types.
// Every generation of the SDK is a thin layer over it. Bytes and strings it returns are the caller's own: the host
// wrote them into a block allocated for this one result.
package hostcall
