package properties

// The response; there once its headers exist, all of it when the exchange has ended.

// GetResponseCode is the status code.
func GetResponseCode() (uint64, error) { return numberOf("response", "code") }

// GetResponseCodeDetails is where the response is from: via_upstream, or the details of a local reply.
func GetResponseCodeDetails() (string, error) { return textOf("response", "code_details") }

// GetResponseFlags is the response flags of the access log, as bits.
func GetResponseFlags() (uint64, error) { return numberOf("response", "flags") }

// GetResponseGrpcStatusCode is the gRPC status.
func GetResponseGrpcStatusCode() (uint64, error) { return numberOf("response", "grpc_status") }

// GetResponseHeaders is the headers of the response, by lower-case name.
func GetResponseHeaders() (map[string]string, error) { return mapOf("response", "headers") }

// GetResponseTrailers is the trailers of the response, by lower-case name.
func GetResponseTrailers() (map[string]string, error) { return mapOf("response", "trailers") }

// GetResponseSize is the size of the body, bytes.
func GetResponseSize() (uint64, error) { return numberOf("response", "size") }

// GetResponseTotalSize is the size of headers and body, bytes.
func GetResponseTotalSize() (uint64, error) { return numberOf("response", "total_size") }
