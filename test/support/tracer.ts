// A tracer that keeps its spans, and a context that follows promises: what an SDK of OpenTelemetry would bring.
import { AsyncLocalStorage } from 'node:async_hooks'

import {
  type Attributes,
  type Context,
  context,
  type ContextManager,
  ROOT_CONTEXT,
  type Span,
  type SpanKind,
  type SpanStatus,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'

/** What was recorded of a span. */
export interface Recorded {
  readonly name: string
  readonly kind: SpanKind | undefined
  readonly parent: string | null
  readonly attributes: Attributes
  status: SpanStatus
  ended: number
}

/** Makes contexts follow promises, until it is undone. */
export const followingPromises = (): (() => void) => {
  const storage = new AsyncLocalStorage<Context>()
  const manager: ContextManager = {
    active: () => storage.getStore() ?? ROOT_CONTEXT,
    with: (at, f, self, ...args) => storage.run(at, () => f.call(self as ThisParameterType<typeof f>, ...args)),
    bind: (_, target) => target,
    enable: () => manager,
    disable: () => manager,
  }
  context.setGlobalContextManager(manager)
  return () => context.disable()
}

/** A tracer, and what it has recorded, in the order in which spans began. */
export const recordingTracer = (): { readonly tracer: Tracer; readonly spans: ReadonlyArray<Recorded> } => {
  const spans: Array<Recorded> = []
  const startSpan: Tracer['startSpan'] = (name, { kind, attributes = {} } = {}, at = context.active()) => {
    const held: Attributes = { ...attributes }
    const recorded: Recorded = {
      name,
      kind,
      parent: trace.getSpanContext(at)?.spanId ?? null,
      attributes: held,
      status: { code: SpanStatusCode.UNSET },
      ended: 0,
    }
    const id = String(spans.push(recorded))
    const span: Span = {
      spanContext: () => ({ traceId: '1', spanId: id, traceFlags: 1 }),
      setAttribute: (key, value) => {
        held[key] = value
        return span
      },
      setAttributes: (more) => {
        Object.assign(held, more)
        return span
      },
      addEvent: () => span,
      addLink: () => span,
      addLinks: () => span,
      setStatus: (status) => {
        recorded.status = status
        return span
      },
      updateName: () => span,
      end: () => {
        recorded.ended += 1
      },
      isRecording: () => recorded.ended === 0,
      recordException: () => undefined,
    }
    return span
  }
  // `startActiveSpan` has overloads that relvar does not call
  const tracer = { startSpan } as Tracer
  return { tracer, spans }
}
