import {
  ArrowUpRight,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronUp,
  Circle,
  CircleHelp,
  Code2,
  Contrast,
  Ellipsis,
  File,
  FlaskConical,
  GitBranch,
  Hash,
  LayoutGrid,
  LoaderCircle,
  type LucideIcon,
  PanelLeft,
  Plus,
  Search,
  Server,
  Share,
  SquareTerminal,
  Table,
  TextAlignStart,
  TriangleAlert,
  X,
} from 'lucide-react'

/** Icons of the frame by meaning, so that one choice holds everywhere. */
const icons = {
  open: ArrowUpRight,
  check: Check,
  busy: LoaderCircle,
  pending: Circle,
  down: ChevronDown,
  left: ChevronLeft,
  right: ChevronRight,
  table: Table,
  up: ChevronUp,
  terminal: SquareTerminal,
  response: TextAlignStart,
  timeline: GitBranch,
  help: CircleHelp,
  code: Code2,
  theme: Contrast,
  more: Ellipsis,
  file: File,
  scenarios: FlaskConical,
  services: Server,
  gateway: Hash,
  examples: LayoutGrid,
  files: PanelLeft,
  plus: Plus,
  search: Search,
  share: Share,
  warn: TriangleAlert,
  close: X,
} as const satisfies Record<string, LucideIcon>

export type IconName = keyof typeof icons

/** An icon that only decorates the words beside it. */
export function Icon({ name, size = 14 }: { readonly name: IconName; readonly size?: number }) {
  const Shape = icons[name]
  return <Shape size={size} strokeWidth={1.6} aria-hidden="true" />
}

export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <path d="M3.5 1.5v19M11 1.5v19M18.5 1.5v19" stroke="var(--line-strong)" />
      <g fill="none" stroke="var(--ink)" strokeWidth="2">
        <path d="M3.5 4h4.4A3.1 3.1 0 0 1 11 7.1v.3a3 3 0 0 0 3 3h1.5a3 3 0 0 1 3 3" />
        <path d="M18.5 13.4v1.2a3.4 3.4 0 0 1-3.4 3.4H3.5" />
      </g>
      <circle cx="11" cy="7.3" r="3" fill="var(--marker)" stroke="var(--ink)" strokeWidth="1.6" />
    </svg>
  )
}

export function PlayMark() {
  return (
    <svg width="11" height="12" viewBox="0 0 11 12" aria-hidden="true">
      <path d="M1 1v10l9-5z" fill="currentColor" />
    </svg>
  )
}
