/**
 * The filter language of lists and subscriptions, a subset of AIP-160 (google.aip.dev/160), and
 * what it means for tasks and for events. Nothing here knows SQL or gRPC.
 */
package io.tasklane.filter;
