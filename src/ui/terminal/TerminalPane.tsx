/** Placeholder of the terminal. */
export default function TerminalPane() {
  return <div className="col grow" />
}
