package properties

// The Istio proxy's configuration, part of the node's metadata.

// GetNodeMetaProxyConfigBinaryPath is the path of the proxy.
func GetNodeMetaProxyConfigBinaryPath() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "binaryPath")
}

// GetNodeMetaProxyConfigConcurrency is the number of workers.
func GetNodeMetaProxyConfigConcurrency() (float64, error) {
	return floatOf("node", "metadata", "PROXY_CONFIG", "concurrency")
}

// GetNodeMetaProxyConfigConfigPath is the folder of the generated configuration.
func GetNodeMetaProxyConfigConfigPath() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "configPath")
}

// GetNodeProxyConfigControlPlaneAuthPolicy is how the control plane is trusted.
func GetNodeProxyConfigControlPlaneAuthPolicy() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "controlPlaneAuthPolicy")
}

// GetNodeProxyConfigDiscoveryAddress is the address of the control plane.
func GetNodeProxyConfigDiscoveryAddress() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "discoveryAddress")
}

// GetNodeProxyConfigDrainDuration is how long connections may end at a hot restart.
func GetNodeProxyConfigDrainDuration() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "drainDuration")
}

// GetNodeProxyConfigExtraStatTags is additional tags of metrics.
func GetNodeProxyConfigExtraStatTags() ([]string, error) {
	return listOf("node", "metadata", "PROXY_CONFIG", "extraStatTags")
}

// GetNodeProxyConfigHoldApplicationUntilProxyStarts is whether the application waits for the proxy.
func GetNodeProxyConfigHoldApplicationUntilProxyStarts() (bool, error) {
	return flagOf("node", "metadata", "PROXY_CONFIG", "holdApplicationUntilProxyStarts")
}

// GetNodeProxyConfigProxyAdminPort is the port of the admin interface.
func GetNodeProxyConfigProxyAdminPort() (float64, error) {
	return floatOf("node", "metadata", "PROXY_CONFIG", "proxyAdminPort")
}

// GetNodeProxyConfigServiceCluster is the name of the service cluster.
func GetNodeProxyConfigServiceCluster() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "serviceCluster")
}

// GetNodeProxyConfigStatNameLength is the longest name of a metric.
func GetNodeProxyConfigStatNameLength() (float64, error) {
	return floatOf("node", "metadata", "PROXY_CONFIG", "statNameLength")
}

// GetNodeProxyConfigStatusPort is the port of the agent's status.
func GetNodeProxyConfigStatusPort() (float64, error) {
	return floatOf("node", "metadata", "PROXY_CONFIG", "statusPort")
}

// GetNodeProxyConfigTerminationDrainDuration is how long connections may end at shutdown.
func GetNodeProxyConfigTerminationDrainDuration() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "terminationDrainDuration")
}

// GetNodeProxyConfigTracingDatadogAddress is the address of Datadog.
func GetNodeProxyConfigTracingDatadogAddress() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "tracing", "datadog", "address")
}

// GetNodeProxyConfigTracingOpenCensusAgentAddress is the address of the OpenCensus agent.
func GetNodeProxyConfigTracingOpenCensusAgentAddress() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "tracing", "opencensusagent", "address")
}

// GetNodeProxyConfigTracingZipkinAddress is the address of Zipkin.
func GetNodeProxyConfigTracingZipkinAddress() (string, error) {
	return textOf("node", "metadata", "PROXY_CONFIG", "tracing", "zipkin", "address")
}

// GetNodeProxyConfigProxyStatsMatcher is which metrics are kept. It is an error only if nothing of it is known.
func GetNodeProxyConfigProxyStatsMatcher() (IstioProxyStatsMatcher, error) {
	matcher := []string{"node", "metadata", "PROXY_CONFIG", "proxyStatsMatcher"}
	prefixes, noPrefixes := listOf(append(matcher, "inclusionPrefixes")...)
	regexps, noRegexps := listOf(append(matcher, "inclusionRegexps")...)
	suffixes, noSuffixes := listOf(append(matcher, "inclusionSuffixes")...)
	found := IstioProxyStatsMatcher{InclusionPrefixes: prefixes, InclusionRegexps: regexps, InclusionSuffixes: suffixes}
	return found, unlessAny(noPrefixes, noRegexps, noSuffixes)
}
