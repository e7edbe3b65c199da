/**
 * Accepts at a glance what surely keeps the rules of the contract. The rules themselves stand in
 * the contract and nowhere else: whatever is not accepted here is held against them, and only they
 * refuse.
 */
package io.tasklane.grpc.quick;
