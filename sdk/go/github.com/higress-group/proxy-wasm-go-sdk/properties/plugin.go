package properties

// The plugin, its route and cluster, its listener.

// GetPluginName is the name of the plugin in the configuration.
func GetPluginName() (string, error) { return textOf("plugin_name") }

// GetPluginRootId is the root id of the plugin.
func GetPluginRootId() (string, error) { return textOf("plugin_root_id") }

// GetPluginVmId is the vm_id of the plugin.
func GetPluginVmId() (string, error) { return textOf("plugin_vm_id") }

// GetClusterName is the name of the upstream cluster.
func GetClusterName() (string, error) { return textOf("cluster_name") }

// GetRouteName is the name of the route.
func GetRouteName() (string, error) { return textOf("route_name") }

// GetClusterMetadata is the Istio metadata of the cluster.
func GetClusterMetadata() (IstioFilterMetadata, error) {
	return istioOf("node", "cluster_metadata", "filter_metadata", "istio")
}

// GetListenerMetadata is the Istio metadata of the listener.
func GetListenerMetadata() (IstioFilterMetadata, error) {
	return istioOf("node", "listener_metadata", "filter_metadata", "istio")
}

// GetRouteMetadata is the Istio metadata of the route.
func GetRouteMetadata() (IstioFilterMetadata, error) {
	return istioOf("node", "route_metadata", "filter_metadata", "istio")
}

// GetUpstreamHostMetadata is the Istio metadata of the upstream host.
func GetUpstreamHostMetadata() (IstioFilterMetadata, error) {
	return istioOf("node", "upstream_host_metadata", "filter_metadata", "istio")
}

// GetListenerDirection is which traffic the listener is for.
func GetListenerDirection() (EnvoyTrafficDirection, error) {
	value, err := numberOf("listener_direction")
	return EnvoyTrafficDirection(value), err
}
