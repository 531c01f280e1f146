/**
 * relvar/opentelemetry: spans of statements and transactions, for OpenTelemetry.
 */
export { type TracedOptions, traced } from './effects/tracing.js'
