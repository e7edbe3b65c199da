/** FactService: sets, shows and deletes facts. */
package io.tasklane.grpc.fact;
