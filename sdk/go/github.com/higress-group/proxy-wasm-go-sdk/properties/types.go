package properties

import "fmt"

// EnvoyTrafficDirection is which traffic a listener is for.
type EnvoyTrafficDirection int

const (
	// EnvoyTrafficDirectionUnspecified is no direction in particular.
	EnvoyTrafficDirectionUnspecified EnvoyTrafficDirection = iota
	// EnvoyTrafficDirectionInbound is traffic to the application.
	EnvoyTrafficDirectionInbound
	// EnvoyTrafficDirectionOutbound is traffic from the application.
	EnvoyTrafficDirectionOutbound
)

// String is the name in the configuration.
func (t EnvoyTrafficDirection) String() string {
	switch t {
	case EnvoyTrafficDirectionInbound:
		return "INBOUND"
	case EnvoyTrafficDirectionOutbound:
		return "OUTBOUND"
	}
	return "UNSPECIFIED"
}

// EnvoyLocality is where the gateway runs.
type EnvoyLocality struct {
	Region  string
	Zone    string
	Subzone string
}

// EnvoyExtension is an extension the gateway is built with.
type EnvoyExtension struct {
	Name     string
	Category string
	TypeUrls []string
}

// IstioFilterMetadata is what Istio notes on clusters, routes and hosts.
type IstioFilterMetadata struct {
	Config   string
	Services []IstioService
}

// IstioService is a service of IstioFilterMetadata.
type IstioService struct {
	Host      string
	Name      string
	Namespace string
}

// IstioProxyStatsMatcher is which metrics are kept.
type IstioProxyStatsMatcher struct {
	InclusionPrefixes []string
	InclusionRegexps  []string
	InclusionSuffixes []string
}

// IstioTrafficInterceptionMode is how traffic is led to the gateway.
type IstioTrafficInterceptionMode int

const (
	// IstioTrafficInterceptionModeNone: not by iptables.
	IstioTrafficInterceptionModeNone IstioTrafficInterceptionMode = iota
	// IstioTrafficInterceptionModeTproxy: by iptables with TPROXY.
	IstioTrafficInterceptionModeTproxy
	// IstioTrafficInterceptionModeRedirect: by iptables with REDIRECT, the default.
	IstioTrafficInterceptionModeRedirect
)

// String is the name in the configuration.
func (t IstioTrafficInterceptionMode) String() string {
	switch t {
	case IstioTrafficInterceptionModeNone:
		return "NONE"
	case IstioTrafficInterceptionModeTproxy:
		return "TPROXY"
	}
	return "REDIRECT"
}

// ParseIstioTrafficInterceptionMode reads the name in the configuration.
func ParseIstioTrafficInterceptionMode(s string) (IstioTrafficInterceptionMode, error) {
	switch s {
	case "NONE":
		return IstioTrafficInterceptionModeNone, nil
	case "TPROXY":
		return IstioTrafficInterceptionModeTproxy, nil
	case "REDIRECT":
		return IstioTrafficInterceptionModeRedirect, nil
	}
	return IstioTrafficInterceptionModeRedirect, fmt.Errorf("invalid IstioTrafficInterceptionMode: %s", s)
}
