/** Opens the project of a link in the address, if there is one. */
export async function openLinkFromAddress(): Promise<boolean> {
  await Promise.resolve()
  return false
}
