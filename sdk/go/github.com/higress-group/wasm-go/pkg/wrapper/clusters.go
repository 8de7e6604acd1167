package wrapper

import (
	"fmt"
	"strings"

	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
)

// Cluster is where a call goes: the name of the host's cluster, and the authority of the calls to it.
type Cluster interface {
	ClusterName() string
	HostName() string
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// RouteCluster is the cluster of the request's own route.
type RouteCluster struct {
	Host string
}

// ClusterName is the host's property cluster_name.
func (c RouteCluster) ClusterName() string {
	name, err := proxywasm.GetProperty([]string{"cluster_name"})
	if err != nil {
		proxywasm.LogErrorf("get route cluster failed, err:%v", err)
	}
	return string(name)
}

// HostName is Host, or else the request's authority.
func (c RouteCluster) HostName() string {
	if c.Host != "" {
		return c.Host
	}
	return GetRequestHost()
}

// TargetCluster is a cluster by its full name.
type TargetCluster struct {
	Host    string
	Cluster string
}

// ClusterName is Cluster as it stands.
func (c TargetCluster) ClusterName() string { return c.Cluster }

// HostName is Host.
func (c TargetCluster) HostName() string { return c.Host }

// K8sCluster is a service of Kubernetes.
type K8sCluster struct {
	ServiceName string
	Namespace   string
	Port        int64
	Version     string
	Host        string
}

// ClusterName is outbound|port|version|service.namespace.svc.cluster.local; the namespace is default when it is empty.
func (c K8sCluster) ClusterName() string {
	return fmt.Sprintf("outbound|%d|%s|%s.%s.svc.cluster.local", c.Port, c.Version, c.ServiceName, firstOf(c.Namespace, "default"))
}

// HostName is Host, or else the service's name in the cluster.
func (c K8sCluster) HostName() string {
	return firstOf(c.Host, fmt.Sprintf("%s.%s.svc.cluster.local", c.ServiceName, c.Namespace))
}

// NacosCluster is a service in Nacos.
type NacosCluster struct {
	ServiceName string
	// Group is DEFAULT-GROUP when it is empty.
	Group       string
	NamespaceID string
	Port        int64
	// IsExtRegistry: the service is found by MSE's external registry.
	IsExtRegistry bool
	Version       string
	Host          string
}

// ClusterName is outbound|port|version|service.GROUP.namespace.nacos, or .nacos-ext.
func (c NacosCluster) ClusterName() string {
	group := strings.ReplaceAll(firstOf(c.Group, "DEFAULT-GROUP"), "_", "-")
	registry := "nacos"
	if c.IsExtRegistry {
		registry = "nacos-ext"
	}
	return fmt.Sprintf("outbound|%d|%s|%s.%s.%s.%s", c.Port, c.Version, c.ServiceName, group, c.NamespaceID, registry)
}

// HostName is Host, or else the service's name.
func (c NacosCluster) HostName() string { return firstOf(c.Host, c.ServiceName) }

// StaticIpCluster is a service with fixed addresses. Its port is 80 whatever port the addresses have.
type StaticIpCluster struct {
	ServiceName string
	Port        int64
	Host        string
}

// ClusterName is outbound|port||name.static.
func (c StaticIpCluster) ClusterName() string {
	return fmt.Sprintf("outbound|%d||%s.static", c.Port, c.ServiceName)
}

// HostName is Host, or else the service's name.
func (c StaticIpCluster) HostName() string { return firstOf(c.Host, c.ServiceName) }

// DnsCluster is a service that DNS finds.
type DnsCluster struct {
	ServiceName string
	Domain      string
	Port        int64
}

// ClusterName is outbound|port||name.dns.
func (c DnsCluster) ClusterName() string {
	return fmt.Sprintf("outbound|%d||%s.dns", c.Port, c.ServiceName)
}

// HostName is Domain.
func (c DnsCluster) HostName() string { return c.Domain }

// ConsulCluster is a service in Consul.
type ConsulCluster struct {
	ServiceName string
	Datacenter  string
	Port        int64
	Host        string
}

// ClusterName is outbound|port||service.datacenter.consul.
func (c ConsulCluster) ClusterName() string {
	return fmt.Sprintf("outbound|%d||%s.%s.consul", c.Port, c.ServiceName, c.Datacenter)
}

// HostName is Host, or else the service's name.
func (c ConsulCluster) HostName() string { return firstOf(c.Host, c.ServiceName) }

// FQDNCluster is a service by its full domain name.
type FQDNCluster struct {
	FQDN string
	Host string
	Port int64
}

// ClusterName is outbound|port||fqdn.
func (c FQDNCluster) ClusterName() string { return fmt.Sprintf("outbound|%d||%s", c.Port, c.FQDN) }

// HostName is Host, or else FQDN.
func (c FQDNCluster) HostName() string { return firstOf(c.Host, c.FQDN) }
