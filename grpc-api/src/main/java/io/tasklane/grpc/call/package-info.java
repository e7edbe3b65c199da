/**
 * What every call goes through: who calls, the checks of the contract, read masks and page tokens,
 * the record for a repeated request_id, and the one way in which answers and errors are sent.
 */
package io.tasklane.grpc.call;
