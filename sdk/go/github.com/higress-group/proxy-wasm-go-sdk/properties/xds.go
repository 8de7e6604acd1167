package properties

// What the configuration says of cluster and route. Since Envoy 1.33 these take the place of GetClusterName, GetRouteName
// and the metadata functions beside them.

// GetXdsClusterName is the name of the upstream cluster.
func GetXdsClusterName() (string, error) { return textOf("xds", "cluster_name") }

// GetXdsClusterMetadata is the Istio metadata of the cluster.
func GetXdsClusterMetadata() (IstioFilterMetadata, error) {
	return istioOf("xds", "cluster_metadata", "filter_metadata", "istio")
}

// GetXdsRouteName is the name of the route.
func GetXdsRouteName() (string, error) { return textOf("xds", "route_name") }

// GetXdsRouteMetadata is the Istio metadata of the route.
func GetXdsRouteMetadata() (IstioFilterMetadata, error) {
	return istioOf("xds", "route_metadata", "filter_metadata", "istio")
}

// GetXdsUpstreamHostMetadata is the Istio metadata of the upstream host.
func GetXdsUpstreamHostMetadata() (IstioFilterMetadata, error) {
	return istioOf("xds", "upstream_host_metadata", "filter_metadata", "istio")
}

// GetXdsListenerFilterChainName is the name of the filter chain.
func GetXdsListenerFilterChainName() (string, error) { return textOf("xds", "filter_chain_name") }
