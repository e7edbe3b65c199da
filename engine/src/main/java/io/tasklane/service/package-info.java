/**
 * How edges (gRPC, web) reach the engine: its services by type, and those services that several
 * packages contribute to. The service of a feature is in the feature's own package.
 */
package io.tasklane.service;
