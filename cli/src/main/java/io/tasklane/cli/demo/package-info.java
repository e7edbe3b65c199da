/**
 * {@code tasklane demo}: a trading morning from start to end on the real system. The plan ({@link
 * io.tasklane.cli.demo.MorningPlan}) is plain logic; the rest creates what it orders over gRPC,
 * follows the event stream, and reckons at the end from what the server has recorded.
 */
package io.tasklane.cli.demo;
