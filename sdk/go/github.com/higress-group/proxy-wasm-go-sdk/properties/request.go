package properties

import "time"

// The request; most are there from the request headers on.

// GetRequestPath is the path with its query.
func GetRequestPath() (string, error) { return textOf("request", "path") }

// GetRequestUrlPath is the path without its query.
func GetRequestUrlPath() (string, error) { return textOf("request", "url_path") }

// GetRequestHost is the host of the request.
func GetRequestHost() (string, error) { return textOf("request", "host") }

// GetRequestScheme is the scheme of the request.
func GetRequestScheme() (string, error) { return textOf("request", "scheme") }

// GetRequestMethod is the method of the request.
func GetRequestMethod() (string, error) { return textOf("request", "method") }

// GetRequestHeaders is the headers of the request, by lower-case name.
func GetRequestHeaders() (map[string]string, error) { return mapOf("request", "headers") }

// GetRequestReferer is the referer header.
func GetRequestReferer() (string, error) { return textOf("request", "referer") }

// GetRequestUserAgent is the user-agent header.
func GetRequestUserAgent() (string, error) { return textOf("request", "useragent") }

// GetRequestId is the x-request-id header.
func GetRequestId() (string, error) { return textOf("request", "id") }

// GetRequestProtocol is the protocol, e.g. HTTP/1.1.
func GetRequestProtocol() (string, error) { return textOf("request", "protocol") }

// GetRequestQuery is the query without its question mark.
func GetRequestQuery() (string, error) { return textOf("request", "query") }

// GetRequestDuration is how long the exchange took, nanoseconds; only when it has ended.
func GetRequestDuration() (uint64, error) { return numberOf("request", "duration") }

// GetRequestSize is the size of the body, bytes.
func GetRequestSize() (uint64, error) { return numberOf("request", "size") }

// GetRequestTotalSize is the size of headers and body, bytes.
func GetRequestTotalSize() (uint64, error) { return numberOf("request", "total_size") }

// GetRequestTime is when the request began, in UTC.
func GetRequestTime() (time.Time, error) {
	value, err := numberOf("request", "time")
	if err != nil {
		return time.Now(), err
	}
	return time.Unix(0, int64(value)).UTC(), nil
}
