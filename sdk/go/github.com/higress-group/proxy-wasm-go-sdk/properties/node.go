package properties

// The gateway itself, as it was told to the control plane. Emulated gateways know none of this unless the project sets
// the properties.

// GetNodeId is the id of the gateway.
func GetNodeId() (string, error) { return textOf("node", "id") }

// GetNodeCluster is the cluster the gateway belongs to.
func GetNodeCluster() (string, error) { return textOf("node", "cluster") }

// GetNodeDynamicParams is parameters that change while the gateway runs.
func GetNodeDynamicParams() (string, error) { return textOf("node", "dynamic_parameters", "params") }

// GetNodeUserAgentName is what the gateway calls itself.
func GetNodeUserAgentName() (string, error) { return textOf("node", "user_agent_name") }

// GetNodeUserAgentVersion is the gateway's version.
func GetNodeUserAgentVersion() (string, error) { return textOf("node", "user_agent_version") }

// GetNodeUserAgentBuildVersion is the gateway's build.
func GetNodeUserAgentBuildVersion() (string, error) {
	return textOf("node", "user_agent_build_version", "metadata")
}

// GetNodeClientFeatures is the features the gateway knows.
func GetNodeClientFeatures() ([]string, error) { return listOf("node", "client_features") }

// GetNodeListeningAddresses is the addresses the gateway listens on.
func GetNodeListeningAddresses() ([]string, error) { return listOf("node", "listening_addresses") }

// GetNodeMetaAnnotations is the annotations of the node.
func GetNodeMetaAnnotations() (map[string]string, error) {
	return mapOf("node", "metadata", "ANNOTATIONS")
}

// GetNodeMetaAppContainers is the containers of the application.
func GetNodeMetaAppContainers() (string, error) { return textOf("node", "metadata", "APP_CONTAINERS") }

// GetNodeMetaClusterId is the id of the Kubernetes cluster.
func GetNodeMetaClusterId() (string, error) { return textOf("node", "metadata", "CLUSTER_ID") }

// GetNodeMetaEnvoyPrometheusPort is the port of Envoy's Prometheus metrics.
func GetNodeMetaEnvoyPrometheusPort() (float64, error) {
	return floatOf("node", "metadata", "ENVOY_PROMETHEUS_PORT")
}

// GetNodeMetaEnvoyStatusPort is the port of Envoy's status.
func GetNodeMetaEnvoyStatusPort() (float64, error) {
	return floatOf("node", "metadata", "ENVOY_STATUS_PORT")
}

// GetNodeMetaInstanceIps is the addresses of the instance.
func GetNodeMetaInstanceIps() (string, error) { return textOf("node", "metadata", "INSTANCE_IPS") }

// GetNodeMetaIstioProxySha is the revision of the Istio proxy.
func GetNodeMetaIstioProxySha() (string, error) { return textOf("node", "metadata", "ISTIO_PROXY_SHA") }

// GetNodeMetaIstioVersion is the version of Istio.
func GetNodeMetaIstioVersion() (string, error) { return textOf("node", "metadata", "ISTIO_VERSION") }

// GetNodeMetaLabels is the labels of the node.
func GetNodeMetaLabels() (map[string]string, error) { return mapOf("node", "metadata", "LABELS") }

// GetNodeMetaMeshId is the id of the mesh.
func GetNodeMetaMeshId() (string, error) { return textOf("node", "metadata", "MESH_ID") }

// GetNodeMetaName is the name of the pod.
func GetNodeMetaName() (string, error) { return textOf("node", "metadata", "NAME") }

// GetNodeMetaNamespace is the namespace of the pod.
func GetNodeMetaNamespace() (string, error) { return textOf("node", "metadata", "NAMESPACE") }

// GetNodeMetaNodeName is the name of the Kubernetes node.
func GetNodeMetaNodeName() (string, error) { return textOf("node", "metadata", "NODE_NAME") }

// GetNodeMetaOwner is what owns the pod.
func GetNodeMetaOwner() (string, error) { return textOf("node", "metadata", "OWNER") }

// GetNodeMetaPilotSan is the names in the control plane's certificate.
func GetNodeMetaPilotSan() ([]string, error) { return listOf("node", "metadata", "PILOT_SAN") }

// GetNodeMetaPodPorts is the ports of the pod.
func GetNodeMetaPodPorts() (string, error) { return textOf("node", "metadata", "POD_PORTS") }

// GetNodeMetaServiceAccount is the service account of the pod.
func GetNodeMetaServiceAccount() (string, error) {
	return textOf("node", "metadata", "SERVICE_ACCOUNT")
}

// GetNodeMetaWorkloadName is the name of the workload.
func GetNodeMetaWorkloadName() (string, error) { return textOf("node", "metadata", "WORKLOAD_NAME") }

// GetNodeMetaInterceptionMode is how traffic is led to the gateway.
func GetNodeMetaInterceptionMode() (IstioTrafficInterceptionMode, error) {
	text, err := textOf("node", "metadata", "INTERCEPTION_MODE")
	if err != nil {
		return IstioTrafficInterceptionModeRedirect, err
	}
	return ParseIstioTrafficInterceptionMode(text)
}

// GetNodeLocality is where the gateway runs. It is an error only if nothing of it is known.
func GetNodeLocality() (EnvoyLocality, error) {
	region, noRegion := textOf("node", "locality", "region")
	zone, noZone := textOf("node", "locality", "zone")
	subzone, noSubzone := textOf("node", "locality", "subzone")
	return EnvoyLocality{Region: region, Zone: zone, Subzone: subzone}, unlessAny(noRegion, noZone, noSubzone)
}

// GetNodeExtensions is the extensions the gateway is built with.
func GetNodeExtensions() ([]EnvoyExtension, error) {
	items, err := listOf("node", "extensions")
	if err != nil {
		return []EnvoyExtension{}, err
	}
	extensions := make([]EnvoyExtension, 0, len(items))
	for _, item := range items {
		extensions = append(extensions, parseExtension(item))
	}
	return extensions, nil
}
