/**
 * The services of the application: what the edges (gRPC, web) call. Everything else of the engine
 * is behind them.
 */
package io.tasklane.service;
