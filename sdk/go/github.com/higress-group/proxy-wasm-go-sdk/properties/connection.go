package properties

// The connection to the client.

// GetDownstreamRemoteAddress is the address of the client, ip:port.
func GetDownstreamRemoteAddress() (string, error) { return textOf("source", "address") }

// GetDownstreamRemotePort is the port of the client.
func GetDownstreamRemotePort() (uint64, error) { return numberOf("source", "port") }

// GetDownstreamLocalAddress is the address the client connected to, ip:port.
func GetDownstreamLocalAddress() (string, error) { return textOf("destination", "address") }

// GetDownstreamLocalPort is the port the client connected to.
func GetDownstreamLocalPort() (uint64, error) { return numberOf("destination", "port") }

// GetDownstreamConnectionID is the number of the connection to the client.
func GetDownstreamConnectionID() (uint64, error) { return numberOf("connection", "id") }

// IsDownstreamConnectionTls is whether the client proved who it is by TLS (mutual TLS).
func IsDownstreamConnectionTls() (bool, error) { return flagOf("connection", "mtls") }

// GetDownstreamRequestedServerName is the server name of the TLS connection (SNI).
func GetDownstreamRequestedServerName() (string, error) {
	return textOf("connection", "requested_server_name")
}

// GetDownstreamTlsVersion is the TLS version of the connection.
func GetDownstreamTlsVersion() (string, error) { return textOf("connection", "tls_version") }

// GetDownstreamSubjectLocalCertificate is the subject of the gateway's certificate.
func GetDownstreamSubjectLocalCertificate() (string, error) {
	return textOf("connection", "subject_local_certificate")
}

// GetDownstreamSubjectPeerCertificate is the subject of the client's certificate.
func GetDownstreamSubjectPeerCertificate() (string, error) {
	return textOf("connection", "subject_peer_certificate")
}

// GetDownstreamDnsSanLocalCertificate is the first DNS name of the gateway's certificate.
func GetDownstreamDnsSanLocalCertificate() (string, error) {
	return textOf("connection", "dns_san_local_certificate")
}

// GetDownstreamDnsSanPeerCertificate is the first DNS name of the client's certificate.
func GetDownstreamDnsSanPeerCertificate() (string, error) {
	return textOf("connection", "dns_san_peer_certificate")
}

// GetDownstreamUriSanLocalCertificate is the first URI of the gateway's certificate.
func GetDownstreamUriSanLocalCertificate() (string, error) {
	return textOf("connection", "uri_san_local_certificate")
}

// GetDownstreamUriSanPeerCertificate is the first URI of the client's certificate.
func GetDownstreamUriSanPeerCertificate() (string, error) {
	return textOf("connection", "uri_san_peer_certificate")
}

// GetDownstreamSha256PeerCertificateDigest is the SHA-256 digest of the client's certificate.
func GetDownstreamSha256PeerCertificateDigest() (string, error) {
	return textOf("connection", "sha256_peer_certificate_digest")
}

// GetDownstreamTerminationDetails is why the connection was ended.
func GetDownstreamTerminationDetails() (string, error) {
	return textOf("connection", "termination_details")
}
