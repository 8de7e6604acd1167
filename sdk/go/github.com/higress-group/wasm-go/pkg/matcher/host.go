package matcher

import "strings"

// MatchType says how a domain pattern is compared.
type MatchType int

const (
	// Prefix patterns end with a star.
	Prefix MatchType = iota
	// Exact patterns have no star.
	Exact
	// Suffix patterns begin with a star.
	Suffix
)

// HostMatcher is one pattern of _match_domain_.
type HostMatcher struct {
	matchType MatchType
	host      string
}

func newHostMatcher(pattern string) HostMatcher {
	if rest, found := strings.CutPrefix(pattern, "*"); found {
		return HostMatcher{Suffix, rest}
	}
	if rest, found := strings.CutSuffix(pattern, "*"); found {
		return HostMatcher{Prefix, rest}
	}
	return HostMatcher{Exact, pattern}
}

func (m HostMatcher) matches(host string) bool {
	switch m.matchType {
	case Suffix:
		return strings.HasSuffix(host, m.host)
	case Prefix:
		return strings.HasPrefix(host, m.host)
	default:
		return host == m.host
	}
}

// The authority without its port. An IPv6 address keeps its brackets.
func withoutPort(authority string) string {
	colon := strings.LastIndexByte(authority, ':')
	if colon < 0 || strings.IndexByte(authority[colon:], ']') >= 0 {
		return authority
	}
	if strings.IndexByte(authority, ':') != colon && !strings.HasPrefix(authority, "[") {
		return authority // an IPv6 address without brackets has no port
	}
	return authority[:colon]
}

// Compares a pattern of _match_service_ ("fqdn" or "fqdn:port") with a cluster name "direction|port|subset|fqdn".
func matchesService(pattern, cluster string) bool {
	parts := strings.Split(cluster, "|")
	if len(parts) != 4 {
		return false
	}
	port, fqdn := parts[1], parts[3]
	return pattern == fqdn || pattern == fqdn+":"+port
}
