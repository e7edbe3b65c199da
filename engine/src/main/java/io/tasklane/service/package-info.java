/**
 * The services of the application: what the edges (gRPC, web) call. They are the only way into the
 * engine.
 */
package io.tasklane.service;
