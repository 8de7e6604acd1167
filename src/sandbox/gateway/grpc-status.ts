/** gRPC statuses as Envoy reads them. */
const byHttpStatus: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
}

/** grpc/doc/http-grpc-status-mapping.md; everything else is Unknown. */
export const grpcStatusOfHttp = (status: number): number => byHttpStatus[status] ?? 2

/** `undefined`: what is no number up to 16 is no status. */
export const grpcStatusOf = (text: string): number | undefined =>
  /^\d{1,2}$/.test(text) && Number(text) <= 16 ? Number(text) : undefined
