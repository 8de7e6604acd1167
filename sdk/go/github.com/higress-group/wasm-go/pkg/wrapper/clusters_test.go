package wrapper

import "testing"

func TestClusterNamesAndAuthorities(t *testing.T) {
	cases := []struct {
		cluster    Cluster
		name, host string
	}{
		{TargetCluster{Host: "h", Cluster: "outbound|80||a.static"}, "outbound|80||a.static", "h"},
		{K8sCluster{ServiceName: "svc", Namespace: "ns", Port: 80}, "outbound|80||svc.ns.svc.cluster.local", "svc.ns.svc.cluster.local"},
		{K8sCluster{ServiceName: "svc", Port: 80, Version: "v1"}, "outbound|80|v1|svc.default.svc.cluster.local", "svc..svc.cluster.local"},
		{K8sCluster{ServiceName: "svc", Port: 80, Host: "h"}, "outbound|80||svc.default.svc.cluster.local", "h"},
		{NacosCluster{ServiceName: "svc", NamespaceID: "public", Port: 80}, "outbound|80||svc.DEFAULT-GROUP.public.nacos", "svc"},
		{NacosCluster{ServiceName: "svc", NamespaceID: "n", Group: "MY_GROUP", Port: 80, IsExtRegistry: true}, "outbound|80||svc.MY-GROUP.n.nacos-ext", "svc"},
		{StaticIpCluster{ServiceName: "svc", Port: 80}, "outbound|80||svc.static", "svc"},
		{DnsCluster{ServiceName: "svc", Domain: "d.com", Port: 443}, "outbound|443||svc.dns", "d.com"},
		{ConsulCluster{ServiceName: "svc", Datacenter: "dc", Port: 80}, "outbound|80||svc.dc.consul", "svc"},
		{FQDNCluster{FQDN: "a.dns", Port: 80}, "outbound|80||a.dns", "a.dns"},
		{FQDNCluster{FQDN: "a.dns", Host: "h", Port: 80}, "outbound|80||a.dns", "h"},
	}
	for _, c := range cases {
		if got := c.cluster.ClusterName(); got != c.name {
			t.Errorf("%+v: cluster %q, want %q", c.cluster, got, c.name)
		}
		if got := c.cluster.HostName(); got != c.host {
			t.Errorf("%+v: host %q, want %q", c.cluster, got, c.host)
		}
	}
}
