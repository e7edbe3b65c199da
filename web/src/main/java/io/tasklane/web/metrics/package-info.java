/**
 * The figures of queues and node as metrics, in Prometheus' forms at {@code /prometheus} and, but
 * for the histograms, in MicroProfile's at {@code /metrics}.
 */
package io.tasklane.web.metrics;
