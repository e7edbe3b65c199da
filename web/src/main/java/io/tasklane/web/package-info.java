/**
 * The HTTP edge: health, metrics, the live page and its WebSocket. It shows what {@code
 * io.tasklane.app} and {@code grpc-api} say, and decides nothing.
 */
package io.tasklane.web;
