package properties

// The connection to the upstream; there when a host has been chosen.

// GetUpstreamAddress is the address of the upstream host, ip:port.
func GetUpstreamAddress() (string, error) { return textOf("upstream", "address") }

// GetUpstreamPort is the port of the upstream host.
func GetUpstreamPort() (uint64, error) { return numberOf("upstream", "port") }

// GetUpstreamTlsVersion is the TLS version of the connection.
func GetUpstreamTlsVersion() (string, error) { return textOf("upstream", "tls_version") }

// GetUpstreamSubjectLocalCertificate is the subject of the gateway's certificate.
func GetUpstreamSubjectLocalCertificate() (string, error) {
	return textOf("upstream", "subject_local_certificate")
}

// GetUpstreamSubjectPeerCertificate is the subject of the upstream's certificate.
func GetUpstreamSubjectPeerCertificate() (string, error) {
	return textOf("upstream", "subject_peer_certificate")
}

// GetUpstreamDnsSanLocalCertificate is the first DNS name of the gateway's certificate.
func GetUpstreamDnsSanLocalCertificate() (string, error) {
	return textOf("upstream", "dns_san_local_certificate")
}

// GetUpstreamDnsSanPeerCertificate is the first DNS name of the upstream's certificate.
func GetUpstreamDnsSanPeerCertificate() (string, error) {
	return textOf("upstream", "dns_san_peer_certificate")
}

// GetUpstreamUriSanLocalCertificate is the first URI of the gateway's certificate.
func GetUpstreamUriSanLocalCertificate() (string, error) {
	return textOf("upstream", "uri_san_local_certificate")
}

// GetUpstreamUriSanPeerCertificate is the first URI of the upstream's certificate.
func GetUpstreamUriSanPeerCertificate() (string, error) {
	return textOf("upstream", "uri_san_peer_certificate")
}

// GetUpstreamSha256PeerCertificateDigest is the SHA-256 digest of the upstream's certificate.
func GetUpstreamSha256PeerCertificateDigest() (string, error) {
	return textOf("upstream", "sha256_peer_certificate_digest")
}

// GetUpstreamLocalAddress is the gateway's own address of the connection.
func GetUpstreamLocalAddress() (string, error) { return textOf("upstream", "local_address") }

// GetUpstreamTransportFailureReason is why TLS to the upstream failed.
func GetUpstreamTransportFailureReason() (string, error) {
	return textOf("upstream", "transport_failure_reason")
}
