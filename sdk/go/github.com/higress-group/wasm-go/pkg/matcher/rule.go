package matcher

import (
	"errors"
	"sort"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// Category says which kind of matcher decides about a rule; matchers of other kinds in the same rule are ignored.
type Category int

const (
	// Route compares the route's name.
	Route Category = iota
	// Host compares the domain of the request.
	Host
	// Service compares the cluster's service.
	Service
	// RoutePrefix compares the beginning of the route's name.
	RoutePrefix
	// RouteAndService needs both the route and the service.
	RouteAndService
)

// The keys of a configuration that the matcher reads.
const (
	RULES_KEY              = "_rules_"
	MATCH_ROUTE_KEY        = "_match_route_"
	MATCH_DOMAIN_KEY       = "_match_domain_"
	MATCH_SERVICE_KEY      = "_match_service_"
	MATCH_ROUTE_PREFIX_KEY = "_match_route_prefix_"
)

var errNoMatcher = errors.New("there is at least one of  '_match_route_', '_match_domain_', '_match_service_' and '_match_route_prefix_' can present in configuration.")

// RuleConfig is one entry of _rules_: its matchers and the plugin configuration that holds where they match.
type RuleConfig[PluginConfig any] struct{ rule }

// rule is a RuleConfig whose configuration is a pointer to the plugin's own struct.
type rule struct {
	category      Category
	routes        map[string]struct{}
	hosts         []HostMatcher
	services      map[string]struct{}
	routePrefixes map[string]struct{}
	config        any
}

func (r *rule) parseMatchers(json gjson.Result) error {
	r.routes = names(json.Get(MATCH_ROUTE_KEY))
	r.services = names(json.Get(MATCH_SERVICE_KEY))
	r.routePrefixes = names(json.Get(MATCH_ROUTE_PREFIX_KEY))
	for _, pattern := range json.Get(MATCH_DOMAIN_KEY).Array() {
		r.hosts = append(r.hosts, newHostMatcher(pattern.String()))
	}
	switch {
	case len(r.routes) > 0 && len(r.services) > 0:
		r.category = RouteAndService
	case len(r.routes) > 0:
		r.category = Route
	case len(r.hosts) > 0:
		r.category = Host
	case len(r.services) > 0:
		r.category = Service
	case len(r.routePrefixes) > 0:
		r.category = RoutePrefix
	default:
		return errNoMatcher
	}
	return nil
}

// The non-empty texts of a JSON array.
func names(list gjson.Result) map[string]struct{} {
	set := make(map[string]struct{})
	for _, item := range list.Array() {
		if name := item.String(); name != "" {
			set[name] = struct{}{}
		}
	}
	return set
}

// What a request is matched by.
type target struct{ host, route, cluster string }

func (r *rule) matches(t target) bool {
	switch r.category {
	case Route:
		return r.matchesRoute(t.route)
	case RouteAndService:
		return r.matchesRoute(t.route) && r.matchesService(t.cluster)
	case Host:
		for _, host := range r.hosts {
			if host.matches(t.host) {
				return true
			}
		}
		return false
	case Service:
		return r.matchesService(t.cluster)
	case RoutePrefix:
		for prefix := range r.routePrefixes {
			if strings.HasPrefix(t.route, prefix) {
				return true
			}
		}
		return false
	default:
		return false
	}
}

func (r *rule) matchesRoute(route string) bool {
	_, found := r.routes[route]
	return found
}

func (r *rule) matchesService(cluster string) bool {
	for service := range r.services {
		if matchesService(service, cluster) {
			return true
		}
	}
	return false
}

// GenerateHashKey names a rule by its matchers, so that a later version of the same rule has the same name.
func (r *rule) GenerateHashKey() string {
	hosts := make([]string, 0, len(r.hosts))
	for _, host := range r.hosts {
		hosts = append(hosts, strconv.Itoa(int(host.matchType))+host.host)
	}
	sort.Strings(hosts)
	parts := []string{
		strconv.Itoa(int(r.category)),
		strings.Join(sorted(r.routes), ","),
		strings.Join(hosts, ","),
		strings.Join(sorted(r.services), ","),
		strings.Join(sorted(r.routePrefixes), ","),
	}
	return strings.Join(parts, "|")
}

func sorted(set map[string]struct{}) []string {
	list := make([]string, 0, len(set))
	for name := range set {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}
