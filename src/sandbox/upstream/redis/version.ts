/** The release whose answers the mock gives, byte for byte where they are deterministic (`npm run redis:fuzz`). */
export const redisVersion = '7.0.15'
